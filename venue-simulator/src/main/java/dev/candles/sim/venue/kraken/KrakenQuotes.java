package dev.candles.sim.venue.kraken;

import static dev.candles.sim.venue.kraken.SimKrakenFrames.number;
import static dev.candles.sim.venue.kraken.SimKrakenFrames.padded;

import dev.candles.sim.tape.TapeCandle;
import dev.candles.sim.venue.Quote;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Kraken's tickers and books, as text. The forms are those of the documented examples of {@code
 * Ticker}, {@code Depth} and channel {@code ticker} (docs.kraken.com, as read 2026-11-28).
 */
final class KrakenQuotes {
  private static final int PRICE_DECIMALS = 5;
  private static final int VOLUME_DECIMALS = 8;
  private static final int LOT_DECIMALS = 3;
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  private KrakenQuotes() {}

  /** REST's ticker: pairs of today's and of the last 24 hours' values. */
  static String ticker(Quote quote) {
    return ticker(quote, "\"", "\"" + price(quote.today().open()) + "\"");
  }

  /** The same on version 1 of the WebSocket, where whole lots are a number. */
  static String oldTicker(Quote quote) {
    return ticker(quote, "", array(price(quote.today().open()), price(quote.day().open())));
  }

  private static String ticker(Quote quote, String marks, String opens) {
    TapeCandle today = quote.today();
    TapeCandle day = quote.day();
    return "{\"a\":"
        + best(quote.ask(), marks)
        + ",\"b\":"
        + best(quote.bid(), marks)
        + ",\"c\":"
        + array(price(quote.last().price()), volume(quote.last().size()))
        + ",\"v\":"
        + array(volume(today.volume()), volume(day.volume()))
        + ",\"p\":"
        + array(price(quote.vwap(today)), price(quote.vwap(day)))
        + ",\"t\":["
        + today.tradeCount()
        + ","
        + day.tradeCount()
        + "],\"l\":"
        + array(price(today.low()), price(day.low()))
        + ",\"h\":"
        + array(price(today.high()), price(day.high()))
        + ",\"o\":"
        + opens
        + "}";
  }

  /** REST's book. */
  static String book(Quote quote, int count) {
    long seconds = quote.last().timeMs() / 1_000;
    return "{\"asks\":"
        + levels(quote.asks(count), seconds)
        + ",\"bids\":"
        + levels(quote.bids(count), seconds)
        + "}";
  }

  /** A frame of channel {@code ticker}; type is snapshot or update. */
  static String frame(String type, String symbol, Quote quote) {
    TapeCandle day = quote.day();
    BigDecimal last = quote.last().price();
    BigDecimal change = last.subtract(day.open());
    return "{\"channel\":\"ticker\",\"type\":\""
        + type
        + "\",\"data\":[{\"symbol\":\""
        + symbol
        + "\",\"bid\":"
        + number(quote.bid().price())
        + ",\"bid_qty\":"
        + number(padded(quote.bid().size(), VOLUME_DECIMALS))
        + ",\"ask\":"
        + number(quote.ask().price())
        + ",\"ask_qty\":"
        + number(padded(quote.ask().size(), VOLUME_DECIMALS))
        + ",\"last\":"
        + number(last)
        + ",\"volume\":"
        + number(padded(day.volume(), VOLUME_DECIMALS))
        + ",\"vwap\":"
        + number(quote.vwap(day))
        + ",\"low\":"
        + number(day.low())
        + ",\"high\":"
        + number(day.high())
        + ",\"change\":"
        + number(change)
        + ",\"change_pct\":"
        + number(change.multiply(HUNDRED).divide(day.open(), 2, RoundingMode.HALF_EVEN))
        + ",\"timestamp\":\""
        + KrakenTimes.micros(quote.last())
        + "\"}]}";
  }

  /** Price, whole lots between {@code marks}, lots. */
  private static String best(Quote.Level level, String marks) {
    String whole = level.size().setScale(0, RoundingMode.DOWN).max(BigDecimal.ONE).toPlainString();
    return "[\""
        + price(level.price())
        + "\","
        + marks
        + whole
        + marks
        + ",\""
        + padded(level.size(), LOT_DECIMALS).toPlainString()
        + "\"]";
  }

  private static String levels(List<Quote.Level> levels, long seconds) {
    return levels.stream()
        .map(
            level ->
                "[\""
                    + price(level.price())
                    + "\",\""
                    + padded(level.size(), LOT_DECIMALS).toPlainString()
                    + "\","
                    + seconds
                    + "]")
        .collect(Collectors.joining(",", "[", "]"));
  }

  private static String price(BigDecimal price) {
    return padded(price, PRICE_DECIMALS).toPlainString();
  }

  private static String volume(BigDecimal volume) {
    return padded(volume, VOLUME_DECIMALS).toPlainString();
  }

  private static String array(String... texts) {
    return "[\"" + String.join("\",\"", texts) + "\"]";
  }
}
