package dev.candles.core.repair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.Candles;
import dev.candles.core.candle.Candle;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.coverage.Reason;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When intervals that no answer proves are given up, and that they are asked for all the same. */
class GivingUpTest {
  private static final int DAY = 1440;
  private static final int PAGE_ROWS = 100;

  @Test
  void silenceAtTheEdgeIsNeverProvenByRepetitionAndIsGivenUpAfterADay() {
    GapState gap = GapRepairTest.oneMinute();
    long start = Candles.T0 + 3L * DAY * Candles.MINUTE;
    long now = start;
    while (true) {
      GapState.Page page = gap.nextPage(PAGE_ROWS, Long.MAX_VALUE, 0).orElseThrow();
      Proof proof = GapRepairTest.proof(page.wanted(), List.of(Candles.minute(5)));
      assertThat(proof.empty().isEmpty()).isTrue();
      GapRepair.Outcome outcome = Answered.by(gap, page, proof, now);
      if (!outcome.unrecoverable().isEmpty()) {
        assertThat(outcome.why()).isEqualTo(Reason.NO_PROOF);
        assertThat(now - start).isGreaterThanOrEqualTo(GapRepair.GIVE_UP_AFTER_MS);
        return;
      }
      assertThat(now - start).isLessThan(2 * GapRepair.GIVE_UP_AFTER_MS);
      gap = outcome.gap();
      now = gap.nextTryMs();
    }
  }

  /** A day that goes on has new minutes beside the stuck one, each open for a while. */
  @Test
  void newIntervalsBesideAStuckOneDoNotMakeItYounger() {
    GapState gap = GapRepairTest.oneMinute();
    Intervals stuck = gap.open();
    long start = Candles.T0 + 3L * DAY * Candles.MINUTE;
    long now = start;
    for (int minute = 10; now - start < 2 * GapRepair.GIVE_UP_AFTER_MS; minute++) {
      Candle late = Candles.minute(minute % DAY);
      Intervals company = Intervals.of(late.openTimeMs(), late.endTimeMs());
      gap = gap.withOpen(gap.open().union(company));
      for (List<Candle> rows : List.of(List.<Candle>of(), List.of(late))) {
        GapState.Page page = gap.nextPage(DAY, Long.MAX_VALUE, 0).orElseThrow();
        GapRepair.Outcome outcome =
            Answered.by(gap, page, GapRepairTest.proof(page.wanted(), rows), now);
        if (!outcome.unrecoverable().isEmpty()) {
          assertThat(outcome.unrecoverable()).isEqualTo(stuck);
          assertThat(now - start).isGreaterThanOrEqualTo(GapRepair.GIVE_UP_AFTER_MS);
          return;
        }
        gap = outcome.gap();
        now = Math.max(now + 1, gap.nextTryMs());
      }
      now += 3_600_000;
    }
    throw new AssertionError("not given up within two days");
  }

  @Test
  void nothingButEmptyPagesForADayIsGivenUpOnceAndAskedForDaily() {
    GapState gap = GapRepairTest.oneMinute();
    long start = Candles.T0 + 3L * DAY * Candles.MINUTE;
    long now = start;
    int givenUp = 0;
    for (int i = 0; i < 2_000; i++) {
      GapState.Page page = gap.nextPage(PAGE_ROWS, Long.MAX_VALUE, 0).orElseThrow();
      Proof proof = GapRepairTest.proof(page.wanted(), List.of());
      GapRepair.Outcome outcome = Answered.by(gap, page, proof, now);
      assertThat(proof.empty().isEmpty()).isTrue();
      if (!outcome.unrecoverable().isEmpty()) {
        givenUp++;
        assertThat(outcome.why()).isEqualTo(Reason.NO_PROOF);
        assertThat(now - start).isGreaterThanOrEqualTo(GapRepair.GIVE_UP_AFTER_MS);
      }
      if (gap.givenUp()) {
        assertThat(outcome.gap().nextTryMs() - now)
            .isGreaterThanOrEqualTo(GapRepair.GIVE_UP_AFTER_MS);
      }
      gap = outcome.gap();
      now = gap.nextTryMs();
    }
    assertThat(givenUp).isEqualTo(1);
  }

