package dev.candles.core.repair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.Candles;
import dev.candles.core.candle.Candle;
import dev.candles.core.candle.Evidence;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.coverage.Reason;
import dev.candles.core.proof.Silence;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Drives the repair of a day against a venue that answers short, late, stale or not at all. */
class GapRepairTest {
  private static final int DAY = 1440;
  private static final int PAGE_ROWS = 100;

  @ParameterizedTest
  @MethodSource("dev.candles.core.Seeds#seeds")
  void everyIntervalEndsAsTheTruthHasIt(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    TreeMap<Long, Candle> truth = truth(random, random.nextInt(2, 30));
    Intervals wanted = wanted(random);
    GapState gap = GapState.fresh(Candles.STREAM, Candles.T0, wanted, Reason.HISTORY);
    Intervals found = Intervals.empty();
    Intervals empty = Intervals.empty();
    long now = Candles.T0 + 2L * DAY * Candles.MINUTE;
    int answers = 0;
    while (!gap.isDone()) {
      assertThat(answers++).as("answers until done").isLessThan(5_000);
      GapState.Page page = gap.nextPage(PAGE_ROWS, Long.MAX_VALUE, 0).orElseThrow();
      assertThat(page.askToMs() - page.askFromMs()).isLessThanOrEqualTo(PAGE_ROWS * Candles.MINUTE);
      if (random.nextInt(10) == 0) {
        gap = gap.failed(page, GapRepair.afterFailure(gap, now));
        now = gap.nextTryMs();
        continue;
      }
      List<Candle> rows = answer(random, truth, page);
      Proof proof = proof(page.wanted(), rows);
      for (Candle candle : proof.found()) {
        found = found.union(Intervals.of(candle.openTimeMs(), candle.endTimeMs()));
      }
      empty = empty.union(proof.empty());
      GapRepair.Outcome outcome = Answered.by(gap, page, proof, now);
      assertThat(outcome.unrecoverable().isEmpty()).isTrue();
      gap = outcome.gap();
      now = Math.max(now + 1, gap.nextTryMs());
    }
    Intervals traded = Intervals.ofOpenTimes(keys(truth), Candles.MINUTE);
    assertThat(found).isEqualTo(wanted.intersect(traded));
    assertThat(empty).isEqualTo(wanted.minus(traded));
  }

  @Test
  void aHoleBetweenTwoPagesProvesNothing() {
    Candle left = Candles.minute(0);
    Intervals wanted = Intervals.of(Candles.T0, Candles.T0 + 3 * Candles.MINUTE);
    Proof proof = proof(wanted, List.of(left));
    assertThat(proof.empty().isEmpty()).isTrue();
    assertThat(proof.left())
        .isEqualTo(Intervals.of(Candles.T0 + Candles.MINUTE, Candles.T0 + 3 * Candles.MINUTE));
  }

  @Test
  void anEmptyPageProvesNothing() {
    Intervals wanted = Intervals.of(Candles.T0, Candles.T0 + Candles.MINUTE);
    assertThat(proof(wanted, List.of()).left()).isEqualTo(wanted);
  }

  @Test
  void aFormingRowIsNeitherCandleNorSilence() {
    Intervals wanted = Intervals.of(Candles.T0, Candles.T0 + 3 * Candles.MINUTE);
    Proof proof =
        Proof.of(
            wanted,
            new Proof.Rows(
                List.of(Candles.minute(0), Candles.minute(2)),
                List.of(),
                List.of(Candles.T0 + Candles.MINUTE)),
            Candles.MINUTE,
            Silence.ABSENT_ROWS);
    assertThat(proof.left())
        .isEqualTo(Intervals.of(Candles.T0 + Candles.MINUTE, Candles.T0 + 2 * Candles.MINUTE));
  }

  @ParameterizedTest
  @EnumSource(
      value = Silence.class,
      names = {"TRADE_IDS", "ZERO_ROWS"})
  void aHoleBetweenTwoRowsProvesNothingWhereTheVenueHasIdsOrZeroRows(Silence by) {
    Intervals wanted = Intervals.of(Candles.T0, Candles.T0 + 3 * Candles.MINUTE);
    Proof.Rows rows =
        new Proof.Rows(List.of(Candles.minute(0), Candles.minute(2)), List.of(), List.of());
    Proof proof = Proof.of(wanted, rows, Candles.MINUTE, by);
    assertThat(proof.empty().isEmpty()).isTrue();
    assertThat(proof.left())
        .isEqualTo(Intervals.of(Candles.T0 + Candles.MINUTE, Candles.T0 + 2 * Candles.MINUTE));
  }

