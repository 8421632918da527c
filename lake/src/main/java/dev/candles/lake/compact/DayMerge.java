package dev.candles.lake.compact;

import dev.candles.core.candle.Candle;
import dev.candles.core.coverage.Intervals;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Merges the rows of one partition by key. Memory follows the number of different versions, at most
 * {@link #MAX_VERSIONS}, not the number of files or rows; the result does not depend on their
 * order. Pure.
 */
final class DayMerge {
  static final int MAX_VERSIONS = 50_000;

  private final TreeMap<Long, Versions> keys = new TreeMap<>();
  private long rows;
  private long versions;

  /** Takes in rows of {@code candles/}. */
  void addCandles(List<Candle> candles) throws IOException {
    for (Candle candle : candles) {
      count(at(candle).addFirst(candle));
    }
  }

  /** Takes in rows of {@code revisions/}. */
  void addRevisions(List<Candle> revisions) throws IOException {
    for (Candle candle : revisions) {
      count(at(candle).add(candle));
    }
  }

  private Versions at(Candle candle) {
    return keys.computeIfAbsent(candle.openTimeMs(), openTime -> new Versions());
  }

  private void count(boolean added) throws IOException {
    rows++;
    versions += added ? 1 : 0;
    if (versions > MAX_VERSIONS) {
      throw new IOException("too many versions of candles in one partition: max=" + MAX_VERSIONS);
    }
  }

  /** The current version of each candle, ascending by open time. */
  List<Candle> current() {
    List<Candle> current = new ArrayList<>(keys.size());
    keys.values().forEach(key -> key.current().ifPresent(current::add));
    return current;
  }

  /** All other versions, by open time and then from the first to the last. */
  List<Candle> older() {
    List<Candle> older = new ArrayList<>();
    keys.values().forEach(key -> older.addAll(key.older()));
    return older;
  }

  /** Rows taken in that said what another one said. */
  long duplicates() {
    return rows - versions;
  }

  /** Open times (epoch ms, UTC) at which two rows of one revision differ. */
  List<Long> disagreements() {
    List<Long> found = new ArrayList<>();
    keys.forEach(
        (openTime, key) -> {
          if (key.disagree()) {
            found.add(openTime);
          }
        });
    return found;
  }

  /** The intervals that candles cover. */
  static Intervals intervals(List<Candle> ascending) {
    Intervals.Builder builder = new Intervals.Builder(2);
    ascending.forEach(candle -> builder.add(candle.openTimeMs(), candle.endTimeMs()));
    return builder.build();
  }
}
