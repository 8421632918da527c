package dev.candles.lake.view;

import dev.candles.core.candle.Candle;
import dev.candles.core.coverage.Intervals;
import dev.candles.lake.layout.Folder;
import dev.candles.lake.layout.LakeLayout;
import dev.candles.lake.layout.Partition;
import dev.candles.lake.parquet.CandleFiles;
import java.io.IOException;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads one day of one stream. */
final class DayReader {
  private static final Logger LOG = LoggerFactory.getLogger(DayReader.class);

  private final LakeLayout layout;
  private final SafeReader reader;

  DayReader(LakeLayout layout, SafeReader reader) {
    this.layout = layout;
    this.reader = reader;
  }

  /** The intervals that have a candle. */
  Intervals finals(Partition partition) throws IOException {
    BitSet slots = new BitSet(partition.stream().timeframe().perDay());
    long step = partition.stream().timeframe().millis();
    int doubled = 0;
    for (Intervals held :
        reader.readAll(
            layout.partition(Folder.CANDLES, partition),
            file -> CandleFiles.openTimes(file, partition))) {
      for (int i = 0; i < held.count(); i++) {
        for (long openTime = held.from(i); openTime < held.to(i); openTime += step) {
          int slot = partition.slot(openTime);
          doubled += slots.get(slot) ? 1 : 0;
          slots.set(slot);
        }
      }
    }
    report(partition, doubled);
    return partition.intervals(slots);
  }

  /**
   * The current versions, ascending: of first versions and revisions the highest revision, if there
   * is a first version.
   */
  Collection<Candle> candles(Partition partition) throws IOException {
    TreeMap<Long, Candle> current = new TreeMap<>();
    int rows = 0;
    for (List<Candle> file :
        reader.readAll(
            layout.partition(Folder.CANDLES, partition),
            file -> CandleFiles.read(file, partition))) {
      for (Candle candle : file) {
        current.merge(candle.openTimeMs(), candle, DayReader::later);
        rows++;
      }
    }
    report(partition, rows - current.size());
    for (List<Candle> file :
        reader.readAll(
            layout.partition(Folder.REVISIONS, partition),
            file -> CandleFiles.read(file, partition))) {
      for (Candle candle : file) {
        current.computeIfPresent(candle.openTimeMs(), (key, first) -> later(first, candle));
      }
    }
    return current.values();
  }

  private static Candle later(Candle known, Candle other) {
    return other.revision() > known.revision() ? other : known;
  }

  private static void report(Partition partition, int doubled) {
    if (doubled > 0) {
      LOG.warn("event=lake_candles_doubled partition={} rows={}", partition.id(), doubled);
    }
  }
}
