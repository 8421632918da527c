package dev.candles.fuzz;

import dev.candles.core.candle.Meant;
import dev.candles.core.candle.Names;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.lake.layout.Partition;
import dev.candles.sources.transport.RestResponse;
import dev.candles.sources.venue.Decimals;
import dev.candles.sources.venue.JsonValue;
import dev.candles.text.Nearest;
import dev.candles.text.OneLine;
import dev.candles.text.TypedTime;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Readers of single values. */
final class Texts {
  private static final long YEAR_10000_MS = 253_402_300_800_000L;
  private static final int MAX_VALUES = 5_000;
  private static final List<String> KNOWN = List.of("venues", "symbols", "timeframes", "data_dir");

  private Texts() {}

  /** Any JSON value; what is read of it bears any question. */
  static void json(byte[] input) {
    String text = Choice.text(input);
    try {
      walk(JsonValue.parse(text, MAX_VALUES), 0);
    } catch (IOException refused) {
      Find.unlessSaid(refused);
    }
    try {
      walk(JsonValue.parse(text, MAX_VALUES, Set.of("type", "data")), 0);
    } catch (IOException refused) {
      Find.unlessSaid(refused);
    }
  }

  private static void walk(JsonValue value, int depth) {
    Find.unless(depth <= 16, "nested too deep", depth);
    Find.unless(!value.isObject() || !value.isArray(), "an object and a list", value);
    Find.unless(value.string().isEmpty() || value.literal().isPresent(), "a string", value);
    Find.unless(value.element(value.elements().size()).isAbsent(), "one more", value);
    value.elements().forEach(element -> walk(element, depth + 1));
    value.fields().values().forEach(field -> walk(field, depth + 1));
  }

  /** Numbers: the nearest double, and the exact value, are the JDK's. */
  static void numbers(byte[] input) {
    String text = Choice.text(input);
    boolean decimal = Decimals.isDecimal(text);
    if (decimal) {
      double nearest = Decimals.nearest(text);
      Find.unless(Double.compare(nearest, Double.parseDouble(text)) == 0, "not nearest", text);
    }
    Optional<BigDecimal> exact = Decimals.exact(text);
    Find.unless(decimal || exact.isEmpty(), "no decimal", text);
    exact.ifPresent(
        value -> Find.unless(value.compareTo(new BigDecimal(text)) == 0, "inexact", text));
    exact.ifPresent(value -> Find.unless(value.toPlainString().length() < 90, "long", text));
    if (Decimals.isWhole(text)) {
      Find.unless(Long.parseLong(text) >= 0, "negative", text);
    }
  }

  /** The headers by which an answer says how old it is. */
  static void headers(byte[] input) {
    String text = Choice.text(input);
    long dateMs = RestResponse.dateMs(text);
    long ageMs = RestResponse.ageMs(text);
    Find.unless(ageMs >= 0, "negative age", text);
    Find.unless(dateMs >= RestResponse.ABSENT && dateMs < YEAR_10000_MS, "no date", text);
    for (long answeredMs : new long[] {RestResponse.ABSENT, 0, YEAR_10000_MS - 1}) {
      long waitMs = RestResponse.retryAfterMs(text, answeredMs);
      Find.unless(waitMs >= RestResponse.ABSENT && waitMs <= 3_600_000, "no wait", text);
    }
  }

  /** Words that people type, and names of folders. */
  static void words(byte[] input) {
    String text = Choice.text(input);
    TypedTime.parse(text).ifPresent(time -> Find.unless(time.toEpochMilli() != 0, "time", text));
    TypedTime.hint(text);
    Meant.timeframe(text);
    Meant.symbol(text);
    Meant.symbolLike(text).ifPresent(s -> Find.unless(Names.isSymbol(s), "no symbol", s));
    Nearest.to(text, KNOWN);
    Timeframe.of(text);
    StreamKey.parse(text).ifPresent(s -> Find.unless(s.id().equals(text), "another", text));
    Partition.parse(text).ifPresent(p -> Find.unless(p.id().equals(text), "another", text));
    Proper.oneLine(OneLine.of(text));
  }
}
