package dev.candles.sources.venue.okx;

import dev.candles.core.candle.Market;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.proof.Silence;
import dev.candles.core.proof.TradeEvidence;
import dev.candles.core.repair.GapState;
import dev.candles.core.repair.RestAnswer;
import dev.candles.core.repair.RestQuery;
import dev.candles.sources.venue.Decoded;
import dev.candles.sources.venue.Venue;
import dev.candles.sources.venue.VenueProfile;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * OKX spot candles, API v5. Source: https://www.okx.com/docs-v5/en/ (read 2026-06-27); what was
 * recorded or measured is in this folder's README.
 */
public final class Okx implements Venue {
  static final String NAME = "okx";
  static final String CANDLES = "candles";
  static final String HISTORY = "history";
  private static final String INSTRUMENTS = "instruments";
  private static final Duration WINDOW = Duration.ofSeconds(2);

  private static final VenueProfile PROFILE =
      new VenueProfile(
          NAME,
          URI.create("wss://ws.okx.com:8443/ws/v5/business"),
          URI.create("https://www.okx.com"),
          new VenueProfile.Waits(
              Duration.ofSeconds(6), // closing word of a silent minute: 3.5 to 4.0 s after its end
              Duration.ZERO, // the row's own confirm flag says whether it is settled
              Duration.ZERO, // corrections are looked for where they could have been missed
              VenueProfile.TradeWaits.NONE),
          VenueProfile.Finality.VENUE_FLAG,
          new VenueProfile.Proofs(Silence.ZERO_ROWS, TradeEvidence.Ends.UNKNOWN, Duration.ZERO),
          OkxRest.PAGE_ROWS,
          Map.of(
              CANDLES,
              new VenueProfile.Budget(40, WINDOW, WINDOW),
              HISTORY,
              new VenueProfile.Budget(20, WINDOW, WINDOW),
              INSTRUMENTS,
              new VenueProfile.Budget(20, WINDOW, WINDOW)),
          new VenueProfile.Limits(
              100,
              Duration.ofSeconds(1), // three a second per address are allowed
              Duration.ofMillis(350),
              Duration.ofSeconds(75), // a flat row comes each minute even without a trade
              Duration.ofSeconds(20), // closed by the venue after 30 s without data
              Duration.ofSeconds(10),
              "ping",
              1 << 20));

  @Override
  public VenueProfile profile() {
    return PROFILE;
  }

  @Override
  public List<String> subscribe(List<Market> markets) {
    return OkxFrames.requests("subscribe", markets);
  }

  @Override
  public List<String> unsubscribe(List<Market> markets) {
    return OkxFrames.requests("unsubscribe", markets);
  }

  @Override
  public void decode(String frame, long receivedAtMs, Consumer<Decoded> out) {
    OkxFrames.decode(frame, receivedAtMs, out);
  }

  @Override
  public String catalogue() {
    return "/api/v5/public/instruments?instType=SPOT";
  }

  @Override
  public String catalogueBudget() {
    return INSTRUMENTS;
  }

  @Override
  public List<Market> decodeCatalogue(int status, String body) throws IOException {
    return OkxRest.catalogue(status, body);
  }

  @Override
  public boolean offers(Timeframe timeframe) {
    return true; // those of six hours and more open at UTC by their own names
  }

  @Override
  public RestQuery candles(StreamKey stream, Market market, GapState.Page page, long nowMs) {
    return OkxRest.query(stream, market, page, nowMs);
  }

  @Override
  public RestAnswer decodeCandles(
      RestQuery query, VenueProfile facts, int status, String body, long receivedAtMs) {
    return OkxRest.answer(query, PROFILE, status, body, receivedAtMs);
  }
}
