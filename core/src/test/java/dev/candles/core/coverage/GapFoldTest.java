package dev.candles.core.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.candle.Evidence;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GapFoldTest {
  private static final StreamKey BTC = new StreamKey("okx", "BTC-USDT", Timeframe.M1);
  private static final long MINUTE = 60_000;
  private static final long DAY = 1_440 * MINUTE;
  private static final long START = 20_000 * DAY;
  private static final int MOST_TOLD = 12;

  private final List<CoverageRow> log = new ArrayList<>();
  private final GapFold fold = new GapFold(Long.MIN_VALUE, Long.MAX_VALUE);
  private int largest;

  private static CoverageRow row(
      long fromMs, long toMs, IntervalState state, Reason reason, long seq, long atMs) {
    boolean proven = state == IntervalState.VERIFIED_EMPTY;
    return new CoverageRow(
        BTC, fromMs, toMs, state, reason, proven ? Evidence.REST : null, seq, atMs);
  }

  private void say(long fromMs, IntervalState state, Reason reason, long atMs) {
    CoverageRow row = row(fromMs, fromMs + MINUTE, state, reason, log.size() + 1L, atMs);
    log.add(row);
    fold.take(row);
    largest = Math.max(largest, fold.size());
  }

  private static GapSummary summary(List<GapRecord> gaps, int mostTold) {
    GapSummary.Builder all = new GapSummary.Builder(mostTold);
    gaps.forEach(all::add);
    return all.build();
  }

  /** Every third minute is missing for half a minute, for 300 days, and an hour is for ever. */
  @Test
  void gapsThatHaveEndedCostTheirDayAndNothingElse() {
    int days = 300;
    for (long at = START; at < START + days * DAY; at += 3 * MINUTE) {
      say(at, IntervalState.MISSING, Reason.NOT_CLOSED, at + 66_000);
      if (at < START + 10 * DAY || at >= START + 10 * DAY + 60 * MINUTE) {
        say(at, IntervalState.VERIFIED_EMPTY, Reason.NONE, at + 96_000);
      }
    }
    long endMs = START + days * DAY;
    Intervals open = Intervals.of(START + 10 * DAY, START + 10 * DAY + MINUTE);
    StreamAccount account = account(endMs, Intervals.of(START, endMs).minus(open), open);
    assertThat(log).hasSizeGreaterThan(280_000);
    assertThat(largest).isLessThan(2 * 1_440 + 2 * GapSummary.MOST_TOLD + days);
    assertThat(fold.isBeyond(endMs)).isFalse();
    GapSummary told = fold.end(account);
    assertThat(told.told()).hasSize(GapSummary.MOST_TOLD);
    assertThat(told.told().get(0).open()).as("the oldest of them is open").isTrue();
    assertThat(told.leftOut()).isEqualTo(days * 480 - GapSummary.MOST_TOLD);
    assertThat(told.repaired().onDay(START)).isEqualTo(480);
    assertThat(told.repaired().onDay(START + 10 * DAY)).isEqualTo(460 + 19);
  }

  private static StreamAccount account(long endMs, Intervals finals, Intervals missing) {
    List<CoverageRow> rows = new ArrayList<>();
    for (int i = 0; i < missing.count(); i++) {
      rows.add(row(missing.from(i), missing.to(i), IntervalState.MISSING, Reason.NONE, 1, 1));
    }
    return new StreamAccount(BTC, START, endMs, finals, rows);
  }

  @Test
  void whatIsCountedTooEarlyIsNoticed() {
    GapFold hasty = new GapFold(Long.MIN_VALUE, Long.MAX_VALUE, 1, new GapSummary.Builder());
    hasty.take(row(START, START + MINUTE, IntervalState.MISSING, Reason.SKIPPED, 1, START + 1));
    hasty.take(row(START, START + MINUTE, IntervalState.VERIFIED_EMPTY, Reason.NONE, 2, START + 2));
    assertThat(hasty.isBeyond(START)).as("a day has to pass").isFalse();
    long nextMs = START + 3 * DAY;
    hasty.take(
        row(nextMs, nextMs + MINUTE, IntervalState.MISSING, Reason.SKIPPED, 3, nextMs + DAY));
    hasty.take(row(nextMs, nextMs + MINUTE, IntervalState.FINAL, Reason.NONE, 4, nextMs + DAY + 1));
    assertThat(hasty.isBeyond(START + MINUTE)).isFalse();
    assertThat(hasty.isBeyond(START)).isTrue();
  }

  /** The oracle keeps every gap and sees all rows at once. */
  @ParameterizedTest
  @MethodSource("dev.candles.core.Seeds#seeds")
  void whateverIsFoldedWhenTheSummaryIsOfAllGaps(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int days = 4;
    int slots = days * 1_440 / 20;
    long step = 20 * MINUTE;
    List<CoverageRow> rows = new ArrayList<>();
    IntervalState[] known = new IntervalState[slots];
    int events = random.nextInt(1, 250);
    for (int event = 0; event < events; event++) {
      int now = Math.max(1, slots * (event + 1) / events);
      long atMs = START + now * step + event + 1;
      int kind = random.nextInt(5);
      IntervalState state = kind < 2 ? IntervalState.MISSING : IntervalState.values()[kind - 2];
      Reason reason = Reason.values()[random.nextInt(3)];
      int from = Math.max(0, now - random.nextInt(random.nextBoolean() ? 6 : slots));
      int runs = random.nextInt(1, 4);
      for (int run = 0; run < runs && from < now; run++) {
        int to = Math.min(now, from + random.nextInt(1, random.nextInt(9) == 0 ? 100 : 6));
        long fromMs = START + from * step;
        rows.add(row(fromMs, START + to * step, state, reason, rows.size() + 1L, atMs));
        Arrays.fill(known, from, to, state);
        from = to + random.nextInt(2);
      }
    }
    Intervals.Builder finals = new Intervals.Builder(4);
    List<CoverageRow> holding = new ArrayList<>();
    for (int i = 0; i < slots; i++) {
      long fromMs = START + i * step;
      if (known[i] == IntervalState.FINAL || (known[i] == null && i % 7 > 0)) {
        finals.add(fromMs, fromMs + step);
      } else if (known[i] != null) {
        holding.add(row(fromMs, fromMs + step, known[i], Reason.NONE, 1, 1));
      }
    }
    long fromMs = random.nextBoolean() ? START : START + random.nextInt(slots) * step;
    long toMs = START + days * DAY - random.nextInt(10) * MINUTE;
    StreamAccount account = new StreamAccount(BTC, fromMs, toMs, finals.build(), holding);

    GapFold folded =
        new GapFold(fromMs, toMs, random.nextInt(1, 20), new GapSummary.Builder(MOST_TOLD));
    rows.forEach(folded::take);
    GapSummary told = folded.end(account);
    GapSummary expected = summary(GapHistory.of(account, rows), MOST_TOLD);

    assertThat(told.told()).isEqualTo(expected.told());
    assertThat(told.leftOut()).isEqualTo(expected.leftOut());
    for (long day = START; day < START + days * DAY; day += DAY) {
      assertThat(told.repaired().onDay(day)).isEqualTo(expected.repaired().onDay(day));
    }
  }

  @Test
  void minutesThatAreRepairedTwiceCountOnceAndLongRangesAreNoBits() {
    MinuteSet minutes = new MinuteSet();
    minutes.add(START - 5 * MINUTE, START + 5 * MINUTE);
    minutes.add(START, START + 7 * MINUTE);
    minutes.add(START + DAY - MINUTE, START + 900_000 * DAY);
    assertThat(minutes.onDay(START - DAY)).isEqualTo(5);
    assertThat(minutes.onDay(START)).isEqualTo(8);
    assertThat(minutes.onDay(START + 899_999 * DAY)).isEqualTo(1_440);
    assertThat(minutes.onDay(START + 900_000 * DAY)).isZero();
    assertThat(minutes.size()).isEqualTo(3);
  }
}
