package dev.candles.sim.truth;

import dev.candles.core.candle.StreamKey;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** How a lake differs from the truth, per stream. */
public record LakeComparison(List<Stream> streams) {

  /**
   * One stream.
   *
   * @param expected intervals that the truth knows, candles and empty ones
   * @param equal those that the lake holds as they are
   * @param empty those of {@code equal} that are proven empty; the others are candles
   * @param missing those that the lake does not know, or calls empty though they are not
   * @param wrong candles with other values
   * @param invented candles that the truth does not know
   * @param first the first few differences
   */
  public record Stream(
      StreamKey stream,
      long expected,
      long equal,
      long empty,
      long missing,
      long wrong,
      long invented,
      List<Difference> first) {

    /** Whether nothing differs. */
    public boolean isEqual() {
      return missing == 0 && wrong == 0 && invented == 0 && equal == expected;
    }
  }

  /**
   * One difference.
   *
   * @param openTimeMs epoch ms, UTC
   */
  public record Difference(long openTimeMs, String expected, String found) {}

  /** Whether the lake is the truth. */
  public boolean isEqual() {
    return equalStreams() == streams.size();
  }

  /** How many streams do not differ. */
  public long equalStreams() {
    return streams.stream().filter(Stream::isEqual).count();
  }

  /** A table for people: a line per stream, and below it the first differences. */
  public String table() {
    StringBuilder table = new StringBuilder();
    table.append(
        line(
            "stream",
            "expected",
            "equal",
            "(no trade)",
            "missing",
            "wrong",
            "invented",
            "verdict"));
    for (Stream one : streams) {
      table.append(
          line(
              one.stream.id(),
              Long.toString(one.expected),
              Long.toString(one.equal),
              Long.toString(one.empty),
              Long.toString(one.missing),
              Long.toString(one.wrong),
              Long.toString(one.invented),
              one.isEqual() ? "equal" : "DIFFERS"));
      for (Difference difference : one.first) {
        table
            .append("    ")
            .append(Instant.ofEpochMilli(difference.openTimeMs))
            .append(" expected ")
            .append(difference.expected)
            .append(", found ")
            .append(difference.found)
            .append('\n');
      }
    }
    return table.toString();
  }

  private static String line(String stream, String... cells) {
    StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%-28s", stream));
    for (String cell : cells) {
      line.append(String.format(Locale.ROOT, "%12s", cell));
    }
    return line.append('\n').toString();
  }
}
