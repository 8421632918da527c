package dev.candles.sim.venue.coinbase;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.candles.sim.tape.TapeCandle;
import dev.candles.sim.tape.Trade;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** Coinbase's JSON, as text (coinbase.md sections 3a, 5 and 6). */
final class SimCoinbaseFrames {
  private static final DateTimeFormatter MICROS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final BigDecimal TINY = new BigDecimal("0.000001");
  private static final int REST_SCALE = 8;
  static final long SEQUENCES_PER_TRADE = 1_000;

  private SimCoinbaseFrames() {}

  /** A trade of channel {@code matches}; {@code type} is match or last_match. */
  static String match(String type, String product, Trade trade) {
    return "{\"type\":\""
        + type
        + "\",\"trade_id\":"
        + trade.id()
        + ",\"maker_order_id\":\""
        + new UUID(trade.id() * 0x9E3779B97F4A7C15L, product.hashCode())
        + "\",\"taker_order_id\":\""
        + new UUID(trade.timeMs() * 0xD1342543DE82EF95L, product.hashCode())
        + "\",\"side\":\""
        + side(trade)
        + "\",\"size\":\""
        + trimmed(trade.size())
        + "\",\"price\":\""
        + trimmed(trade.price())
        + "\",\"product_id\":\""
        + product
        + "\",\"sequence\":"
        + trade.id() * SEQUENCES_PER_TRADE
        + ",\"time\":\""
        + time(trade)
        + "\"}";
  }

  /**
   * A heartbeat.
   *
   * @param sinceLast seconds since the last trade; the full feed's sequence goes on meanwhile
   */
  static String heartbeat(String product, long lastTradeId, long sinceLast, long timeMs) {
    long more = Math.max(1, Math.min(SEQUENCES_PER_TRADE - 1, sinceLast));
    return "{\"type\":\"heartbeat\",\"sequence\":"
        + (lastTradeId * SEQUENCES_PER_TRADE + more)
        + ",\"last_trade_id\":"
        + lastTradeId
        + ",\"product_id\":\""
        + product
        + "\",\"time\":\""
        + MICROS.format(Instant.ofEpochMilli(timeMs))
        + "\"}";
  }

  /** All current subscriptions: products by channel; one channel is read back by another name. */
  static String subscriptions(Map<String, ? extends Collection<String>> products) {
    return products.entrySet().stream()
        .filter(channel -> !channel.getValue().isEmpty())
        .map(
            channel ->
                "{\"name\":\""
                    + (channel.getKey().equals("ticker_batch") ? "ticker_1000" : channel.getKey())
                    + "\",\"product_ids\":[\""
                    + String.join("\",\"", channel.getValue())
                    + "\"],\"account_ids\":null}")
        .collect(Collectors.joining(",", "{\"type\":\"subscriptions\",\"channels\":[", "]}"));
  }

  static String error(String message, String reason) {
    String why = reason.isEmpty() ? "" : ",\"reason\":" + quoted(reason);
    return "{\"type\":\"error\",\"message\":" + quoted(message) + why + "}";
  }

  /** REST's row: time, low, high, open, close, volume, all of them numbers. */
  static String row(TapeCandle candle) {
    return "["
        + candle.openTimeMs() / 1_000
        + ","
        + number(candle.low())
        + ","
        + number(candle.high())
        + ","
        + number(candle.open())
        + ","
        + number(candle.close())
        + ","
        + number(summed(candle))
        + "]";
  }

  /** A sum of floats, in whose last digit it shows now and then: 0.30000000000000004. */
  private static BigDecimal summed(TapeCandle candle) {
    boolean exact = candle.tradeCount() % 2 == 1;
    double sum = candle.volume().doubleValue();
    return exact ? candle.volume() : BigDecimal.valueOf(Math.nextUp(sum));
  }

  /** REST's trade, with trailing zeros. */
  static String trade(Trade trade) {
    return "{\"trade_id\":"
        + trade.id()
        + ",\"side\":\""
        + side(trade)
        + "\",\"size\":\""
        + padded(trade.size())
        + "\",\"price\":\""
        + padded(trade.price())
        + "\",\"time\":\""
        + time(trade)
        + "\"}";
  }

  static String message(String text) {
    return "{\"message\":" + quoted(text) + "}";
  }

  static String quoted(String text) {
    return JsonNodeFactory.instance.textNode(text).toString();
  }

  /** The maker's side. */
  static String side(Trade trade) {
    return trade.buy() ? "sell" : "buy";
  }

  /** Microseconds that the tape does not know: equal times stay equal, order stays order. */
  static String time(Trade trade) {
    long hash = trade.timeMs() * 0x9E3779B97F4A7C15L;
    long micros = Math.floorMod(hash ^ (hash >>> 31), 1_000L);
    return MICROS.format(Instant.ofEpochMilli(trade.timeMs()).plusNanos(micros * 1_000));
  }

  static String trimmed(BigDecimal value) {
    return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
  }

  private static String padded(BigDecimal value) {
    return value
        .setScale(Math.max(REST_SCALE, value.scale()), RoundingMode.UNNECESSARY)
        .toPlainString();
  }

  /** As a printed float: tiny ones in scientific notation. */
  private static String number(BigDecimal value) {
    if (value.signum() == 0 || value.abs().compareTo(TINY) >= 0) {
      return trimmed(value);
    }
    BigDecimal bare = value.stripTrailingZeros();
    int exponent = bare.precision() - bare.scale() - 1;
    return trimmed(bare.movePointLeft(exponent))
        + "e-"
        + String.format(Locale.ROOT, "%02d", -exponent);
  }
}
