package dev.candles.cli.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.candle.Timeframe;
import dev.candles.sources.venue.JsonValue;
import dev.candles.sources.venue.Venue;
import dev.candles.sources.venue.Venues;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Replays recordings and reads what comes out. */
final class Replaying {
  final List<JsonValue> lines = new ArrayList<>();
  private final Replay replay;

  Replaying(String venue, Replayed replayed, @Nullable String symbol) {
    this(venue, replayed, symbol, Timeframe.M1, false);
  }

  Replaying(
      String venue,
      Replayed replayed,
      @Nullable String symbol,
      Timeframe timeframe,
      boolean candlesOnly) {
    Venue spoken = Venues.byName(venue).orElseThrow();
    replay =
        new Replay(spoken, replayed, symbol, timeframe, candlesOnly, line -> lines.add(json(line)));
  }

  static JsonValue json(String line) {
    try {
      return JsonValue.parse(line, 1_000);
    } catch (IOException e) {
      throw new UncheckedIOException(line, e);
    }
  }

  Replaying text(String text) {
    return bytes(text.getBytes(StandardCharsets.UTF_8));
  }

  Replaying bytes(byte[] bytes) {
    return stream("memory", new ByteArrayInputStream(bytes));
  }

  Replaying file(Path file) {
    try {
      return stream(file.toString(), Files.newInputStream(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Replaying fixture(String name) {
    return text(fixtureText(name));
  }

  static String fixtureText(String name) {
    try (InputStream in = Replaying.class.getResourceAsStream(name)) {
      assertThat(in).as(name).isNotNull();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Replaying stream(String name, InputStream in) {
    try {
      replay.recording(name, in);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Why the recording can only be somebody else's. */
  Optional<String> refusal(InputStream in) {
    try {
      return replay.refusal(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Replaying end() {
    replay.end();
    return this;
  }

  boolean clean() {
    return replay.clean();
  }

  /** A count of the line of counts, 0 if it is not there. */
  long count(String name) {
    return json(replay.counts()).field(name).literal().map(Long::parseLong).orElse(0L);
  }

  List<JsonValue> ofKind(String kind) {
    return lines.stream().filter(line -> line.field("kind").toString().equals(kind)).toList();
  }

  /** {@code seconds close volume}, open time in seconds from {@code fromS} on. */
  List<String> candles(boolean proven, long fromS) {
    return ofKind("candle").stream()
        .filter(line -> line.field("final").isTrue() == proven)
        .map(line -> candle(line, fromS))
        .toList();
  }

  private static String candle(JsonValue line, long fromS) {
    long openS = Long.parseLong(line.field("open_time_ms").toString()) / 1_000;
    return (openS - fromS) + " " + line.field("close") + " " + line.field("volume");
  }
}