  @Test
  void aCacheThatLagsForHoursNeverProvesSilence() {
    int lagMinutes = 30 * 60;
    GapState gap =
        GapState.fresh(
            Candles.STREAM,
            Candles.T0,
            Intervals.of(Candles.T0, Candles.T0 + 60 * Candles.MINUTE),
            Reason.HISTORY);
    long now = Candles.T0 + 24L * 60 * Candles.MINUTE;
    while (!gap.isDone()) {
      GapState.Page page = gap.nextPage(PAGE_ROWS, Long.MAX_VALUE, 0).orElseThrow();
      List<Candle> rows = new ArrayList<>();
      long edge = now - lagMinutes * Candles.MINUTE;
      for (long open = page.askFromMs(); open < Math.min(page.askToMs(), edge); open += 60_000) {
        rows.add(Candles.candle(open, 100, 1, Evidence.REST));
      }
      Proof proof = proof(page.wanted(), rows);
      GapRepair.Outcome outcome = Answered.by(gap, page, proof, now);
      assertThat(proof.empty().isEmpty()).isTrue();
      gap = outcome.gap();
      now = Math.max(now + 1, gap.nextTryMs());
    }
  }

  @Test
  void aRowThatIsThereButNotBelievedNeverBecomesSilence() {
    GapState gap = oneMinute();
    long now = Candles.T0 + 3L * DAY * Candles.MINUTE;
    for (int i = 0; i < 200; i++) {
      GapState.Page page = gap.nextPage(PAGE_ROWS, Long.MAX_VALUE, 0).orElseThrow();
      Proof proof =
          Proof.of(
              page.wanted(),
              new Proof.Rows(List.of(Candles.minute(5)), List.of(), List.of(Candles.T0)),
              Candles.MINUTE,
              Silence.ABSENT_ROWS);
      GapRepair.Outcome outcome = Answered.by(gap, page, proof, now);
      assertThat(proof.empty().isEmpty()).isTrue();
      gap = outcome.gap();
      now = gap.nextTryMs();
    }
  }

  @Test
  void aPageThatAlwaysFailsBlocksNoOlderOne() {
    GapState gap =
        GapState.fresh(
            Candles.STREAM,
            Candles.T0,
            Intervals.of(Candles.T0, Candles.T0 + 300 * Candles.MINUTE),
            Reason.HISTORY);
    GapState.Page newest = gap.nextPage(PAGE_ROWS, Long.MAX_VALUE, 0).orElseThrow();
    GapState.Page next = gap.failed(newest, 1).nextPage(PAGE_ROWS, Long.MAX_VALUE, 0).orElseThrow();
    assertThat(next.wanted().intersect(newest.wanted()).isEmpty()).isTrue();
  }

  @Test
  void aSweepWhoseRestIsSettledElsewhereBeginsAnew() {
    Intervals old = Intervals.of(Candles.T0, Candles.T0 + Candles.MINUTE);
    Intervals late =
        Intervals.of(Candles.T0 + 400 * Candles.MINUTE, Candles.T0 + 401 * Candles.MINUTE);
    GapState gap = GapState.fresh(Candles.STREAM, Candles.T0, old.union(late), Reason.HISTORY);
    GapState.Page page = gap.nextPage(PAGE_ROWS, Long.MAX_VALUE, 0).orElseThrow();
    Proof nothing = proof(page.wanted(), List.of());
    GapState swept = Answered.by(gap, page, nothing, Candles.T0 * 2).gap();
    assertThat(swept.withOpen(late).nextPage(PAGE_ROWS, Long.MAX_VALUE, 0)).isPresent();
  }

