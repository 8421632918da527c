package dev.candles.lake.coverage;

import static dev.candles.lake.Samples.BTC;
import static dev.candles.lake.Samples.MINUTE;
import static dev.candles.lake.Samples.row;
import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.coverage.CoverageRow;
import dev.candles.core.coverage.IntervalState;
import dev.candles.core.coverage.Intervals;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CoverageLogTest {
  private static final int MINUTES = 60;

  static LongStream seeds() {
    return LongStream.range(0, 200);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void theHighestNumberHoldsPerIntervalInWhateverOrderRowsAreRead(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int count = random.nextInt(seed % 10 == 0 ? 4000 : 40); // some beyond the first fold
    List<CoverageRow> rows = new ArrayList<>();
    IntervalState[] last = new IntervalState[MINUTES];
    for (int seq = 1; seq <= count; seq++) {
      int from = random.nextInt(MINUTES);
      int to = from + 1 + random.nextInt(Math.min(9, MINUTES - from));
      IntervalState state = IntervalState.values()[random.nextInt(5)];
      rows.add(row(BTC, from * MINUTE, to * MINUTE, state, seq));
      for (int i = from; i < to && state != IntervalState.THROUGH; i++) {
        last[i] = state;
      }
    }
    CoverageLog log = new CoverageLog();
    while (!rows.isEmpty()) {
      log.add(rows.remove(random.nextInt(rows.size())));
    }
    Map<IntervalState, Intervals> states = log.states();
    for (int i = 0; i < MINUTES; i++) {
      for (IntervalState state : IntervalState.values()) {
        assertThat(states.getOrDefault(state, Intervals.empty()).contains(i * MINUTE))
            .as("minute %d %s", i, state)
            .isEqualTo(state == last[i]);
      }
    }
    assertThat(log.seq()).isEqualTo(count);
  }

  @Test
  void aThroughRowCountsForTheNumberOnly() {
    CoverageLog log = new CoverageLog();
    log.add(row(BTC, 0, MINUTE, IntervalState.VERIFIED_EMPTY, 4));
    log.add(row(BTC, 0, 10 * MINUTE, IntervalState.THROUGH, 5));
    assertThat(log.states())
        .containsOnly(Map.entry(IntervalState.VERIFIED_EMPTY, Intervals.of(0, MINUTE)));
    assertThat(log.seq()).isEqualTo(5);
  }
}
