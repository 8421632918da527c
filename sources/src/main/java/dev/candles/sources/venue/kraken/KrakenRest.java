package dev.candles.sources.venue.kraken;

import dev.candles.core.candle.Market;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.feed.MissingTrades;
import dev.candles.core.repair.GapState;
import dev.candles.core.repair.RestAnswer;
import dev.candles.core.repair.RestQuery;
import dev.candles.core.repair.TradeFetch;
import dev.candles.core.repair.TradeWalk;
import dev.candles.sources.venue.Decimals;
import dev.candles.sources.venue.JsonValue;
import dev.candles.sources.venue.RestPage;
import dev.candles.sources.venue.VenueProfile;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * REST: {@code OHLC} for what is recent, {@code Trades} for all before. Errors come with HTTP 200.
 */
final class KrakenRest {
  /** Less than {@link #REACH}, so that a page of the newest candles is in reach as a whole. */
  static final int PAGE_ROWS = 600;

  /** {@code OHLC} holds the latest 720 intervals; 707 to 711 were seen. */
  private static final int REACH = 700;

  static final Set<Timeframe> OFFERED =
      Set.of(
          Timeframe.M1,
          Timeframe.M5,
          Timeframe.M15,
          Timeframe.M30,
          Timeframe.H1,
          Timeframe.H4,
          Timeframe.D1);

  private static final String OHLC = "/0/public/OHLC?pair=";
  private static final String TRADES = "/0/public/Trades?pair=";
  static final int MAX_ROWS = 2_000;
  private static final long MS_NS = 1_000_000;
  private static final int MAX_VALUES = 20_000;
  private static final long LONGEST_WAIT_MS = 600_000;
  private static final String THROTTLED_UNTIL = "Throttled: ";

  private KrakenRest() {}

  /** {@code OHLC} if it reaches back to the middle of what is asked, else {@code Trades}. */
  static RestQuery query(StreamKey stream, Market market, GapState.Page page, long nowMs) {
    long fromMs = page.askFromMs();
    long toMs = page.askToMs();
    long step = stream.timeframe().millis();
    if (toMs <= fromMs || toMs - fromMs > PAGE_ROWS * step) {
      throw new IllegalArgumentException(
          "not a page of candles: stream=" + stream + ", from=" + fromMs + ", to=" + toMs);
    }
    String pair = KrakenPairs.restName(market.venueSymbol());
    boolean recent = fromMs + (toMs - fromMs) / 2 >= nowMs - REACH * step;
    if (recent && OFFERED.contains(stream.timeframe())) {
      long since = fromMs / 1_000 - 1; // exclusive
      String path = OHLC + pair + "&interval=" + step / 60_000 + "&since=" + since;
      return new RestQuery(path, Kraken.BUDGET, stream, fromMs, toMs);
    }
    long firstMs = page.firstMs();
    String path = trades(pair, sinceMs(firstMs, step) * MS_NS);
    return new RestQuery(path, Kraken.BUDGET, stream, firstMs, toMs);
  }

  /**
   * The next page of a span's trades: pages go on from the latest stamp, whose trades they repeat,
   * as a whole order may have been cut apart; the trade of the last id may be a late one.
   */
  static RestQuery query(Market market, TradeFetch span, TradeWalk walk) {
    MissingTrades hole = span.hole();
    String path = trades(KrakenPairs.restName(market.venueSymbol()), walk.sinceNs());
    return new RestQuery(path, Kraken.BUDGET, span.stream(), hole.fromMs(), hole.toMs());
  }

  /**
   * Where a page of trades begins of which candles are made: that of its first trade is never
   * whole.
   *
   * @param firstMs open time of the first wanted, epoch ms
   */
  static long sinceMs(long firstMs, long stepMs) {
    return firstMs - stepMs;
  }

  /** {@code since} is in nanoseconds; exclusive or inclusive, depending on whom one asks. */
  private static String trades(String pair, long fromNs) {
    return TRADES + pair + "&since=" + Math.max(0, fromNs - 1) + "&count=1000";
  }

