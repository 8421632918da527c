package dev.candles.sim.venue.kraken;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.candles.core.candle.Timeframe;
import dev.candles.sim.tape.TapeCandle;
import dev.candles.sim.tape.Trade;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Kraken's JSON, as text (kraken.md sections 3, 5 and 6). */
final class SimKrakenFrames {
  static final String HEARTBEAT = "{\"channel\":\"heartbeat\"}";
  private static final BigDecimal TINY = new BigDecimal("0.0001");
  private static final BigInteger FIRST_CONNECTION = new BigInteger("18125794168470749634");
  private static final int VOLUME_DECIMALS = 8;

  private SimKrakenFrames() {}

  /** The state of the engine: at once on connect, and when it changes. */
  static String status(String system, long connection) {
    return "{\"channel\":\"status\",\"type\":\"update\",\"data\":[{\"version\":\"2.0.10\",\"system\":\""
        + system
        + "\",\"api_version\":\"v2\",\"connection_id\":"
        + FIRST_CONNECTION.add(BigInteger.valueOf(connection))
        + ",\"upcoming_maintenance\":[],\"emergency\":[]}]}";
  }

  /**
   * The answer to one symbol of a request.
   *
   * @param result the members of {@code result}
   * @param requestId empty if the request had none
   */
  static String ack(String method, String result, String requestId, long nowMs) {
    return "{\"method\":\""
        + method
        + "\",\"result\":{"
        + result
        + "},\"success\":true,"
        + times(nowMs)
        + requestId(requestId)
        + "}";
  }

  /**
   * @param symbol empty if the error is about none
   */
  static String error(String message, String method, String symbol, String requestId, long nowMs) {
    return "{\"error\":"
        + quoted(message)
        + ",\"method\":"
        + quoted(method)
        + ",\"success\":false,"
        + (symbol.isEmpty() ? "" : "\"symbol\":" + quoted(symbol) + ",")
        + times(nowMs)
        + requestId(requestId)
        + "}";
  }

  static String pong(String requestId, long nowMs) {
    return "{\"method\":\"pong\"," + times(nowMs) + requestId(requestId) + "}";
  }

  /** Trades of one frame, ascending. */
  static String trades(String type, String symbol, List<Trade> trades) {
    return trades.stream()
        .map(trade -> trade(symbol, trade))
        .collect(
            Collectors.joining(
                ",", "{\"channel\":\"trade\",\"type\":\"" + type + "\",\"data\":[", "]}"));
  }

  private static String trade(String symbol, Trade trade) {
    return "{\"symbol\":\""
        + symbol
        + "\",\"side\":\""
        + (trade.buy() ? "buy" : "sell")
        + "\",\"price\":"
        + number(trade.price())
        + ",\"qty\":"
        + number(padded(trade.size(), VOLUME_DECIMALS))
        + ",\"ord_type\":\""
        + (trade.id() % 3 == 0 ? "market" : "limit")
        + "\",\"trade_id\":"
        + trade.id()
        + ",\"timestamp\":\""
        + KrakenTimes.micros(trade)
        + "\"}";
  }

  /**
   * A frame of channel {@code ohlc}.
   *
   * @param timestamp of the trade behind it, or of the snapshot
   */
  static String candles(String type, String timestamp, List<String> rows) {
    return "{\"channel\":\"ohlc\",\"type\":\""
        + type
        + "\",\"timestamp\":\""
        + timestamp
        + "\",\"data\":["
        + String.join(",", rows)
        + "]}";
  }

  /** A row; its own timestamp is the END of its interval. */
  static String candle(KrakenPair pair, Timeframe timeframe, TapeCandle candle) {
    return "{\"symbol\":\""
        + pair.symbol()
        + "\",\"open\":"
        + number(candle.open())
        + ",\"high\":"
        + number(candle.high())
        + ",\"low\":"
        + number(candle.low())
        + ",\"close\":"
        + number(candle.close())
        + ",\"trades\":"
        + candle.tradeCount()
        + ",\"volume\":"
        + number(padded(candle.volume(), VOLUME_DECIMALS))
        + ",\"vwap\":"
        + number(vwap(pair, candle))
        + ",\"interval_begin\":\""
        + KrakenTimes.nanosText(candle.openTimeMs())
        + "\",\"interval\":"
        + timeframe.baseIntervals()
        + ",\"timestamp\":\""
        + KrakenTimes.micros(candle.openTimeMs() + timeframe.millis())
        + "\"}";
  }

  /** REST's candle: time, five strings, volume, count. */
  static String row(KrakenPair pair, TapeCandle candle) {
    int decimals = pair.priceDecimals();
    String vwap = candle.tradeCount() == 0 ? "0.0" : vwap(pair, candle).toPlainString();
    return "["
        + candle.openTimeMs() / 1_000
        + ",\""
        + padded(candle.open(), decimals).toPlainString()
        + "\",\""
        + padded(candle.high(), decimals).toPlainString()
        + "\",\""
        + padded(candle.low(), decimals).toPlainString()
        + "\",\""
        + padded(candle.close(), decimals).toPlainString()
        + "\",\""
        + vwap
        + "\",\""
        + padded(candle.volume(), VOLUME_DECIMALS).toPlainString()
        + "\","
        + candle.tradeCount()
        + "]";
  }

  /** REST's trade. */
  static String row(Trade trade) {
    return "[\""
        + padded(trade.price(), 5).toPlainString()
        + "\",\""
        + padded(trade.size(), VOLUME_DECIMALS).toPlainString()
        + "\","
        + KrakenTimes.seconds(trade)
        + ",\""
        + (trade.buy() ? "b" : "s")
        + "\",\""
        + (trade.id() % 3 == 0 ? "m" : "l")
        + "\",\"\","
        + trade.id()
        + "]";
  }

  static String result(String result) {
    return "{\"error\":[],\"result\":" + result + "}";
  }

  static String quoted(String text) {
    return JsonNodeFactory.instance.textNode(text).toString();
  }

  /** Volume-weighted price, cut off after the pair's decimals. */
  private static BigDecimal vwap(KrakenPair pair, TapeCandle candle) {
    return candle.quoteVolume().divide(candle.volume(), pair.priceDecimals(), RoundingMode.DOWN);
  }

  static BigDecimal padded(BigDecimal value, int decimals) {
    BigDecimal bare = value.stripTrailingZeros();
    return bare.setScale(Math.max(decimals, bare.scale()), RoundingMode.UNNECESSARY);
  }

  /** A decimal literal; tiny ones in scientific notation, for example {@code 9.417e-05}. */
  static String number(BigDecimal value) {
    if (value.signum() == 0 || value.abs().compareTo(TINY) >= 0) {
      return value.toPlainString();
    }
    BigDecimal bare = value.stripTrailingZeros();
    int exponent = bare.precision() - bare.scale() - 1;
    return bare.movePointLeft(exponent).stripTrailingZeros().toPlainString()
        + String.format(Locale.ROOT, "e-%02d", -exponent);
  }

  private static String times(long nowMs) {
    String time = KrakenTimes.micros(nowMs);
    return "\"time_in\":\"" + time + "\",\"time_out\":\"" + time.replace("000Z", "072Z") + "\"";
  }

  private static String requestId(String id) {
    return id.isEmpty() ? "" : ",\"req_id\":" + id;
  }
}
