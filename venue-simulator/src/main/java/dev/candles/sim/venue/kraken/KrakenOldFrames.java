package dev.candles.sim.venue.kraken;

import static dev.candles.sim.venue.kraken.SimKrakenFrames.padded;
import static dev.candles.sim.venue.kraken.SimKrakenFrames.quoted;

import dev.candles.core.candle.Timeframe;
import dev.candles.sim.tape.TapeCandle;
import dev.candles.sim.tape.Trade;
import dev.candles.sim.venue.Quote;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The JSON of WebSocket version 1, as text: what happens in arrays without names or trade ids, what
 * was asked in objects (docs.kraken.com/websockets, version 1.9, as read 2026-11-28).
 */
final class KrakenOldFrames {
  static final String HEARTBEAT = "{\"event\":\"heartbeat\"}";
  private static final BigInteger FIRST_CONNECTION = new BigInteger("8628615390848610000");
  private static final int PRICE_DECIMALS = 5;
  private static final int VOLUME_DECIMALS = 8;
  private static final int TIME_DECIMALS = 6;

  private KrakenOldFrames() {}

  static String status(String status, long connection) {
    return "{\"connectionID\":"
        + FIRST_CONNECTION.add(BigInteger.valueOf(connection))
        + ",\"event\":\"systemStatus\",\"status\":\""
        + status
        + "\",\"version\":\"1.9.1\"}";
  }

  static String pong(String requestId) {
    return "{\"event\":\"pong\"" + requestId(requestId) + "}";
  }

  static String error(String message, String requestId) {
    return "{\"errorMessage\":"
        + quoted(message)
        + ",\"event\":\"error\""
        + requestId(requestId)
        + "}";
  }

  /**
   * The answer to one pair of a request.
   *
   * @param status subscribed or unsubscribed
   * @param subscription the object that was asked, as text
   */
  static String subscription(
      String status, String channel, String pair, String subscription, String requestId) {
    return "{\"channelID\":"
        + Math.floorMod(channel.hashCode(), 1_000)
        + ",\"channelName\":\""
        + channel
        + "\",\"event\":\"subscriptionStatus\",\"pair\":"
        + quoted(pair)
        + requestId(requestId)
        + ",\"status\":\""
        + status
        + "\",\"subscription\":"
        + subscription
        + "}";
  }

  static String refusal(String message, String pair, String subscription, String requestId) {
    return "{\"errorMessage\":"
        + quoted(message)
        + ",\"event\":\"subscriptionStatus\",\"pair\":"
        + quoted(pair)
        + requestId(requestId)
        + ",\"status\":\"error\",\"subscription\":"
        + subscription
        + "}";
  }

  static String trades(KrakenPair pair, List<Trade> trades) {
    return trades.stream()
        .map(KrakenOldFrames::trade)
        .collect(Collectors.joining(",", "[", "]"))
        .transform(rows -> frame(rows, "trade", pair));
  }

  static String candle(KrakenPair pair, Timeframe timeframe, TapeCandle candle, Trade cause) {
    BigDecimal vwap =
        candle
            .quoteVolume()
            .divide(candle.volume(), pair.priceDecimals(), RoundingMode.DOWN); // never without one
    String row =
        "[\""
            + seconds(KrakenTimes.nanos(cause))
            + "\",\""
            + seconds((candle.openTimeMs() + timeframe.millis()) * KrakenTimes.NANOS_PER_MS)
            + "\",\""
            + String.join(
                "\",\"",
                price(candle.open()),
                price(candle.high()),
                price(candle.low()),
                price(candle.close()),
                price(vwap),
                volume(candle.volume()))
            + "\","
            + candle.tradeCount()
            + "]";
    return frame(row, "ohlc-" + timeframe.baseIntervals(), pair);
  }

  static String ticker(KrakenPair pair, Quote quote) {
    return frame(KrakenQuotes.oldTicker(quote), "ticker", pair);
  }

  private static String trade(Trade trade) {
    return "[\""
        + price(trade.price())
        + "\",\""
        + volume(trade.size())
        + "\",\""
        + seconds(KrakenTimes.nanos(trade))
        + "\",\""
        + (trade.buy() ? "b" : "s")
        + "\",\""
        + (trade.id() % 3 == 0 ? "m" : "l")
        + "\",\"\"]";
  }

  private static String frame(String data, String channel, KrakenPair pair) {
    return "["
        + Math.floorMod(channel.hashCode(), 1_000)
        + ","
        + data
        + ",\""
        + channel
        + "\",\""
        + pair.wsname()
        + "\"]";
  }

  private static String seconds(long nanos) {
    return BigDecimal.valueOf(nanos, 9).setScale(TIME_DECIMALS, RoundingMode.DOWN).toPlainString();
  }

  private static String price(BigDecimal price) {
    return padded(price, PRICE_DECIMALS).toPlainString();
  }

  private static String volume(BigDecimal volume) {
    return padded(volume, VOLUME_DECIMALS).toPlainString();
  }

  private static String requestId(String id) {
    return id.isEmpty() ? "" : ",\"reqid\":" + id;
  }
}
