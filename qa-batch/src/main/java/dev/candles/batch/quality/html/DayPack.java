package dev.candles.batch.quality.html;

import dev.candles.core.candle.Candle;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/**
 * The candles of one stream and day as the page carries them: gzip of lines {@code slot open high
 * low close volume revision}, in Base64. The slot counts the timeframe's intervals from the day's
 * start.
 */
final class CandlePack {
  private CandlePack() {}

  static String of(List<Candle> candles, long dayMs) {
    StringBuilder lines = new StringBuilder(candles.size() * 40);
    for (Candle candle : candles) {
      long slot = (candle.openTimeMs() - dayMs) / candle.stream().timeframe().millis();
      lines.append(slot).append(' ');
      number(lines, candle.open()).append(' ');
      number(lines, candle.high()).append(' ');
      number(lines, candle.low()).append(' ');
      number(lines, candle.close()).append(' ');
      number(lines, candle.volume()).append(' ');
      lines.append(candle.revision()).append('\n');
    }
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(lines.toString().getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      throw new UncheckedIOException("memory cannot fail", e);
    }
    return Base64.getEncoder().encodeToString(packed.toByteArray());
  }

  private static StringBuilder number(StringBuilder lines, double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? lines.append((long) value)
        : lines.append(value);
  }
}
