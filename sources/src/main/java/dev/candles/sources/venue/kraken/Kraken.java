package dev.candles.sources.venue.kraken;

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
 * Kraken spot trades, WebSocket v2. Source: https://docs.kraken.com/api (read 2026-06-28); what was
 * recorded or measured is in this folder's README.
 */
public final class Kraken implements Venue {
  static final String NAME = "kraken";
  static final String BUDGET = "public";
  private static final Duration TEN_SECONDS = Duration.ofSeconds(10);

  private static final VenueProfile PROFILE =
      new VenueProfile(
          NAME,
          URI.create("wss://ws.kraken.com/v2"),
          URI.create("https://api.kraken.com"),
          new VenueProfile.Waits(
              Duration.ofSeconds(5), // nothing is sent at an interval's end; REST is asked after it
              Duration.ofSeconds(3), // trades come within 110 ms, REST answers are 2 s old at most
              Duration.ofMinutes(10), // volumes of closed rows were reported to change
              new VenueProfile.TradeWaits(
                  Duration.ofSeconds(2), Duration.ofSeconds(4), Duration.ofSeconds(1))),
          VenueProfile.Finality.TRADE_CHAIN,
          new VenueProfile.Proofs(
              Silence.TRADE_IDS,
              1, // counted per book; that the first one is 1 is not documented
              Duration.ZERO), // its own candles are the last 720, and its trades are all there
          KrakenRest.PAGE_ROWS,
          // about one a second per address, also when it is asked about different pairs
          Map.of(BUDGET, new VenueProfile.Budget(1, Duration.ofSeconds(1), Duration.ofSeconds(5))),
          new VenueProfile.Limits(
              50, // not documented; hundreds on one connection led to closes
              Duration.ofSeconds(5), // 150 in ten minutes, then a ban of ten minutes
              Duration.ofMillis(500), // not documented
              Duration.ZERO, // a market may be quiet: only trades are rows
              TEN_SECONDS, // a heartbeat comes each second
              TEN_SECONDS,
              "{\"method\":\"ping\"}",
              1 << 20));

  @Override
  public VenueProfile profile() {
    return PROFILE;
  }

  @Override
  public List<String> subscribe(List<Market> markets) {
    return KrakenFrames.requests("subscribe", markets);
  }

  @Override
  public List<String> unsubscribe(List<Market> markets) {
    return KrakenFrames.requests("unsubscribe", markets);
  }

  @Override
  public void decode(String frame, long receivedAtMs, Consumer<Decoded> out) {
    KrakenFrames.decode(frame, receivedAtMs, out);
  }

  @Override
  public Optional<String> foreign(String text) {
    return KrakenFirst.name(text);
  }

  @Override
  public String catalogue() {
    return "/0/public/AssetPairs";
  }

  @Override
  public String catalogueBudget() {
    return BUDGET;
  }

  @Override
  public List<Market> decodeCatalogue(int status, String body) throws IOException {
    return KrakenPairs.catalogue(status, body);
  }

  @Override
  public boolean offers(Timeframe timeframe) {
    return KrakenRest.OFFERED.contains(timeframe);
  }

  @Override
  public boolean foldsHistory() {
    return true;
  }

  @Override
  public RestQuery candles(StreamKey stream, Market market, GapState.Page page, long nowMs) {
    return KrakenRest.query(stream, market, page, nowMs);
  }

  @Override
  public Optional<RestQuery> trades(Market market, TradeFetch span, TradeWalk walk) {
    return Optional.of(KrakenRest.query(market, span, walk));
  }

  @Override
  public RestAnswer decodeCandles(
      RestQuery query, VenueProfile facts, int status, String body, long receivedAtMs) {
    return KrakenRest.candles(query, facts, status, body, receivedAtMs);
  }

  @Override
  public RestAnswer decodeTrades(RestQuery query, int status, String body, long receivedAtMs) {
    return KrakenRest.trades(query, PROFILE, status, body, receivedAtMs);
  }
}
