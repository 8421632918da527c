package dev.candles.job.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.candle.Candle;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.lake.HeldParts;
import dev.candles.core.lake.LakeParts;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** A lake of the first minutes of one stream, held by the test. */
final class TestLake implements LakeParts {
  private static final long serialVersionUID = 1;
  static final NavigableMap<Integer, Candle> HELD = new TreeMap<>();
  static final Set<Integer> SILENT = new TreeSet<>();
  static final Set<Integer> ARCHIVED = new TreeSet<>();

  /** The days that were asked about. */
  static final List<Long> LOOKED = new ArrayList<>();

  TestLake() {
    HELD.clear();
    SILENT.clear();
    ARCHIVED.clear();
    LOOKED.clear();
  }

  static void hold(int... minutes) {
    for (int minute : minutes) {
      HELD.put(minute, RollupFunctionTest.candle(minute, 1, 0));
    }
  }

  @Override
  public Reading read(Set<StreamKey> streams, long since) {
    assertThat(streams).containsExactly(RollupFunctionTest.BASE);
    return (stream, from, to) -> {
      assertThat(stream).isEqualTo(RollupFunctionTest.BASE);
      assertThat(to - from).isEqualTo(Timeframe.D1.millis());
      assertThat(from).isGreaterThanOrEqualTo(since);
      LOOKED.add(from);
      Intervals known = minutes(HELD.keySet()).union(minutes(SILENT));
      return new HeldParts(List.copyOf(HELD.values()), known, minutes(ARCHIVED));
    };
  }

  private static Intervals minutes(Set<Integer> minutes) {
    long[] openTimes =
        minutes.stream()
            .mapToLong(minute -> RollupFunctionTest.T0 + minute * RollupFunctionTest.MINUTE)
            .toArray();
    return Intervals.ofOpenTimes(openTimes, RollupFunctionTest.MINUTE);
  }
}
