package dev.candles.batch.quality.scan;

import dev.candles.core.candle.StreamKey;
import dev.candles.lake.layout.Partition;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * What is looked at together: all streams of one asset on one day (UTC), because rollups are
 * compared over timeframes and prices over venues.
 */
public record AssetDay(List<String> streams, long epochDay) {
  /** The partitions, by name; not all need to exist. */
  public List<Partition> partitions() {
    List<Partition> partitions = new ArrayList<>(streams.size());
    for (String id : streams) {
      StreamKey stream =
          StreamKey.parse(id).orElseThrow(() -> new IllegalStateException("not a stream: " + id));
      partitions.add(new Partition(stream, LocalDate.ofEpochDay(epochDay)));
    }
    return partitions;
  }
}
