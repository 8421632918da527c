package dev.candles.sim.venue.kraken;

import dev.candles.sim.tape.Trade;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Kraken's clocks: nanoseconds inside, microseconds on the socket, 100 ns in REST's rows. */
final class KrakenTimes {
  static final long NANOS_PER_MS = 1_000_000;
  private static final DateTimeFormatter MICROS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter NANOS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSSSSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private KrakenTimes() {}

  /** Epoch ns; digits that the tape does not know: equal times stay equal, order stays order. */
  static long nanos(Trade trade) {
    long hash = trade.timeMs() * 0x9E3779B97F4A7C15L;
    return trade.timeMs() * NANOS_PER_MS + Math.floorMod(hash ^ (hash >>> 31), NANOS_PER_MS);
  }

  static String micros(Trade trade) {
    return MICROS.format(Instant.ofEpochSecond(0, nanos(trade)));
  }

  static String micros(long ms) {
    return MICROS.format(Instant.ofEpochMilli(ms));
  }

  static String nanosText(Trade trade) {
    return NANOS.format(Instant.ofEpochSecond(0, nanos(trade)));
  }

  static String nanosText(long ms) {
    return NANOS.format(Instant.ofEpochMilli(ms));
  }

  /** Seconds with at most seven decimals, a number. */
  static String seconds(Trade trade) {
    return BigDecimal.valueOf(nanos(trade), 9)
        .setScale(7, RoundingMode.DOWN)
        .stripTrailingZeros()
        .toPlainString();
  }
}
