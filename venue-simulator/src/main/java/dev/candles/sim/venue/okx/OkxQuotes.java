package dev.candles.sim.venue.okx;

import static dev.candles.sim.venue.okx.SimOkxFrames.number;

import dev.candles.core.candle.Timeframe;
import dev.candles.sim.tape.Series;
import dev.candles.sim.tape.TapeCandle;
import dev.candles.sim.venue.Quote;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Collectors;

/**
 * OKX's tickers and books, as text. The forms are those of the documented examples of {@code
 * /market/ticker}, {@code /market/books} and channel {@code tickers} (OKX API v5, as read
 * 2026-11-28).
 */
final class OkxQuotes {
  private static final long HOUR = 3_600_000;
  private static final long FROM_UTC_8_MS = 8 * HOUR;

  private OkxQuotes() {}

  /** One record of REST and of the channel. */
  static String ticker(OkxMarket market, Quote quote) {
    TapeCandle day = quote.day();
    String volume = number(day.quoteVolume());
    return "{\"instType\":\"SPOT\",\"instId\":\""
        + market.instId()
        + "\",\"last\":\""
        + number(quote.last().price())
        + "\",\"lastSz\":\""
        + number(quote.last().size())
        + "\",\"askPx\":\""
        + number(quote.ask().price())
        + "\",\"askSz\":\""
        + number(quote.ask().size())
        + "\",\"bidPx\":\""
        + number(quote.bid().price())
        + "\",\"bidSz\":\""
        + number(quote.bid().size())
        + "\",\"open24h\":\""
        + number(day.open())
        + "\",\"high24h\":\""
        + number(day.high())
        + "\",\"low24h\":\""
        + number(day.low())
        + "\",\"volCcy24h\":\""
        + volume
        + "\",\"vol24h\":\""
        + number(day.volume())
        + "\",\"sodUtc0\":\""
        + number(quote.today().open())
        + "\",\"sodUtc8\":\""
        + number(startOfDay(market.series(), quote))
        + "\",\"ts\":\""
        + quote.nowMs()
        + "\"}";
  }

  /** The one record of a book. */
  static String book(Quote quote, int levels) {
    return "{\"asks\":"
        + levels(quote.asks(levels))
        + ",\"bids\":"
        + levels(quote.bids(levels))
        + ",\"ts\":\""
        + quote.nowMs()
        + "\",\"seqId\":"
        + quote.last().id()
        + "}";
  }

  /** What the day that begins at UTC+8 opened with: its first trade, or the last one before. */
  private static BigDecimal startOfDay(Series series, Quote quote) {
    long start = Timeframe.D1.floor(quote.nowMs() + FROM_UTC_8_MS) - FROM_UTC_8_MS;
    for (long hour = start; hour < quote.nowMs(); hour += HOUR) {
      TapeCandle first = series.span(hour, Math.min(hour + HOUR, quote.nowMs())).orElse(null);
      if (first != null) {
        return first.open();
      }
    }
    return quote.last().price();
  }

  /** Price, size, a field that is no longer used, orders. */
  private static String levels(List<Quote.Level> levels) {
    return levels.stream()
        .map(
            level ->
                "[\""
                    + number(level.price())
                    + "\",\""
                    + number(level.size())
                    + "\",\"0\",\""
                    + level.orders()
                    + "\"]")
        .collect(Collectors.joining(",", "[", "]"));
  }
}