  /** But for the first sweep, the page that holds one of two stuck minutes fails for a day. */
  @Test
  void aPageThatFailsMakesNothingYoungerAndCountsForNothing() {
    Intervals early = Intervals.of(Candles.T0, Candles.T0 + Candles.MINUTE);
    long lateMs = Candles.T0 + 600 * Candles.MINUTE;
    Intervals both = early.union(Intervals.of(lateMs, lateMs + Candles.MINUTE));
    GapState gap = GapState.fresh(Candles.STREAM, Candles.T0, both, Reason.HISTORY);
    long start = Candles.T0 + 3L * DAY * Candles.MINUTE;
    long now = start;
    int sweeps = 0;
    int complete = 0;
    while (now - start < 2 * GapRepair.GIVE_UP_AFTER_MS) {
      GapState.Page page = gap.nextPage(PAGE_ROWS, Long.MAX_VALUE, 0).orElseThrow();
      boolean first = page.firstMs() == lateMs;
      sweeps += first ? 1 : 0;
      if (first && sweeps > 1 && now - start < GapRepair.GIVE_UP_AFTER_MS) {
        gap = gap.failed(page, now);
        continue;
      }
      complete += first ? 1 : 0;
      Proof proof = GapRepairTest.proof(page.wanted(), List.of());
      GapRepair.Outcome outcome = Answered.by(gap, page, proof, now);
      if (!outcome.unrecoverable().isEmpty()) {
        assertThat(outcome.unrecoverable()).isEqualTo(both);
        assertThat(complete).isGreaterThanOrEqualTo(3);
        assertThat(now - start).isGreaterThanOrEqualTo(GapRepair.GIVE_UP_AFTER_MS);
        return;
      }
      gap = outcome.gap();
      now = Math.max(now + 1, gap.nextTryMs());
    }
    throw new AssertionError("not given up within two days");
  }

  /** Nor does the first answer after an outage, though three sweeps and a day are over. */
  @Test
  void nothingIsGivenUpBeforeAnswersCameForAWhileWithoutAPause() {
    GapState gap = GapRepairTest.oneMinute();
    long now = Candles.T0 + 3L * DAY * Candles.MINUTE;
    for (int sweep = 0; sweep < 3; sweep++) {
      gap = unproven(gap, AnswerHistory.NOTHING.answered(now, AnswerHistory.UNSAID), now).gap();
    }
    now += 2 * GapRepair.GIVE_UP_AFTER_MS;
    AnswerHistory first = AnswerHistory.NOTHING.answered(now, AnswerHistory.UNSAID);
    assertThat(unproven(gap, first, now).unrecoverable().isEmpty()).isTrue();
    long later = now + 599_999;
    assertThat(
            unproven(gap, first.answered(later, AnswerHistory.UNSAID), later)
                .unrecoverable()
                .isEmpty())
        .isTrue();
    later++;
    AnswerHistory again = first.failed().answered(later, AnswerHistory.UNSAID);
    assertThat(unproven(gap, again, later).unrecoverable().isEmpty()).as("a pause").isTrue();
    assertThat(unproven(gap, first.answered(later, AnswerHistory.UNSAID), later).unrecoverable())
        .isEqualTo(gap.open());
  }