  /** Decodes what came for candles; never throws on what it may hold. */
  static RestAnswer candles(
      RestQuery query, VenueProfile profile, int status, String body, long receivedAtMs) {
    RestPage page = new RestPage(query, body, receivedAtMs);
    return answer(
        query,
        page,
        profile,
        status,
        body,
        receivedAtMs,
        (rows, last) ->
            query.path().startsWith(TRADES)
                ? new KrakenTrades(query, page, receivedAtMs)
                    .candles(rows, profile.waits().trades().grace().toMillis())
                : new KrakenOhlc(query, page, receivedAtMs).answer(rows, last));
  }

  /** Decodes a page of trades; never throws on what it may hold. */
  static RestAnswer trades(
      RestQuery query, VenueProfile profile, int status, String body, long receivedAtMs) {
    RestPage page = new RestPage(query, body, receivedAtMs);
    return answer(
        query,
        page,
        profile,
        status,
        body,
        receivedAtMs,
        (rows, last) -> new KrakenTrades(query, page, receivedAtMs).trades(rows, last));
  }

  private static RestAnswer answer(
      RestQuery query,
      RestPage page,
      VenueProfile profile,
      int status,
      String body,
      long receivedAtMs,
      BiFunction<List<JsonValue>, JsonValue, RestAnswer> meaning) {
    VenueProfile.Budget budget = profile.budgets().get(query.budget());
    long penaltyMs = budget == null ? 5_000 : budget.penalty().toMillis();
    if (status == 429) {
      return RestAnswer.throttled(penaltyMs, "status=429");
    }
    JsonValue json;
    try {
      json = JsonValue.parse(body, MAX_VALUES);
    } catch (IOException e) {
      return page.notTheVenue(status, String.valueOf(e.getMessage()));
    }
    if (!json.field("error").isArray()) {
      return page.notTheVenue(status, "no error field");
    }
    if (!json.field("error").elements().isEmpty()) {
      String error = "status=" + status + " error=" + json.field("error").elements();
      return refusal(error, penaltyMs, receivedAtMs);
    }
    Optional<JsonValue> rows = rows(json.field("result"));
    if (status != 200 || rows.isEmpty() || rows.get().elements().size() > MAX_ROWS) {
      return page.notTheVenue(status, "no page of rows");
    }
    return meaning.apply(rows.get().elements(), json.field("result").field("last"));
  }

  /** The key of the rows is one of the pair's several names: the only one but {@code last}. */
  private static Optional<JsonValue> rows(JsonValue result) {
    List<JsonValue> others =
        result.fields().entrySet().stream()
            .filter(entry -> !entry.getKey().equals("last"))
            .map(Map.Entry::getValue)
            .toList();
    return others.size() == 1 && others.get(0).isArray()
        ? Optional.of(others.get(0))
        : Optional.empty();
  }

  private static RestAnswer refusal(String error, long penaltyMs, long receivedAtMs) {
    if (error.contains("Unknown asset pair")) {
      return RestAnswer.unknownSymbol(error);
    }
    int until = error.indexOf(THROTTLED_UNTIL);
    if (until >= 0) {
      String seconds = error.substring(until + THROTTLED_UNTIL.length()).replaceAll("\\D.*", "");
      long untilMs =
          seconds.length() <= 12 && Decimals.isWhole(seconds) ? Long.parseLong(seconds) * 1_000 : 0;
      long waitMs = Math.min(LONGEST_WAIT_MS, untilMs - receivedAtMs);
      return RestAnswer.throttled(Math.max(penaltyMs, waitMs), error);
    }
    if (error.contains("Too many requests")
        || error.contains("Rate limit exceeded")
        || error.contains("Throttled")) {
      return RestAnswer.throttled(penaltyMs, error);
    }
    return error.contains("Service:Unavailable") || error.contains("Service:Busy")
        ? RestAnswer.busy(penaltyMs, error)
        : RestAnswer.failed(error, List.of());
  }
}
