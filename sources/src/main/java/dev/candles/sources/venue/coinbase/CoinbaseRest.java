package dev.candles.sources.venue.coinbase;

import dev.candles.core.candle.Candle;
import dev.candles.core.candle.Evidence;
import dev.candles.core.candle.Market;
import dev.candles.core.candle.Ohlc;
import dev.candles.core.candle.Provenance;
import dev.candles.core.candle.RejectReason;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.candle.TradeRange;
import dev.candles.core.candle.Volumes;
import dev.candles.core.repair.RestAnswer;
import dev.candles.core.repair.RestQuery;
import dev.candles.sources.venue.Catalogue;
import dev.candles.sources.venue.Decimals;
import dev.candles.sources.venue.JsonValue;
import dev.candles.sources.venue.RestPage;
import dev.candles.sources.venue.Symbols;
import dev.candles.sources.venue.VenueProfile;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** REST: {@code /products/{id}/candles} and {@code /products}; errors of trades too. */
final class CoinbaseRest {
  /** The venue allows 301, bounds inclusive. */
  static final int PAGE_ROWS = 300;

  static final Set<Timeframe> OFFERED =
      Set.of(Timeframe.M1, Timeframe.M5, Timeframe.M15, Timeframe.H1, Timeframe.H6, Timeframe.D1);

  private static final int ROW_CELLS = 6;
  static final int MAX_ROWS = 1_000;

  /** Of a thousand trades with fifty fields each: the bytes of an answer are bounded as well. */
  private static final int MAX_VALUES = 50_000;

  /** Of what is kept; the venue has some 800 products, of which six values each are. */
  private static final int MAX_CATALOGUE_VALUES = 100_000;

  /** Of a product, and of an error. */
  private static final List<Set<String>> WANTED =
      List.of(
          Set.of("id", "base_currency", "quote_currency", "status", "trading_disabled", "message"));

  private CoinbaseRest() {}

  /** Both bounds are inclusive; both are always given, else the venue ignores them. */
  static RestQuery query(StreamKey stream, Market market, long fromMs, long toMs) {
    long step = stream.timeframe().millis();
    if (toMs <= fromMs || toMs - fromMs > PAGE_ROWS * step) {
      throw new IllegalArgumentException(
          "not a page of candles: stream=" + stream + ", from=" + fromMs + ", to=" + toMs);
    }
    if (!OFFERED.contains(stream.timeframe()) || !Symbols.isSpot(market.venueSymbol())) {
      throw new IllegalArgumentException(
          "not offered: stream=" + stream + ", product=" + market.venueSymbol());
    }
    String path =
        "/products/"
            + market.venueSymbol()
            + "/candles?granularity="
            + step / 1_000
            + "&start="
            + Instant.ofEpochMilli(fromMs)
            + "&end="
            + Instant.ofEpochMilli(toMs - step);
    return new RestQuery(path, Coinbase.BUDGET, stream, fromMs, toMs);
  }

