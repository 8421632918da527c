package dev.candles.sim.venue.coinbase;

import static dev.candles.sim.venue.coinbase.SimCoinbaseFrames.SEQUENCES_PER_TRADE;
import static dev.candles.sim.venue.coinbase.SimCoinbaseFrames.side;
import static dev.candles.sim.venue.coinbase.SimCoinbaseFrames.time;
import static dev.candles.sim.venue.coinbase.SimCoinbaseFrames.trimmed;

import dev.candles.sim.tape.TapeCandle;
import dev.candles.sim.tape.Trade;
import dev.candles.sim.venue.Quote;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Coinbase's tickers, statistics, books and currencies, as text. The forms are those of the
 * documented examples of the Exchange API (docs.cdp.coinbase.com, as read 2026-11-28). The volume
 * of thirty days is thirty times that of the last one: no client here compares it.
 */
final class CoinbaseQuotes {
  private static final BigDecimal DAYS = BigDecimal.valueOf(30);

  private CoinbaseQuotes() {}

  /** {@code /products/{id}/ticker}. */
  static String ticker(Quote quote) {
    Trade last = quote.last();
    return "{\"ask\":\""
        + trimmed(quote.ask().price())
        + "\",\"bid\":\""
        + trimmed(quote.bid().price())
        + "\",\"volume\":\""
        + trimmed(quote.day().volume())
        + "\",\"trade_id\":"
        + last.id()
        + ",\"price\":\""
        + trimmed(last.price())
        + "\",\"size\":\""
        + trimmed(last.size())
        + "\",\"time\":\""
        + time(last)
        + "\",\"rfq_volume\":\"0\"}";
  }

  /** {@code /products/{id}/stats}. */
  static String statistics(Quote quote) {
    TapeCandle day = quote.day();
    return "{\"open\":\""
        + trimmed(day.open())
        + "\",\"high\":\""
        + trimmed(day.high())
        + "\",\"low\":\""
        + trimmed(day.low())
        + "\",\"last\":\""
        + trimmed(quote.last().price())
        + "\",\"volume\":\""
        + trimmed(day.volume())
        + "\",\"volume_30day\":\""
        + trimmed(day.volume().multiply(DAYS))
        + "\",\"rfq_volume_24hour\":\"0\",\"rfq_volume_30day\":\"0\"}";
  }

  /**
   * {@code /products/{id}/book}.
   *
   * @param levels prices of each side
   */
  static String book(Quote quote, int levels) {
    return "{\"bids\":"
        + levels(quote.bids(levels))
        + ",\"asks\":"
        + levels(quote.asks(levels))
        + ",\"sequence\":"
        + quote.last().id() * SEQUENCES_PER_TRADE
        + ",\"auction_mode\":false,\"auction\":null,\"time\":\""
        + time(quote.last())
        + "\"}";
  }

  /** A frame of channel {@code ticker} or {@code ticker_batch}. */
  static String frame(String product, Quote quote) {
    Trade last = quote.last();
    TapeCandle day = quote.day();
    return "{\"type\":\"ticker\",\"sequence\":"
        + last.id() * SEQUENCES_PER_TRADE
        + ",\"product_id\":\""
        + product
        + "\",\"price\":\""
        + trimmed(last.price())
        + "\",\"open_24h\":\""
        + trimmed(day.open())
        + "\",\"volume_24h\":\""
        + trimmed(day.volume())
        + "\",\"low_24h\":\""
        + trimmed(day.low())
        + "\",\"high_24h\":\""
        + trimmed(day.high())
        + "\",\"volume_30d\":\""
        + trimmed(day.volume().multiply(DAYS))
        + "\",\"best_bid\":\""
        + trimmed(quote.bid().price())
        + "\",\"best_bid_size\":\""
        + trimmed(quote.bid().size())
        + "\",\"best_ask\":\""
        + trimmed(quote.ask().price())
        + "\",\"best_ask_size\":\""
        + trimmed(quote.ask().size())
        + "\",\"side\":\""
        + takerSide(last)
        + "\",\"time\":\""
        + time(last)
        + "\",\"trade_id\":"
        + last.id()
        + ",\"last_size\":\""
        + trimmed(last.size())
        + "\"}";
  }

  /** A record of {@code /currencies}. */
  static String currency(String id) {
    boolean money = List.of("USD", "EUR", "GBP").contains(id);
    String unit = money ? "0.01" : "0.00000001";
    return String.format(
        Locale.ROOT,
        ("{'id':'%s','name':'%s','min_size':'%s','status':'online','message':'',"
                + "'max_precision':'%s','convertible_to':[],'details':{'type':'%s','symbol':null,"
                + "'network_confirmations':%s,'sort_order':0,'crypto_address_link':null,"
                + "'crypto_transaction_link':null,'push_payment_methods':['%s'],'group_types':[],"
                + "'display_name':null,'processing_time_seconds':null,'min_withdrawal_amount':null,"
                + "'max_withdrawal_amount':null},'default_network':'','supported_networks':[],"
                + "'display_name':'%s'}")
            .replace('\'', '"'),
        id,
        id,
        unit,
        unit,
        money ? "fiat" : "crypto",
        money ? "null" : "2",
        money ? "bank_wire" : "crypto",
        id);
  }

  /** The taker's side, here and nowhere else (coinbase.md section 3a). */
  private static String takerSide(Trade trade) {
    return side(trade).equals("sell") ? "buy" : "sell";
  }

  private static String levels(List<Quote.Level> levels) {
    return levels.stream()
        .map(
            level ->
                "[\""
                    + trimmed(level.price())
                    + "\",\""
                    + trimmed(level.size())
                    + "\","
                    + level.orders()
                    + "]")
        .collect(Collectors.joining(",", "[", "]"));
  }
}
