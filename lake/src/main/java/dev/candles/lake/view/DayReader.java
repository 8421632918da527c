package dev.candles.lake.view;

import dev.candles.core.candle.Candle;
import dev.candles.core.coverage.Intervals;
import dev.candles.lake.layout.LakeLayout;
import dev.candles.lake.layout.Partition;
import dev.candles.lake.parquet.CandleFiles;
import dev.candles.lake.partition.CandleOrder;
import dev.candles.lake.partition.Snapshot;
import java.io.IOException;
import java.nio.file.Path;
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
  private final OpenTimes openTimes;

  /** Tells the intervals with a candle in a file of a partition. */
  interface OpenTimes {
    Intervals of(Path file, Partition partition) throws IOException;
  }

  DayReader(LakeLayout layout, SafeReader reader) {
    this(layout, reader, CandleFiles::openTimes);
  }

  /**
   * @param openTimes opens the files that no manifest speaks of, where they are not known already
   */
  DayReader(LakeLayout layout, SafeReader reader, OpenTimes openTimes) {
    this.layout = layout;
    this.reader = reader;
    this.openTimes = openTimes;
  }

  /**
   * The intervals that have a candle. A sealed partition is not opened: its manifest says it; only
   * files that came later are.
   */
  Intervals finals(Partition partition) throws IOException {
    return Snapshot.read(layout, partition, files -> finals(partition, files));
  }

  /** Whether a manifest tells the intervals of files of this partition. */
  boolean isToldByManifest(Partition partition) throws IOException {
    return Snapshot.of(layout, partition).manifest().isPresent();
  }

  private Intervals finals(Partition partition, Snapshot files) throws IOException {
    BitSet slots = new BitSet(partition.stream().timeframe().perDay());
    int doubled = 0;
    for (Intervals held : reader.read(files.unsealed(), file -> openTimes.of(file, partition))) {
      doubled += mark(slots, held, partition);
    }
    doubled += mark(slots, files.present(), partition);
    report(partition, doubled);
    return partition.intervals(slots);
  }

  /** Marks intervals; how many were marked already. */
  private static int mark(BitSet slots, Intervals held, Partition partition) {
    long step = partition.stream().timeframe().millis();
    int doubled = 0;
    for (int i = 0; i < held.count(); i++) {
      for (long openTime = held.from(i); openTime < held.to(i); openTime += step) {
        int slot = partition.slot(openTime);
        doubled += slots.get(slot) ? 1 : 0;
        slots.set(slot);
      }
    }
    return doubled;
  }

  /** A day with its candles; of an archived one the intervals are known and the candles are not. */
  record Whole(Intervals finals, Collection<Candle> candles) {}

  /** Both at one moment. */
  Whole whole(Partition partition) throws IOException {
    return Snapshot.read(
        layout,
        partition,
        files -> {
          Collection<Candle> candles = candles(partition, files);
          Intervals.Builder held = new Intervals.Builder(2);
          candles.forEach(candle -> held.add(candle.openTimeMs(), candle.endTimeMs()));
          return new Whole(held.build().union(files.archived()), candles);
        });
  }

  /**
   * The current versions, ascending: of first versions and revisions the one that {@link
   * CandleOrder} puts last, if there is a first version. An archived partition has none here.
   */
  Collection<Candle> candles(Partition partition) throws IOException {
    return whole(partition).candles();
  }

  private Collection<Candle> candles(Partition partition, Snapshot files) throws IOException {
    TreeMap<Long, Candle> current = new TreeMap<>();
    int rows = 0;
    for (List<Candle> file :
        reader.read(files.candles(), file -> CandleFiles.read(file, partition))) {
      for (Candle candle : file) {
        current.merge(candle.openTimeMs(), candle, CandleOrder::current);
        rows++;
      }
    }
    report(partition, rows - current.size());
    for (List<Candle> file :
        reader.read(files.revisions(), file -> CandleFiles.read(file, partition))) {
      for (Candle candle : file) {
        current.computeIfPresent(
            candle.openTimeMs(), (key, first) -> CandleOrder.current(first, candle));
      }
    }
    return current.values();
  }

  private static void report(Partition partition, int doubled) {
    if (doubled > 0) {
      LOG.warn("event=lake_candles_doubled partition={} rows={}", partition.id(), doubled);
    }
  }
}
