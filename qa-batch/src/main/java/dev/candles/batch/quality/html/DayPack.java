package dev.candles.batch.quality.html;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.candles.core.candle.Candle;
import dev.candles.core.candle.PriceTick;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.coverage.CoverageRow;
import dev.candles.core.coverage.IntervalState;
import dev.candles.core.coverage.StreamAccount;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Base64;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.zip.GZIPOutputStream;

/**
 * One stream and day as the page carries it: gzip of JSON, in Base64. A slot counts the timeframe's
 * intervals from the day's start (UTC). Prices are whole numbers of ticks of {@code 10^-decimals},
 * as differences: {@code open} to the close before, {@code body} from open to close, {@code above}
 * and {@code below} the wicks; {@code slot} to the slot before. Volumes have six digits; one that
 * is no number, which the checks find, is 0. {@code revised} are slots, {@code empty} is {@code
 * [slot, slots, evidence]} of what is proven empty.
 */
final class DayPack {
  private static final long DAY_MS = Timeframe.D1.millis();
  private static final MathContext VOLUME = new MathContext(6);
  private static final JsonFactory JSON = new JsonFactory();

  private DayPack() {}

  /**
   * Packs a day.
   *
   * @param dayMs its start, epoch ms, UTC
   * @param candles those of the day, ascending
   */
  static String of(StreamAccount account, long dayMs, List<Candle> candles) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(packed)) {
      write(account, dayMs, candles, gzip);
    } catch (IOException e) {
      throw new UncheckedIOException("memory cannot fail", e);
    }
    return Base64.getEncoder().encodeToString(packed.toByteArray());
  }

  private static void write(
      StreamAccount account, long dayMs, List<Candle> candles, OutputStream out)
      throws IOException {
    PriceTick tick = PriceTick.of(candles);
    long step = account.stream().timeframe().millis();
    ToLongFunction<Candle> slot = candle -> (candle.openTimeMs() - dayMs) / step;
    ToLongFunction<Candle> close = candle -> tick.ticks(candle.close());
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      json.writeNumberField("decimals", tick.decimals());
      differences(json, "slot", candles, slot, slot);
      differences(json, "open", candles, candle -> tick.ticks(candle.open()), close);
      numbers(json, "body", candles, c -> close.applyAsLong(c) - tick.ticks(c.open()));
      numbers(json, "above", candles, c -> tick.ticks(c.high()) - tick.ticks(top(c)));
      numbers(json, "below", candles, c -> tick.ticks(bottom(c)) - tick.ticks(c.low()));
      json.writeArrayFieldStart("volume");
      for (Candle candle : candles) {
        json.writeNumber(volume(candle));
      }
      json.writeEndArray();
      numbers(json, "revised", candles.stream().filter(c -> c.revision() > 0).toList(), slot);
      empty(json, account, dayMs);
      json.writeEndObject();
    }
  }

  private static double top(Candle candle) {
    return Math.max(candle.open(), candle.close());
  }

  private static double bottom(Candle candle) {
    return Math.min(candle.open(), candle.close());
  }

  private static BigDecimal volume(Candle candle) {
    double volume = candle.volume();
    return Double.isFinite(volume)
        ? new BigDecimal(volume, VOLUME).stripTrailingZeros()
        : BigDecimal.ZERO;
  }

  private static void numbers(
      JsonGenerator json, String name, List<Candle> candles, ToLongFunction<Candle> value)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (Candle candle : candles) {
      json.writeNumber(value.applyAsLong(candle));
    }
    json.writeEndArray();
  }

  /** Each value less what the candle before left; the first is whole. */
  private static void differences(
      JsonGenerator json,
      String name,
      List<Candle> candles,
      ToLongFunction<Candle> value,
      ToLongFunction<Candle> left)
      throws IOException {
    json.writeArrayFieldStart(name);
    long before = 0;
    for (Candle candle : candles) {
      json.writeNumber(value.applyAsLong(candle) - before);
      before = left.applyAsLong(candle);
    }
    json.writeEndArray();
  }

  private static void empty(JsonGenerator json, StreamAccount account, long dayMs)
      throws IOException {
    long step = account.stream().timeframe().millis();
    json.writeArrayFieldStart("empty");
    for (CoverageRow row : account.withoutCandle(dayMs, dayMs + DAY_MS)) {
      if (row.state() == IntervalState.VERIFIED_EMPTY) {
        json.writeStartArray();
        json.writeNumber((row.fromMs() - dayMs) / step);
        json.writeNumber((row.toMs() - row.fromMs()) / step);
        json.writeString(row.evidence() == null ? "" : row.evidence().name());
        json.writeEndArray();
      }
    }
    json.writeEndArray();
  }
}