  /** Decodes a page of candles; never throws on what it may hold. */
  static RestAnswer candles(
      RestQuery query, VenueProfile profile, int status, String body, long receivedAtMs) {
    RestPage page = new RestPage(query, body, receivedAtMs);
    return answer(
        query, page, profile, status, body, rows -> rows(query, rows, page, receivedAtMs));
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
        rows -> CoinbaseTrades.answer(rows, page, receivedAtMs));
  }

  private static RestAnswer answer(
      RestQuery query,
      RestPage page,
      VenueProfile profile,
      int status,
      String body,
      Function<List<JsonValue>, RestAnswer> meaning) {
    if (status == 429) {
      VenueProfile.Budget budget = profile.budgets().get(query.budget());
      long waitMs = budget == null ? 1_000 : budget.penalty().toMillis();
      return RestAnswer.throttled(waitMs, "status=429");
    }
    JsonValue json;
    try {
      json = JsonValue.parse(body, MAX_VALUES);
    } catch (IOException e) {
      return page.notTheVenue(status, String.valueOf(e.getMessage()));
    }
    if (json.isObject()) {
      String error = "status=" + status + " message=" + json.field("message");
      return status == 404 && json.field("message").string().isPresent()
          ? RestAnswer.unknownSymbol(error)
          : RestAnswer.failed(error, List.of());
    }
    if (status != 200 || !json.isArray() || json.elements().size() > MAX_ROWS) {
      return page.notTheVenue(status, "no page of rows");
    }
    return meaning.apply(json.elements());
  }

  /** A row whose time cannot be read could be any interval's: then no hole proves anything. */
  private static RestAnswer rows(
      RestQuery query, List<JsonValue> rows, RestPage page, long receivedAtMs) {
    for (JsonValue row : rows) {
      Optional<Long> seconds =
          row.element(0).literal().filter(Decimals::isWhole).map(Long::parseLong);
      if (seconds.isEmpty() || seconds.get() > Long.MAX_VALUE / 1_000) {
        return page.unreadableAnswer(RejectReason.WRONG_TYPE, "open time: " + row.element(0));
      }
      long openTimeMs = seconds.get() * 1_000;
      if (!query.stream().timeframe().aligned(openTimeMs)) {
        return page.unreadableAnswer(RejectReason.MISALIGNED_TIME, "open time: " + openTimeMs);
      }
      if (page.covers(openTimeMs)) {
        page.shows(openTimeMs);
        row(query, openTimeMs, row, page, receivedAtMs);
      } else if (openTimeMs >= query.toMs()) {
        page.reject(RejectReason.ABSURD_TIME, "outside of what was asked: " + openTimeMs);
      } // the documentation warns of rows before the start; they are left out
    }
    return page.answer();
  }

  /** {@code [time, low, high, open, close, volume]}; numbers, read as the text they are. */
  private static void row(
      RestQuery query, long openTimeMs, JsonValue row, RestPage page, long receivedAtMs) {
    if (row.elements().size() != ROW_CELLS) {
      String detail = "row of " + row.elements().size() + " fields";
      page.impossible(openTimeMs, RejectReason.MALFORMED, detail);
      return;
    }
    double[] numbers = new double[ROW_CELLS];
    for (int i = 1; i < ROW_CELLS; i++) {
      Optional<BigDecimal> number = row.element(i).literal().flatMap(Decimals::exact);
      if (number.isEmpty()) {
        String detail = "field " + i + ": " + row.element(i);
        page.impossible(openTimeMs, RejectReason.WRONG_TYPE, detail);
        return;
      }
      numbers[i] = number.get().doubleValue();
    }
    page.closed(
        new Candle(
            query.stream(),
            openTimeMs,
            new Ohlc(numbers[3], numbers[2], numbers[1], numbers[4]),
            Volumes.ofBase(numbers[5]),
            TradeRange.UNKNOWN,
            Provenance.first(Evidence.REST, "rest", receivedAtMs)));
  }

  /**
   * The markets that trade: online, not disabled, and with a name in the checked alphabet.
   *
   * @throws IOException if it is not a catalogue
   */
  static List<Market> catalogue(int status, String body) throws IOException {
    JsonValue json = JsonValue.parse(body, MAX_CATALOGUE_VALUES, WANTED);
    if (status != 200 || !json.isArray()) {
      throw new IOException(
          "not a catalogue: status=" + status + " message=" + json.field("message"));
    }
    Catalogue catalogue = new Catalogue();
    json.elements().forEach(product -> add(product, catalogue));
    return catalogue.markets();
  }

  /** {@code trading_disabled} need not be there: then trading is not disabled. */
  private static void add(JsonValue product, Catalogue catalogue) {
    JsonValue disabled = product.field("trading_disabled");
    Optional<String> symbol =
        Symbols.spot(
                product.field("base_currency").toString(),
                product.field("quote_currency").toString())
            .filter(name -> name.equals(product.field("id").toString()));
    if (!product.field("status").string().orElse("").equals("online")) {
      catalogue.leftOut("status not online");
    } else if (!disabled.isNothing() && !disabled.isFalse()) {
      catalogue.leftOut("trading disabled");
    } else if (symbol.isEmpty()) {
      catalogue.leftOut("id not of base and quote in A-Z and 0-9");
    } else {
      catalogue.open(new Market(symbol.get(), symbol.get(), 0));
    }
  }
}
