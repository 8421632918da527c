package dev.candles.lake.layout;

import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.coverage.Intervals;
import java.time.LocalDate;
import java.util.BitSet;
import java.util.Optional;

/**
 * One UTC day of one stream: the unit in which candles and revisions lie.
 *
 * @param date the day (UTC) of the open times
 */
public record Partition(StreamKey stream, LocalDate date) {

  /** The partition that holds the interval that opens at {@code openTimeMs} (epoch ms, UTC). */
  public static Partition of(StreamKey stream, long openTimeMs) {
    return new Partition(stream, Dates.of(openTimeMs));
  }

  /** Start of the day, epoch ms, UTC, inclusive. */
  public long fromMs() {
    return Dates.startMs(date);
  }

  /** End of the day, epoch ms, UTC, exclusive. */
  public long toMs() {
    return fromMs() + Timeframe.D1.millis();
  }

  /**
   * Number of the interval within the day.
   *
   * @throws IllegalArgumentException if no interval of this partition opens at {@code openTimeMs}
   */
  public int slot(long openTimeMs) {
    long fromMs = fromMs();
    if (openTimeMs < fromMs
        || openTimeMs >= fromMs + Timeframe.D1.millis()
        || !stream.timeframe().aligned(openTimeMs)) {
      throw new IllegalArgumentException(
          "open time is not of this partition: open_time_ms=" + openTimeMs + ", " + id());
    }
    return (int) ((openTimeMs - fromMs) / stream.timeframe().millis());
  }

  /** The intervals whose numbers, see {@link #slot}, are in {@code slots}. */
  public Intervals intervals(BitSet slots) {
    long step = stream.timeframe().millis();
    Intervals.Builder builder = new Intervals.Builder(2);
    for (int from = slots.nextSetBit(0); from >= 0; ) {
      int to = slots.nextClearBit(from);
      builder.add(fromMs() + from * step, fromMs() + to * step);
      from = slots.nextSetBit(to);
    }
    return builder.build();
  }

  /** The path below the folder, which is also the bucket id of Flink's file sink. */
  public String id() {
    return streamFolder(stream) + "/" + Dates.folder(date);
  }

  /** Parses {@link #id()}; empty if it is not one. */
  public static Optional<Partition> parse(String id) {
    int cut = id.lastIndexOf('/');
    if (cut < 0) {
      return Optional.empty();
    }
    return parseStream(id.substring(0, cut))
        .flatMap(
            stream -> Dates.parse(id.substring(cut + 1)).map(date -> new Partition(stream, date)));
  }

  static String streamFolder(StreamKey stream) {
    return "venue="
        + stream.venue()
        + "/symbol="
        + stream.symbol()
        + "/timeframe="
        + stream.timeframe().label();
  }

  /** Parses the path of a stream below the folder; empty if it is not one. */
  static Optional<StreamKey> parseStream(String path) {
    String[] names = path.split("/", -1);
    if (names.length != 3
        || !names[0].startsWith("venue=")
        || !names[1].startsWith("symbol=")
        || !names[2].startsWith("timeframe=")) {
      return Optional.empty();
    }
    return StreamKey.parse(
        names[0].substring("venue=".length())
            + "/"
            + names[1].substring("symbol=".length())
            + "/"
            + names[2].substring("timeframe=".length()));
  }
}