  @Test
  void whatIsOlderThanTheVenueKeepsIsGivenUpByTheFirstAnswerThatDoesNotHaveIt() {
    GapState gap = GapRepairTest.oneMinute();
    long now = Candles.T0 + 3L * DAY * Candles.MINUTE;
    AnswerHistory heard = AnswerHistory.NOTHING.answered(now, AnswerHistory.UNSAID);
    KeptHistory older = new KeptHistory(0, gap.endMs());
    GapRepair.Outcome outcome = unproven(gap, heard.read(gap.open()), older, now);
    assertThat(outcome.unrecoverable()).isEqualTo(gap.open());
    assertThat(outcome.why()).isEqualTo(Reason.BEYOND_DEPTH);
    assertThat(outcome.gap().open()).as("asked for daily").isEqualTo(gap.open());
    assertThat(outcome.gap().nextTryMs()).isEqualTo(now + GapRepair.GIVE_UP_AFTER_MS);
    KeptHistory kept = new KeptHistory(0, gap.endMs() - 1);
    assertThat(unproven(gap, heard.read(gap.open()), kept, now).unrecoverable().isEmpty()).isTrue();
    assertThat(unproven(gap, heard, older, now).unrecoverable().isEmpty())
        .as("a page that nobody can read")
        .isTrue();
  }

  @Test
  void ourClockAloneMakesNothingTooOld() {
    GapState gap = GapRepairTest.oneMinute();
    long now = Candles.T0 + 3L * DAY * Candles.MINUTE;
    KeptHistory older = new KeptHistory(0, gap.endMs());
    AnswerHistory behind = AnswerHistory.NOTHING.answered(now, now - 1).read(gap.open());
    assertThat(unproven(gap, behind, older, now).unrecoverable().isEmpty()).isTrue();
    AnswerHistory ahead = AnswerHistory.NOTHING.answered(now, now + 1).read(gap.open());
    assertThat(unproven(gap, ahead, older, now).why()).isEqualTo(Reason.BEYOND_DEPTH);
  }

  /** The older half of a gap is too old, and a page of the younger one failed. */
  @Test
  void nothingIsTooOldBesideWhatIsNotAndBeforeAllOfItWasAsked() {
    Intervals open = Intervals.of(Candles.T0, Candles.T0 + 200 * Candles.MINUTE);
    GapState gap = GapState.fresh(Candles.STREAM, Candles.T0, open, Reason.HISTORY);
    long now = Candles.T0 + 3L * DAY * Candles.MINUTE;
    AnswerHistory heard = AnswerHistory.NOTHING.answered(now, AnswerHistory.UNSAID).read(open);
    KeptHistory half = new KeptHistory(0, Candles.T0 + 100 * Candles.MINUTE);
    KeptHistory all = new KeptHistory(0, gap.endMs());
    GapState.Page page = gap.nextPage(PAGE_ROWS, Long.MAX_VALUE, 0).orElseThrow();
    GapState later = gap.failed(page, now);
    while (later.nextPage(PAGE_ROWS, Long.MAX_VALUE, 0).orElseThrow().firstMs() > Candles.T0) {
      later = unproven(later, heard, all, now).gap();
    }
    assertThat(unproven(later, heard, all, now).unrecoverable().isEmpty()).as("failed").isTrue();
    GapState whole = gap;
    while (whole.nextPage(PAGE_ROWS, Long.MAX_VALUE, 0).orElseThrow().firstMs() > Candles.T0) {
      whole = unproven(whole, heard, half, now).gap();
    }
    assertThat(unproven(whole, heard, half, now).unrecoverable().isEmpty()).as("half").isTrue();
    assertThat(unproven(whole, heard, all, now).unrecoverable()).isEqualTo(open);
  }

  private static GapRepair.Outcome unproven(GapState gap, AnswerHistory heard, long nowMs) {
    return unproven(gap, heard, KeptHistory.ALL, nowMs);
  }

  private static GapRepair.Outcome unproven(
      GapState gap, AnswerHistory heard, KeptHistory kept, long nowMs) {
    GapState.Page page = gap.nextPage(PAGE_ROWS, Long.MAX_VALUE, 0).orElseThrow();
    Proof proof = GapRepairTest.proof(page.wanted(), List.of());
    return GapRepair.answered(
        gap, page, Intervals.empty(), proof, heard, kept, Long.MAX_VALUE, nowMs);
  }
}