  /** On every kind of venue, and without a row behind it. */
  @Test
  void aFlatRowProvesSilenceAndOneThatIsNotFlatIsACandle() {
    Intervals wanted = Intervals.of(Candles.T0, Candles.T0 + 3 * Candles.MINUTE);
    Candle moved = Candles.candle(Candles.T0, 100, 0, Evidence.REST);
    Candle flat = Candles.flat(Candles.T0 + Candles.MINUTE, 100, Evidence.REST);
    Candle more = Candles.flat(Candles.T0 + 2 * Candles.MINUTE, 100, Evidence.REST);
    for (Silence by : Silence.values()) {
      Proof proof =
          Proof.of(
              wanted,
              new Proof.Rows(List.of(moved, flat, more), List.of(), List.of()),
              Candles.MINUTE,
              by);
      assertThat(proof.found()).containsExactly(moved);
      assertThat(proof.empty()).as("one run").isEqualTo(wanted.minus(minutes(0)));
      assertThat(proof.left().isEmpty()).isTrue();
    }
  }

  @Test
  void aFlatRowThatHasNotSettledProvesNothing() {
    Intervals wanted = Intervals.of(Candles.T0, Candles.T0 + Candles.MINUTE);
    Proof.Rows rows =
        new Proof.Rows(List.of(Candles.flat(Candles.T0, 100, Evidence.REST)), List.of(), List.of());
    Proof proof =
        Proof.of(
            wanted,
            rows.settled(Candles.T0 + Candles.MINUTE - 1, Candles.MINUTE),
            Candles.MINUTE,
            Silence.ZERO_ROWS);
    assertThat(proof.left()).isEqualTo(wanted);
  }

  private static Intervals minutes(int first) {
    long from = Candles.T0 + first * Candles.MINUTE;
    return Intervals.of(from, from + Candles.MINUTE);
  }

  @Test
  void whatTheVenueCallsSilentIsSilentWithoutARowBehindIt() {
    Intervals wanted = Intervals.of(Candles.T0, Candles.T0 + 3 * Candles.MINUTE);
    Proof.Rows rows = new Proof.Rows(List.of(), List.of(Candles.T0 + Candles.MINUTE), List.of());
    Proof proof = Proof.of(wanted, rows, Candles.MINUTE, Silence.TRADE_IDS);
    assertThat(proof.empty())
        .isEqualTo(Intervals.of(Candles.T0 + Candles.MINUTE, Candles.T0 + 2 * Candles.MINUTE));
  }

  @Test
  void aRowThatHasNotSettledIsNeitherCandleNorSilenceNorTheEndOfAHole() {
    Intervals wanted = Intervals.of(Candles.T0, Candles.T0 + 4 * Candles.MINUTE);
    Proof.Rows rows =
        new Proof.Rows(
            List.of(Candles.minute(0), Candles.minute(2)),
            List.of(Candles.T0 + 3 * Candles.MINUTE),
            List.of());
    Proof proof =
        Proof.of(
            wanted,
            rows.settled(Candles.T0 + 3 * Candles.MINUTE - 1, Candles.MINUTE),
            Candles.MINUTE,
            Silence.ABSENT_ROWS);
    assertThat(proof.found()).containsExactly(Candles.minute(0));
    assertThat(proof.empty().isEmpty()).isTrue();
    assertThat(proof.left())
        .isEqualTo(Intervals.of(Candles.T0 + Candles.MINUTE, Candles.T0 + 4 * Candles.MINUTE));
  }

  @Test
  void anIntervalIsNotAskedForBeforeItHasSettled() {
    long settleMs = 2 * Candles.MINUTE;
    Intervals both = Intervals.of(Candles.T0, Candles.T0 + 2 * Candles.MINUTE);
    GapState gap = GapState.fresh(Candles.STREAM, Candles.T0, both, Reason.NOT_CLOSED);
    assertThat(gap.dueMs(settleMs)).isEqualTo(Candles.T0 + 3 * Candles.MINUTE);
    long settledToMs = gap.dueMs(settleMs) - settleMs;
    GapState.Page page = gap.nextPage(PAGE_ROWS, settledToMs, 0).orElseThrow();
    assertThat(page.wanted()).isEqualTo(Intervals.of(Candles.T0, Candles.T0 + Candles.MINUTE));
    GapState left =
        GapRepair.answered(
                gap,
                page,
                Intervals.empty(),
                proof(page.wanted(), List.of(Candles.minute(0))),
                AnswerHistory.NOTHING,
                KeptHistory.ALL,
                settledToMs,
                gap.dueMs(settleMs))
            .gap();
    assertThat(left.dueMs(settleMs)).isEqualTo(Candles.T0 + 4 * Candles.MINUTE);
    assertThat(left.nextPage(PAGE_ROWS, settledToMs, 0)).isEmpty();
  }

