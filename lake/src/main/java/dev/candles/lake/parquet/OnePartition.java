package dev.candles.lake.parquet;

import dev.candles.core.candle.Candle;
import dev.candles.lake.layout.Partition;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Admits the candles of one partition, which is the first one's. For one file. */
public final class OnePartition {
  private @Nullable Partition partition;

  /**
   * Lets a candle in.
   *
   * @throws IllegalArgumentException if it is of another partition than the ones before
   */
  public void admit(Candle candle) {
    Partition mine = partition;
    if (mine == null || !mine.stream().equals(candle.stream())) {
      Partition its = Partition.of(candle.stream(), candle.openTimeMs());
      if (mine != null) {
        throw new IllegalArgumentException(
            "candle of another partition: file=" + mine.id() + ", candle=" + its.id());
      }
      partition = its;
      mine = its;
    }
    int unused = mine.slot(candle.openTimeMs()); // refuses a candle of another day
  }

  /** The partition; empty if no candle came. */
  Optional<Partition> partition() {
    return Optional.ofNullable(partition);
  }
}
