package dev.candles.core.repair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.Candles;
import dev.candles.core.candle.Candle;
import dev.candles.core.candle.Evidence;
import dev.candles.core.proof.AnswerAge;
import dev.candles.core.proof.Silence;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReconfirmationTest {
  private static final long NOW = Candles.T0 + 600_000;
  private static final Candle OLD = Candles.candle(Candles.T0, 100, 1, Evidence.REST);
  private static final Candle NEW = Candles.candle(Candles.T0, 101, 1, Evidence.REST);

  @Test
  void aRangeIsNoWiderThanAnAnswerThatIsCutLeavesRoomFor() {
    long[] one = {Candles.T0, Candles.T0 + Candles.MINUTE};
    Reconfirmation asked = new Reconfirmation("key", Candles.STREAM, one, null, null, 9, 0);
    assertThat(asked.range(300, 300, 0).length()).isEqualTo(201 * Candles.MINUTE);
    assertThat(asked.range(300, 33, 0).length()).isEqualTo(67 * Candles.MINUTE);
  }

  @Test
  void twoReadsAMinuteApartThatAgreeAreWhatTheVenueSays() {
    Reconfirmation question = fresh(NEW);
    Reconfirmation.Outcome first = question.read(rows(List.of(NEW)), Silence.ABSENT_ROWS, NOW);
    assertThat(first.agreed()).isEmpty();
    assertThat(first.next().orElseThrow().nextTryMs())
        .isEqualTo(NOW + Reconfirmation.READS_APART_MS);
    Reconfirmation.Outcome second =
        first
            .next()
            .orElseThrow()
            .read(rows(List.of(NEW)), Silence.ABSENT_ROWS, NOW + Reconfirmation.READS_APART_MS);
    assertThat(second.agreed()).containsExactly(NEW.withEvidence(Evidence.REST_TWICE));
    assertThat(second.next()).isEmpty();
  }

  @Test
  void aFlatRowIsReadTwiceAsACandleIs() {
    Candle flat = Candles.flat(Candles.T0, 100, Evidence.REST);
    Candle repeated = Candles.flat(Candles.T0, 99, Evidence.REST);
    for (Candle candidate : new Candle[] {flat, null}) {
      Reconfirmation second =
          fresh(candidate).read(rows(List.of(flat)), Silence.ABSENT_ROWS, NOW).next().orElseThrow();
      assertThat(second.read(rows(List.of(repeated)), Silence.ABSENT_ROWS, NOW).agreed())
          .containsExactly(repeated.withEvidence(Evidence.REST_TWICE));
      assertThat(second.read(rows(List.of(NEW)), Silence.ABSENT_ROWS, NOW).agreed()).isEmpty();
    }
  }

  /** Older pages of a venue may be folded from trades, and show no row of a silent minute. */
  @Test
  void aFlatRowAndAnAnswerThatProvesTheSilenceWithoutARowAgree() {
    Candle flat = Candles.flat(Candles.T0, 100, Evidence.REST);
    Reconfirmation second =
        fresh(null).read(rows(List.of(flat)), Silence.ABSENT_ROWS, NOW).next().orElseThrow();
    Proof.Rows silent = new Proof.Rows(List.of(), List.of(Candles.T0), List.of());
    Reconfirmation.Outcome outcome = second.read(silent, Silence.ABSENT_ROWS, NOW);
    assertThat(outcome.agreed()).isEmpty();
    assertThat(outcome.next().orElseThrow().nextTryMs())
        .isEqualTo(NOW + Reconfirmation.SECOND_ROUND_MS);
  }

  @Test
  void readsThatDoNotBearTheCandidateOutNeverReplaceAnything() {
    Reconfirmation question = fresh(NEW);
    for (int reads = 0; reads < 100; reads++) {
      Reconfirmation.Outcome outcome = question.read(rows(List.of(OLD)), Silence.ABSENT_ROWS, NOW);
      assertThat(outcome.agreed()).isEmpty();
      if (outcome.next().isEmpty()) {
        assertThat(outcome.gaveUp()).isTrue();
        return;
      }
      question = outcome.next().get();
    }
    throw new AssertionError("asked for ever");
  }

  @Test
  void aStaleReadOnlyDelaysTheAnswer() {
    Reconfirmation question = fresh(NEW);
    for (Candle row : List.of(OLD, NEW)) {
      question = question.read(rows(List.of(row)), Silence.ABSENT_ROWS, NOW).next().orElseThrow();
    }
    assertThat(question.read(rows(List.of(NEW)), Silence.ABSENT_ROWS, NOW).agreed()).hasSize(1);
  }

  @Test
  void withoutACandidateOnlyWhatAgreesIsTold() {
    Candle other = Candles.candle(Candles.T0 + Candles.MINUTE, 7, 1, Evidence.REST);
    Reconfirmation question =
        Reconfirmation.fresh(Candles.STREAM, Candles.T0, Candles.T0 + 2 * Candles.MINUTE, null);
    Reconfirmation asked =
        question.read(rows(List.of(OLD, other)), Silence.ABSENT_ROWS, NOW).next().orElseThrow();
    Reconfirmation.Outcome outcome =
        asked.read(rows(List.of(NEW, other)), Silence.ABSENT_ROWS, NOW);
    assertThat(outcome.agreed()).containsExactly(other.withEvidence(Evidence.REST_TWICE));
    assertThat(outcome.next()).isPresent();
  }

  @Test
  void whatIsOnlyFearedIsAskedInTwoRounds() {
    Reconfirmation question = fresh(null);
    Reconfirmation second =
        question
            .read(rows(List.of(OLD)), Silence.ABSENT_ROWS, NOW)
            .next()
            .orElseThrow()
            .read(rows(List.of(OLD)), Silence.ABSENT_ROWS, NOW)
            .next()
            .orElseThrow();
    assertThat(second.nextTryMs()).isEqualTo(NOW + Reconfirmation.SECOND_ROUND_MS);
    Reconfirmation asked =
        second.read(rows(List.of(NEW)), Silence.ABSENT_ROWS, NOW).next().orElseThrow();
    Reconfirmation.Outcome outcome = asked.read(rows(List.of(NEW)), Silence.ABSENT_ROWS, NOW);
    assertThat(outcome.agreed()).containsExactly(NEW.withEvidence(Evidence.REST_TWICE));
    assertThat(outcome.next()).isEmpty();
  }

  @Test
  void rowsOutsideTheQuestionAreNoAnswer() {
    Candle outside = Candles.candle(Candles.T0 + Candles.MINUTE, 7, 1, Evidence.REST);
    Reconfirmation asked =
        fresh(null).read(rows(List.of(outside)), Silence.ABSENT_ROWS, NOW).next().orElseThrow();
    assertThat(asked.firstRead()).isEmpty();
  }

  @Test
  void pagesThatLeaveTheIntervalOutAreNoTry() {
    Reconfirmation question =
        fresh(null).read(rows(List.of(OLD)), Silence.ABSENT_ROWS, NOW).next().orElseThrow();
    for (int reads = 0; reads < 100; reads++) {
      Reconfirmation.Outcome outcome = question.read(rows(List.of()), Silence.ABSENT_ROWS, NOW);
      assertThat(outcome.agreed()).isEmpty();
      question = outcome.next().orElseThrow();
    }
    assertThat(question.firstRead()).as("what was read before them").containsExactly(OLD);
    assertThat(question.read(rows(List.of(OLD)), Silence.ABSENT_ROWS, NOW).agreed()).hasSize(1);
  }

  @Test
  void afterADayPagesThatLeaveTheIntervalOutAreTries() {
    Reconfirmation question =
        fresh(null).read(rows(List.of(OLD)), Silence.ABSENT_ROWS, NOW).next().orElseThrow();
    long dayLaterMs = question.toMs() + AnswerAge.OLDEST_MS;
    for (int reads = 0; reads < 100; reads++) {
      Reconfirmation.Outcome outcome =
          question.read(rows(List.of()), Silence.ABSENT_ROWS, dayLaterMs);
      if (outcome.next().isEmpty()) {
        assertThat(outcome.gaveUp()).isTrue();
        return;
      }
      question = outcome.next().get();
    }
    throw new AssertionError("asked for ever");
  }

  @Test
  void whereNoRowWasReadAnAnswerWithoutOneIsATry() {
    Reconfirmation question =
        fresh(null).read(rows(List.of()), Silence.ABSENT_ROWS, NOW).next().orElseThrow();
    for (int reads = 0; reads < 100; reads++) {
      Reconfirmation.Outcome outcome = question.read(rows(List.of()), Silence.ABSENT_ROWS, NOW);
      if (outcome.next().isEmpty()) {
        return;
      }
      question = outcome.next().get();
    }
    throw new AssertionError("asked for ever");
  }

  @Test
  void anAnswerThatLeavesARowOutBetweenOthersIsNoWordOfItEither() {
    Candle gone = Candles.candle(Candles.T0 + Candles.MINUTE, 7, 1, Evidence.REST);
    Candle after = Candles.candle(Candles.T0 + 2 * Candles.MINUTE, 8, 1, Evidence.REST);
    Reconfirmation question =
        Reconfirmation.fresh(Candles.STREAM, Candles.T0, Candles.T0 + 3 * Candles.MINUTE, null)
            .read(rows(List.of(OLD, gone, after)), Silence.ABSENT_ROWS, NOW)
            .next()
            .orElseThrow();
    Reconfirmation hole =
        question.read(rows(List.of(OLD, after)), Silence.ABSENT_ROWS, NOW).next().orElseThrow();
    for (int reads = 0; reads < 100; reads++) {
      Reconfirmation.Outcome outcome =
          hole.read(rows(List.of(OLD, after)), Silence.ABSENT_ROWS, NOW);
      assertThat(outcome.agreed()).extracting(Candle::openTimeMs).doesNotContain(gone.openTimeMs());
      hole = outcome.next().orElseThrow();
    }
    assertThat(hole.firstRead()).contains(gone);
    assertThat(hole.read(rows(List.of(OLD, gone, after)), Silence.ABSENT_ROWS, NOW).agreed())
        .extracting(Candle::openTimeMs)
        .contains(gone.openTimeMs());
  }

  @Test
  void whatAgreesIsNotAskedAgainWithTheRest() {
    Candle other = Candles.candle(Candles.T0 + Candles.MINUTE, 7, 1, Evidence.REST);
    Candle otherNow = Candles.candle(Candles.T0 + Candles.MINUTE, 8, 1, Evidence.REST);
    Reconfirmation question =
        Reconfirmation.fresh(Candles.STREAM, Candles.T0, Candles.T0 + 2 * Candles.MINUTE, null)
            .read(rows(List.of(OLD, other)), Silence.ABSENT_ROWS, NOW)
            .next()
            .orElseThrow()
            .read(rows(List.of(NEW, otherNow)), Silence.ABSENT_ROWS, NOW)
            .next()
            .orElseThrow();
    Reconfirmation rest =
        question.read(rows(List.of(NEW, other)), Silence.ABSENT_ROWS, NOW).next().orElseThrow();
    assertThat(rest.fromMs()).isEqualTo(Candles.T0 + Candles.MINUTE);
    Reconfirmation.Outcome outcome = rest.read(rows(List.of(other)), Silence.ABSENT_ROWS, NOW);
    assertThat(outcome.agreed()).containsExactly(other.withEvidence(Evidence.REST_TWICE));
    assertThat(outcome.next()).isEmpty();
  }

  private static Proof.Rows rows(List<Candle> closed) {
    return new Proof.Rows(closed, List.of(), List.of());
  }

  private static Reconfirmation feared(int fromMinute) {
    long fromMs = Candles.T0 + fromMinute * Candles.MINUTE;
    return Reconfirmation.fresh(Candles.STREAM, fromMs, fromMs + 10 * Candles.MINUTE, null);
  }

  /** A feed that is cut each minute: the same ten minutes, one further each time. */
  @Test
  void newsOfOneWindowIsOneQuestionThatNothingPutsOffBeyondIt() {
    Reconfirmation open = feared(0);
    for (int cut = 1; cut < 20; cut++) {
      assertThat(feared(cut).key()).isEqualTo(open.key());
      open = open.and(feared(cut));
    }
    assertThat(open.fromMs()).isEqualTo(Candles.T0);
    assertThat(open.toMs()).isEqualTo(Candles.T0 + 29 * Candles.MINUTE);
    assertThat(open.dueMs(0)).as("not read yet").isEqualTo(open.toMs());
    assertThat(feared(20).key()).isNotEqualTo(open.key());
    assertThat(open.and(feared(3))).as("no news").isSameAs(open);
  }

  @Test
  void whatWasReadBeforeTheNewsIsNoWordAboutIt() {
    Reconfirmation read =
        feared(0)
            .read(new Proof.Rows(List.of(), List.of(), List.of()), Silence.ABSENT_ROWS, 0)
            .next()
            .orElseThrow();
    assertThat(read.firstRead()).isNotNull();
    Reconfirmation both = read.and(feared(5));
    assertThat(both.firstRead()).isNull();
    assertThat(both.tries()).isZero();
    assertThat(both.dueMs(0)).isEqualTo(Candles.T0 + 30 * Candles.MINUTE);
  }

  /** The venue closes a candle a third time before it was read twice. */
  @Test
  void eachCandidateIsAskedAboutByItself() {
    Candle third = Candles.candle(Candles.T0, 102, 1, Evidence.REST);
    assertThat(fresh(third).key()).isNotEqualTo(fresh(NEW).key());
    assertThat(fresh(NEW).key()).isEqualTo(fresh(NEW).key());
    long keys =
        IntStream.range(0, 1_000)
            .mapToObj(i -> fresh(Candles.candle(Candles.T0, 100 + i, 1, Evidence.REST)).key())
            .distinct()
            .count();
    assertThat(keys).as("however many there are").isEqualTo(8);
  }

  @Test
  void ofMoreCandidatesThanAreAskedAboutTheLastHoldsIfReadTwice() {
    Candle third = Candles.candle(Candles.T0, 102, 1, Evidence.REST);
    Reconfirmation question = fresh(NEW);
    for (int reads = 0; reads < 5; reads++) {
      question = question.read(rows(List.of(OLD)), Silence.ABSENT_ROWS, NOW).next().orElseThrow();
    }
    question = question.and(fresh(third));
    assertThat(question.and(fresh(third))).as("no news").isSameAs(question);
    assertThat(question.tries()).isZero();
    question = question.read(rows(List.of(third)), Silence.ABSENT_ROWS, NOW).next().orElseThrow();
    assertThat(question.read(rows(List.of(third)), Silence.ABSENT_ROWS, NOW).agreed())
        .containsExactly(third.withEvidence(Evidence.REST_TWICE));
  }

  @Test
  void aReturnToAValueThatWasReadInVainForLongIsReadAgain() {
    Reconfirmation question = fresh(NEW);
    for (int reads = 0; reads < 8; reads++) {
      question = question.read(rows(List.of(OLD)), Silence.ABSENT_ROWS, NOW).next().orElseThrow();
    }
    question = question.and(fresh(NEW));
    assertThat(question.and(fresh(NEW))).as("no news").isSameAs(question);
    question = question.read(rows(List.of(NEW)), Silence.ABSENT_ROWS, NOW).next().orElseThrow();
    assertThat(question.read(rows(List.of(NEW)), Silence.ABSENT_ROWS, NOW).agreed())
        .containsExactly(NEW.withEvidence(Evidence.REST_TWICE));
  }

  private static Reconfirmation fresh(Candle candidate) {
    return Reconfirmation.fresh(Candles.STREAM, Candles.T0, Candles.T0 + Candles.MINUTE, candidate);
  }
}
