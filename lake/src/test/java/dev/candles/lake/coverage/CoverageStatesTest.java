package dev.candles.lake.coverage;

import static dev.candles.lake.Samples.BTC;
import static dev.candles.lake.Samples.DAY;
import static dev.candles.lake.Samples.DAY_MILLIS;
import static dev.candles.lake.Samples.MINUTE;
import static dev.candles.lake.Samples.row;
import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.coverage.CoverageRow;
import dev.candles.core.coverage.IntervalState;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.coverage.Reason;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CoverageStatesTest {
  private static final IntervalState EMPTY = IntervalState.VERIFIED_EMPTY;
  private static final int PER_DAY = 1440;
  private static final int SILENT = 200_000;
  private static final int DAYS = SILENT / PER_DAY + 1;

  private final CoverageStates states = new CoverageStates(Timeframe.M1);
  private int largest;

  static LongStream seeds() {
    return LongStream.range(0, 300);
  }

  private void take(CoverageLog day) {
    states.settle(day.lowest());
    states.take(day);
    largest = Math.max(largest, states.size());
  }

  /** Live silence: each minute one row with its own number, every {@code step}th minute. */
  private void silence(int step) {
    CoverageLog day = new CoverageLog();
    for (int minute = 0; minute < SILENT; minute += step) {
      if (minute / PER_DAY > (minute - step) / PER_DAY) {
        take(day);
        day = new CoverageLog();
      }
      long from = DAY + minute * MINUTE;
      day.add(row(BTC, from, from + MINUTE, EMPTY, 10 + 2L * minute));
    }
    take(day);
    states.settle(Long.MAX_VALUE);
  }

  @Test
  void minutesThatAreSilentOneAfterTheOtherCostOneRange() {
    silence(1);
    assertThat(states.in(EMPTY, Long.MIN_VALUE, Long.MAX_VALUE))
        .isEqualTo(Intervals.of(DAY, DAY + SILENT * MINUTE));
    assertThat(states.size()).as("whole days, and the last").isEqualTo(2);
    assertThat(largest).as("a day of rows is open").isLessThanOrEqualTo(PER_DAY + 2);
    assertThat(states.seq()).isEqualTo(10 + 2L * (SILENT - 1));
  }

  @Test
  void minutesThatAreSilentBetweenTradesCostBitsOfTheirDay() {
    silence(2);
    Intervals silent = states.in(EMPTY, DAY, DAY + SILENT * MINUTE);
    assertThat(silent.count()).isEqualTo(SILENT / 2);
    assertThat(silent.length()).isEqualTo(SILENT / 2 * MINUTE);
    assertThat(states.size()).isEqualTo(DAYS);
    assertThat(largest).isLessThanOrEqualTo(PER_DAY / 2 + DAYS);
  }

  /** The rows of each day are settled before the next one is read. */
  @Test
  void whatIsUnprovenIsGivenUpAndWasListed() {
    IntervalState givenUp = IntervalState.UNRECOVERABLE;
    CoverageLog listing = new CoverageLog();
    listing.add(
        new CoverageRow(BTC, DAY, DAY + 9 * MINUTE, givenUp, Reason.BEFORE_LISTING, null, 1, DAY));
    take(listing);
    CoverageLog unproven = new CoverageLog();
    unproven.add(row(BTC, DAY + 4 * MINUTE, DAY + 6 * MINUTE, givenUp, 2));
    take(unproven);
    CoverageLog listed = new CoverageLog();
    listed.add(row(BTC, DAY + 8 * MINUTE, DAY + 9 * MINUTE, EMPTY, 3));
    take(listed);
    states.settle(Long.MAX_VALUE);
    assertThat(states.lost()).isEqualTo(Intervals.of(DAY + 4 * MINUTE, DAY + 6 * MINUTE));
  }

  @Test
  void aRangeOfAnyLengthCostsNoMoreThanAShortOne() {
    long far = Long.MAX_VALUE / MINUTE * MINUTE;
    CoverageLog day = new CoverageLog();
    day.add(row(BTC, -far, far, IntervalState.UNRECOVERABLE, 1));
    day.add(row(BTC, DAY, DAY + DAY_MILLIS, IntervalState.MISSING, 2));
    take(day);
    states.settle(Long.MAX_VALUE);
    assertThat(states.size()).isLessThan(6);
    assertThat(states.in(IntervalState.UNRECOVERABLE, Long.MIN_VALUE, Long.MAX_VALUE))
        .isEqualTo(Intervals.of(-far, far).minus(Intervals.of(DAY, DAY + DAY_MILLIS)));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void theHighestNumberHoldsWhateverIsSettledWhen(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Timeframe timeframe = seed % 3 == 0 ? Timeframe.H1 : Timeframe.M1;
    StreamKey stream = BTC.in(timeframe);
    long step = timeframe.millis();
    long start = DAY - 2 * DAY_MILLIS;
    int slots = 4 * timeframe.perDay();
    List<CoverageLog> days = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      days.add(new CoverageLog());
    }
    Map<Long, IntervalState> naive = new HashMap<>();
    int count = random.nextInt(1, 200);
    boolean clockIsWrong = seed % 2 == 0;
    for (int seq = 1; seq <= count; seq++) {
      int from = random.nextInt(slots);
      int length = random.nextInt(4) == 0 ? random.nextInt(1, slots) : random.nextInt(1, 9);
      int to = Math.min(slots, from + length);
      IntervalState state = IntervalState.values()[random.nextInt(5)];
      int day = clockIsWrong ? random.nextInt(6) : 6 * (seq - 1) / count;
      days.get(day).add(row(stream, start + from * step, start + to * step, state, seq));
      for (int i = from; i < to && state != IntervalState.THROUGH; i++) {
        naive.put(start + i * step, state);
      }
    }

    CoverageStates hasty = new CoverageStates(timeframe);
    CoverageStates patient = new CoverageStates(timeframe);
    for (int i = 0; i < days.size(); i++) {
      hasty.settle(days.get(i).lowest());
      hasty.take(days.get(i));
      patient.settle(lowest(days.subList(i, days.size())));
      patient.take(days.get(i));
    }
    hasty.settle(Long.MAX_VALUE);
    patient.settle(Long.MAX_VALUE);

    assertThat(patient.isDisordered()).isFalse();
    mustEqual(naive, patient, start, step, slots);
    assertThat(hasty.isDisordered() && !clockIsWrong).isFalse();
    if (!hasty.isDisordered()) {
      mustEqual(naive, hasty, start, step, slots);
    }
    assertThat(patient.seq()).isEqualTo(count);
    int a = random.nextInt(slots);
    int b = random.nextInt(a, slots + 1);
    assertThat(patient.in(EMPTY, start + a * step, start + b * step))
        .isEqualTo(
            patient
                .in(EMPTY, Long.MIN_VALUE, Long.MAX_VALUE)
                .intersect(Intervals.of(start + a * step, start + b * step)));
  }

  private static long lowest(List<CoverageLog> days) {
    return days.stream().mapToLong(CoverageLog::lowest).min().orElse(Long.MAX_VALUE);
  }

  private static void mustEqual(
      Map<Long, IntervalState> naive, CoverageStates states, long start, long step, int slots) {
    for (IntervalState state : List.of(EMPTY, IntervalState.MISSING, IntervalState.UNRECOVERABLE)) {
      Intervals.Builder expected = new Intervals.Builder(4);
      for (long open = start; open < start + slots * step; open += step) {
        if (naive.get(open) == state) {
          expected.add(open, open + step);
        }
      }
      assertThat(states.in(state, Long.MIN_VALUE, Long.MAX_VALUE)).isEqualTo(expected.build());
    }
  }

  @Test
  void whatComesTooLateToBeJudgedIsNoticed() {
    CoverageLog first = new CoverageLog();
    first.add(row(BTC, DAY, DAY + MINUTE, EMPTY, 9));
    CoverageLog second = new CoverageLog();
    second.add(row(BTC, DAY, DAY + MINUTE, IntervalState.MISSING, 10));
    CoverageLog late = new CoverageLog();
    CoverageRow old = row(BTC, DAY, DAY + MINUTE, IntervalState.MISSING, 9);
    late.add(old);
    take(first);
    take(second);
    assertThat(states.isDisordered()).isFalse();
    take(late);
    assertThat(states.isDisordered()).isTrue();
  }
}