  /** The backfill asks for what is due, so what is due must have something to ask for. */
  @Test
  void whateverIsDueHasAPageEvenWhereRowsNeedNoTimeToSettleAndTheIntervalStillRuns() {
    Random random = new Random(1);
    for (int seed = 0; seed < 20_000; seed++) {
      Timeframe timeframe = random.nextBoolean() ? Timeframe.H1 : Timeframe.M1;
      long step = timeframe.millis();
      int slots = (int) (Timeframe.D1.millis() / step);
      Intervals missing = Intervals.empty();
      for (int i = 0; i <= random.nextInt(4); i++) {
        long fromMs = Candles.T0 + random.nextInt(slots) * step;
        long toMs = Math.min(fromMs + (1 + random.nextInt(5)) * step, Candles.T0 + slots * step);
        missing = missing.union(Intervals.of(fromMs, toMs));
      }
      long settleMs = random.nextBoolean() ? 0 : 120_000;
      GapState gap =
          GapState.fresh(Candles.STREAM.in(timeframe), Candles.T0, missing, Reason.BASE)
              .postponed(Candles.T0 + random.nextInt(86_400_000));
      long dueMs = gap.dueMs(settleMs);
      GapState.Page page = gap.nextPage(PAGE_ROWS, dueMs - settleMs, 0).orElseThrow();
      assertThat(page.wanted().minus(Intervals.of(Candles.T0, dueMs - settleMs)).isEmpty())
          .as("seed %d: %s is over at %d", seed, page, dueMs)
          .isTrue();
    }
  }

  /** A venue may ask for the newer part of a page: the rest is the next one. */
  @Test
  void whatAQueryDoesNotReachWasNotAskedFor() {
    long fromMs = Candles.T0 + 3 * Candles.MINUTE;
    long toMs = Candles.T0 + 5 * Candles.MINUTE;
    RepairWork work = new RepairWork("a", RepairWork.Lane.GAP, 0, 0, "a");
    RestQuery query = new RestQuery("", "rest", Candles.STREAM, fromMs, toMs);
    assertThat(RepairRequest.candles(work, query, GapState.Page.of(Candles.T0, toMs)).page())
        .isEqualTo(GapState.Page.of(fromMs, toMs));
  }

  static Proof proof(Intervals wanted, List<Candle> rows) {
    return Proof.of(
        wanted, new Proof.Rows(rows, List.of(), List.of()), Candles.MINUTE, Silence.ABSENT_ROWS);
  }

  static GapState oneMinute() {
    return GapState.fresh(
        Candles.STREAM,
        Candles.T0,
        Intervals.of(Candles.T0, Candles.T0 + Candles.MINUTE),
        Reason.HISTORY);
  }

  private static TreeMap<Long, Candle> truth(SplittableRandom random, int silentOneIn) {
    TreeMap<Long, Candle> truth = new TreeMap<>();
    for (int i = -600; i < DAY + 600; i++) {
      if (random.nextInt(silentOneIn) > 0) {
        Candle candle = Candles.minute(i);
        truth.put(candle.openTimeMs(), candle);
      }
    }
    return truth;
  }

  private static Intervals wanted(SplittableRandom random) {
    Intervals wanted = Intervals.empty();
    for (int i = 0; i < 4; i++) {
      int from = random.nextInt(DAY);
      int to = Math.min(DAY, from + random.nextInt(1, 500));
      wanted =
          wanted.union(
              Intervals.of(Candles.T0 + from * Candles.MINUTE, Candles.T0 + to * Candles.MINUTE));
    }
    return wanted;
  }

  /** Ascending rows of the asked range: all, only the newest, none, or without the newest. */
  private static List<Candle> answer(
      SplittableRandom random, Map<Long, Candle> truth, GapState.Page page) {
    List<Candle> rows = new ArrayList<>();
    for (long open = page.askFromMs(); open < page.askToMs(); open += Candles.MINUTE) {
      Optional.ofNullable(truth.get(open)).ifPresent(rows::add);
    }
    return switch (random.nextInt(8)) {
      case 0 -> List.of();
      case 1 -> rows.subList(rows.size() - rows.size() / 3, rows.size());
      case 2 -> rows.subList(0, rows.size() / 2);
      default -> rows;
    };
  }

  private static long[] keys(TreeMap<Long, Candle> truth) {
    return truth.keySet().stream().mapToLong(Long::longValue).toArray();
  }
}
