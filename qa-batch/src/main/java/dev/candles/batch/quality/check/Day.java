package dev.candles.batch.quality.check;

import dev.candles.core.candle.Candle;
import dev.candles.core.candle.Evidence;
import dev.candles.core.candle.Provenance;
import dev.candles.core.coverage.Intervals;
import dev.candles.lake.layout.Partition;
import dev.candles.lake.parquet.RawCandle;
import dev.candles.lake.partition.CandleOrder;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * All rows of one partition, as its files have them. Whoever finds a row wrong marks its interval
 * as unsound; what compares values leaves those out, so that one fault is found once.
 */
public final class Day {
  /**
   * A row and where it is.
   *
   * @param file relative to the lake
   */
  public record Row(RawCandle candle, String file) {}

  private final Partition partition;
  private final List<Row> rows;
  private final List<Row> revisions;
  private final BitSet unsound = new BitSet();
  private final BitSet present = new BitSet();
  private final long fromMs;
  private final long toMs;
  private final long stepMs;
  private @Nullable List<Candle> current;

  /**
   * @param rows of the candles' folder
   * @param revisions of the revisions' folder
   */
  public Day(Partition partition, List<Row> rows, List<Row> revisions) {
    this.partition = partition;
    this.fromMs = partition.fromMs();
    this.toMs = partition.toMs();
    this.stepMs = partition.stream().timeframe().millis();
    this.rows = List.copyOf(rows);
    this.revisions = List.copyOf(revisions);
    for (Row row : rows) {
      if (onGrid(row.candle())) {
        present.set(slot(row.candle()));
      }
    }
  }

  /** Whose rows they are. */
  public Partition partition() {
    return partition;
  }

  /** The rows that a plain reader sees. */
  public List<Row> rows() {
    return rows;
  }

  /** Other versions. */
  public List<Row> revisions() {
    return revisions;
  }

  /** The intervals that have a candle, sound or not. */
  public Intervals present() {
    return partition.intervals(present);
  }

  /** Whether an interval of this day opens at the row's time. */
  public boolean onGrid(RawCandle candle) {
    return inDay(candle) && (candle.openTimeMs() - fromMs) % stepMs == 0;
  }

  /** The number of the interval of a row that is {@link #onGrid}; cheap, as each row is asked. */
  private int slot(RawCandle candle) {
    return (int) ((candle.openTimeMs() - fromMs) / stepMs);
  }

  /** Whether the row's time is of this day. */
  public boolean inDay(RawCandle candle) {
    return candle.openTimeMs() >= fromMs && candle.openTimeMs() < toMs;
  }

  /** The file of the current version of a candle, relative to the lake. */
  String fileOf(long openTimeMs) {
    String file = "";
    int revision = -1;
    for (Row row : rows) {
      if (row.candle().openTimeMs() == openTimeMs && row.candle().revision() > revision) {
        file = row.file();
        revision = row.candle().revision();
      }
    }
    for (Row row : revisions) {
      if (row.candle().openTimeMs() == openTimeMs && row.candle().revision() > revision) {
        file = row.file();
        revision = row.candle().revision();
      }
    }
    return file;
  }

  void unsound(RawCandle candle) {
    if (onGrid(candle)) {
      unsound.set(slot(candle));
    }
  }

  /** Whether nothing was found wrong with the interval's candle. */
  boolean isSound(long openTimeMs) {
    return !unsound.get(partition.slot(openTimeMs));
  }

  /** Whether there is a first candle, and nothing was found wrong with it. */
  boolean beginIsSound() {
    return !present.isEmpty() && !unsound.get(present.nextSetBit(0));
  }

  /** Whether there is a last candle, and nothing was found wrong with it. */
  boolean endIsSound() {
    return !present.isEmpty() && !unsound.get(present.length() - 1);
  }

  /** Reports a row and marks it. */
  void report(FindingType kind, Row row, String value, Findings findings) {
    unsound(row.candle());
    findings.add(
        new Finding(kind, partition.stream().id(), row.file(), row.candle().openTimeMs(), value));
  }

  /**
   * The current version of every sound candle, ascending. To be asked for after the checks of
   * single rows.
   */
  public List<Candle> current() {
    List<Candle> known = current;
    if (known == null) {
      known = overlay();
      current = known;
    }
    return known;
  }

  /** A revision of a candle that is not sound is not asked for: both are marked by their time. */
  private List<Candle> overlay() {
    Candle[] current = new Candle[partition.stream().timeframe().perDay()];
    for (Row row : rows) {
      if (onGrid(row.candle())) {
        int slot = slot(row.candle());
        if (!unsound.get(slot)) {
          Candle candle = candle(row.candle());
          current[slot] =
              current[slot] == null ? candle : CandleOrder.current(current[slot], candle);
        }
      }
    }
    for (Row row : revisions) {
      if (onGrid(row.candle())) {
        int slot = slot(row.candle());
        if (current[slot] != null) {
          current[slot] = CandleOrder.current(current[slot], candle(row.candle()));
        }
      }
    }
    return Arrays.stream(current).filter(Objects::nonNull).toList();
  }

  /** A row as a candle; its evidence must exist. */
  Candle candle(RawCandle raw) {
    return new Candle(
        partition.stream(),
        raw.openTimeMs(),
        raw.prices(),
        raw.volumes(),
        raw.trades(),
        new Provenance(
            Evidence.valueOf(raw.evidence()), raw.source(), raw.revision(), raw.receivedAtMs()));
  }
}
