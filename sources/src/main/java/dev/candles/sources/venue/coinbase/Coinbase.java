package dev.candles.sources.venue.coinbase;

import dev.candles.core.candle.Market;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.proof.Silence;
import dev.candles.core.repair.GapState;
import dev.candles.core.repair.RestAnswer;
import dev.candles.core.repair.RestQuery;
import dev.candles.core.repair.TradeFetch;
import dev.candles.core.repair.TradeWalk;
import dev.candles.sources.venue.Decoded;
import dev.candles.sources.venue.Venue;
import dev.candles.sources.venue.VenueProfile;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Coinbase spot trades and heartbeats, Exchange API. Source: https://docs.cdp.coinbase.com/exchange
 * (read 2026-06-28); what was recorded or measured is in this folder's README.
 */
public final class Coinbase implements Venue {
  static final String NAME = "coinbase";
  static final String BUDGET = "public";
  private static final Duration SECOND = Duration.ofSeconds(1);

  private static final VenueProfile PROFILE =
      new VenueProfile(
          NAME,
          URI.create("wss://ws-feed.exchange.coinbase.com"),
          URI.create("https://api.exchange.coinbase.com"),
          new VenueProfile.Waits(
              Duration.ofSeconds(6), // two heartbeats, one a second, and their way
              Duration.ofSeconds(120), // a row was seen to change up to 60 s after its end
              Duration.ofMinutes(10), // historical rows may be incomplete and change later
              new VenueProfile.TradeWaits(
                  Duration.ofSeconds(2), // trades were never seen out of order
                  Duration.ofSeconds(4),
                  SECOND)), // a match comes some 10 ms after its time
          VenueProfile.Finality.TRADE_CHAIN,
          new VenueProfile.Proofs(
              Silence.TRADE_IDS,
              1, // the first trade of BTC-USD, of 2015-01-08, has id 1
              Duration.ZERO),
          CoinbaseRest.PAGE_ROWS,
          // ten a second with bursts of 15 are allowed; a refusal names no wait
          Map.of(BUDGET, new VenueProfile.Budget(10, SECOND, SECOND)),
          new VenueProfile.Limits(
              50, // not documented; products shall be spread over connections
              SECOND, // eight a second per address are allowed
              Duration.ofMillis(100), // a hundred a second per address are allowed
              Duration.ofSeconds(10), // a heartbeat comes each second for each product
              Duration.ZERO, // there is no ping; heartbeats do its work
              Duration.ofSeconds(10),
              "",
              1 << 20));

  @Override
  public VenueProfile profile() {
    return PROFILE;
  }

  @Override
  public List<String> subscribe(List<Market> markets) {
    return CoinbaseFrames.requests("subscribe", markets);
  }

  @Override
  public List<String> unsubscribe(List<Market> markets) {
    return CoinbaseFrames.requests("unsubscribe", markets);
  }

  @Override
  public void decode(String frame, long receivedAtMs, Consumer<Decoded> out) {
    CoinbaseFrames.decode(frame, receivedAtMs, out);
  }

  @Override
  public Optional<String> foreign(String text) {
    return CoinbaseAdvanced.name(text);
  }

  @Override
  public String catalogue() {
    return "/products";
  }

  @Override
  public String catalogueBudget() {
    return BUDGET;
  }

  @Override
  public List<Market> decodeCatalogue(int status, String body) throws IOException {
    return CoinbaseRest.catalogue(status, body);
  }

  @Override
  public boolean offers(Timeframe timeframe) {
    return CoinbaseRest.OFFERED.contains(timeframe);
  }

  @Override
  public RestQuery candles(StreamKey stream, Market market, GapState.Page page, long nowMs) {
    return CoinbaseRest.query(stream, market, page.askFromMs(), page.askToMs());
  }

  @Override
  public Optional<RestQuery> trades(Market market, TradeFetch span, TradeWalk walk) {
    return CoinbaseTrades.query(market, span, walk);
  }

  @Override
  public RestAnswer decodeCandles(
      RestQuery query, VenueProfile facts, int status, String body, long receivedAtMs) {
    return CoinbaseRest.candles(query, PROFILE, status, body, receivedAtMs);
  }

  @Override
  public RestAnswer decodeTrades(RestQuery query, int status, String body, long receivedAtMs) {
    return CoinbaseRest.trades(query, PROFILE, status, body, receivedAtMs);
  }
}
