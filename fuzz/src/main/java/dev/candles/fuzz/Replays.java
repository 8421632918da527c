package dev.candles.fuzz;

import dev.candles.cli.replay.Replay;
import dev.candles.cli.replay.Replayed;
import dev.candles.core.candle.Timeframe;
import dev.candles.sources.venue.JsonValue;
import dev.candles.sources.venue.Venue;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A recording, plain or gzip, as {@code ./candles replay} reads it. */
final class Replays implements Target {
  private static final int MAX_VALUES = 100;

  private final Venue venue;
  private final Replayed replayed;
  private final @Nullable String symbol;

  private Replays(Venue venue, Replayed replayed, @Nullable String symbol) {
    this.venue = venue;
    this.replayed = replayed;
    this.symbol = symbol;
  }

  static Replays frames(Venue venue) {
    return new Replays(venue, Replayed.WS, null);
  }

  static Replays answers(Venue venue, Replayed replayed) {
    return new Replays(venue, replayed, "BTC-USD");
  }

  @Override
  public void take(byte[] input) throws IOException {
    Replay replay = new Replay(venue, replayed, symbol, Timeframe.BASE, false, Replays::check);
    replay.refusal(new ByteArrayInputStream(input)).ifPresent(Proper::oneLine);
    replay.recording("recording", new ByteArrayInputStream(input));
    replay.end();
    check(replay.counts());
    boolean rejects = replay.counts().matches(".*\"reject\":[1-9].*");
    Find.unless(replay.clean() != rejects, "clean and not", replay.counts());
  }

  @Override
  public long lines(byte[] input) {
    long lines = 1;
    for (byte b : input) {
      lines += b == '\n' ? 1 : 0;
    }
    return lines;
  }

  /** A line is JSON, and its prices are in order. */
  private static void check(String line) {
    Proper.oneLine(line);
    JsonValue json;
    try {
      json = JsonValue.parse(line, MAX_VALUES);
    } catch (IOException e) {
      throw new Find("not a line of JSON: " + line, e);
    }
    if (json.field("kind").toString().equals("candle")) {
      double high = number(json, "high");
      double low = number(json, "low");
      boolean prices = low > 0 && high >= low && high <= Double.MAX_VALUE;
      Find.unless(prices && number(json, "open_time_ms") >= 0, "no candle", line);
    }
  }

  private static double number(JsonValue json, String field) {
    return Double.parseDouble(json.field(field).literal().orElse("NaN"));
  }
}
