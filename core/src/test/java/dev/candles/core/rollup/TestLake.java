package dev.candles.core.rollup;

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
final class TestLake {
  final NavigableMap<Integer, Candle> held = new TreeMap<>();
  final Set<Integer> silent = new TreeSet<>();
  final Set<Integer> archived = new TreeSet<>();

  /** The days that were asked about. */
  final List<Long> looked = new ArrayList<>();

  void hold(int... minutes) {
    for (int minute : minutes) {
      held.put(minute, RollupHarness.candle(minute, 1, 0));
    }
  }

  LakeParts.Reading read(Set<StreamKey> streams, long since) {
    assertThat(streams).containsExactly(RollupHarness.BASE);
    return (stream, from, to) -> {
      assertThat(stream).isEqualTo(RollupHarness.BASE);
      assertThat(to - from).isEqualTo(Timeframe.D1.millis());
      assertThat(from).isGreaterThanOrEqualTo(since);
      looked.add(from);
      Intervals known = minutes(held.keySet()).union(minutes(silent));
      return new HeldParts(List.copyOf(held.values()), known, minutes(archived));
    };
  }

  private static Intervals minutes(Set<Integer> minutes) {
    long[] openTimes =
        minutes.stream()
            .mapToLong(minute -> RollupHarness.T0 + minute * RollupHarness.MINUTE)
            .toArray();
    return Intervals.ofOpenTimes(openTimes, RollupHarness.MINUTE);
  }
}
