package dev.candles.batch.quality.scan;

import dev.candles.batch.quality.check.MarketCheck;
import dev.candles.core.candle.StreamKey;
import dev.candles.lake.layout.Partition;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * All units of a lake by number, so that only numbers need to travel. Neighbouring numbers are of
 * days far apart: those that cost most, the last ones, are spread over all tasks.
 */
public final class AssetDayPlan implements Serializable {
  private static final long serialVersionUID = 1L;

  private final ArrayList<ArrayList<String>> assets = new ArrayList<>();
  private final ArrayList<Long> days;
  private final long stride;

  /** A plan for these partitions. */
  public AssetDayPlan(Collection<Partition> partitions) {
    TreeMap<String, TreeSet<String>> streams = new TreeMap<>();
    TreeSet<Long> dates = new TreeSet<>();
    for (Partition partition : partitions) {
      StreamKey stream = partition.stream();
      streams.computeIfAbsent(MarketCheck.asset(stream), asset -> new TreeSet<>()).add(stream.id());
      dates.add(partition.date().toEpochDay());
    }
    streams.values().forEach(ids -> assets.add(new ArrayList<>(ids)));
    days = new ArrayList<>(dates);
    stride = strideFor(size());
  }

  /** Number of units. */
  public long size() {
    return (long) assets.size() * days.size();
  }

  /** Unit {@code number}, from 0 on. */
  public AssetDay unit(long number) {
    long at = Math.floorMod(number * stride, size());
    List<String> streams = assets.get((int) (at % assets.size()));
    return new AssetDay(streams, days.get((int) (at / assets.size())));
  }

  /** About the golden section of {@code size}, without a common divisor. */
  private static long strideFor(long size) {
    long stride = Math.max(1, (long) (size * 0.618));
    while (divisor(stride, size) > 1) {
      stride++;
    }
    return stride;
  }

  private static long divisor(long a, long b) {
    return b == 0 ? a : divisor(b, a % b);
  }
}
