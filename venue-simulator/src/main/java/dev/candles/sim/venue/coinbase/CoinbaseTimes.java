package dev.candles.sim.venue.coinbase;

import dev.candles.sim.venue.Refusal;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** Times in questions: ISO 8601, without a zone in UTC, or Unix seconds (coinbase.md section 5). */
final class CoinbaseTimes {
  private CoinbaseTimes() {}

  /** Epoch ms. */
  static long parse(String text, String name) throws Refusal {
    try {
      if (text.matches("\\d{1,12}")) {
        return Long.parseLong(text) * 1_000;
      }
      boolean zoned = text.endsWith("Z") || text.matches(".*[+-]\\d{2}:\\d{2}");
      return zoned
          ? OffsetDateTime.parse(text).toInstant().toEpochMilli()
          : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC).toEpochMilli();
    } catch (DateTimeException | ArithmeticException e) {
      throw SimCoinbaseRest.refusal(400, "Invalid " + name);
    }
  }
}
