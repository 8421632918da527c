package dev.candles.sim.venue.coinbase;

import dev.candles.core.candle.Timeframe;
import dev.candles.sim.tape.Trade;
import dev.candles.sim.venue.PageRow;
import dev.candles.sim.venue.Quote;
import dev.candles.sim.venue.Refusal;
import dev.candles.sim.venue.RestCall;
import dev.candles.sim.venue.RestProtocol;
import dev.candles.sim.venue.SimMarket;
import dev.candles.sim.venue.SimRequest;
import dev.candles.sim.venue.SimResponse;
import dev.candles.sim.venue.TokenBucket;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The Exchange's public REST calls (coinbase.md sections 1, 2, 5, 6). Called by many threads. */
final class SimCoinbaseRest implements RestProtocol {
  private static final double REQUESTS_PER_SECOND = 10;
  private static final int REQUESTS_BURST = 15;
  private static final int MOST_STEPS = 300;
  private static final int NEWEST_ROWS = 350;
  private static final int TRADES = 1_000;
  private static final int BOOK_LEVELS = 50;
  private static final long NEWEST_ROWS_CACHED_MS = 300_000;
  private static final long NEWEST_TRADES_CACHED_MS = 5_000;
  private static final Map<String, Timeframe> GRANULARITIES =
      Map.of(
          "60", Timeframe.M1,
          "300", Timeframe.M5,
          "900", Timeframe.M15,
          "3600", Timeframe.H1,
          "21600", Timeframe.H6,
          "86400", Timeframe.D1);
  private static final DateTimeFormatter ISO =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final CoinbaseContext context;
  private final Duration slowRows;
  private final TokenBucket bucket = new TokenBucket(REQUESTS_PER_SECOND, REQUESTS_BURST);

  SimCoinbaseRest(CoinbaseContext context, Duration slowRows) {
    this.context = context;
    this.slowRows = slowRows;
  }

  @Override
  public String venue() {
    return SimCoinbase.VENUE;
  }

  @Override
  public boolean admits(SimRequest question, long nowMs) {
    return bucket.take(nowMs);
  }

  @Override
  public Refusal tooMany(RestCall visit) {
    return refusal(429, "Public rate limit exceeded");
  }

  @Override
  public Refusal unavailable() {
    return refusal(503, "Service Unavailable");
  }

  @Override
  public int htmlStatus() {
    return 503;
  }

  @Override
  public SimResponse answer(SimRequest question, RestCall visit) throws Refusal {
    if (question.header("user-agent").isEmpty()) {
      throw refusal(400, "User-Agent header is required.");
    }
    if (question.path().equals("/time")) {
      return time(visit);
    }
    String[] parts = question.path().split("/", -1);
    return switch (parts[1]) {
      case "currencies" -> currencies(parts, visit);
      case "products" -> products(parts, question, visit);
      default -> throw refusal(404, "Route not found");
    };
  }

  private SimResponse currencies(String[] parts, RestCall visit) throws Refusal {
    Set<String> ids = new TreeSet<>();
    context.desks().keySet().forEach(id -> ids.addAll(List.of(id.split("-", -1))));
    if (parts.length == 2) {
      return visit.json(array(ids.stream().map(CoinbaseQuotes::currency).toList()));
    }
    if (parts.length != 3 || !ids.contains(parts[2])) {
      throw refusal(404, "NotFound");
    }
    return visit.json(CoinbaseQuotes.currency(parts[2]));
  }

  private SimResponse products(String[] parts, SimRequest question, RestCall visit) throws Refusal {
    if (parts.length == 2) {
      return visit.json(
          array(
              context.desks().values().stream()
                  .map(each -> CoinbaseProducts.record(each, visit.nowMs()))
                  .toList()));
    }
    SimMarket desk = context.desks().get(parts[2]);
    if (desk == null) {
      throw refusal(404, "NotFound");
    }
    String call = parts.length == 3 ? "" : parts.length == 4 ? parts[3] : "?";
    return switch (call) {
      case "" -> visit.json(CoinbaseProducts.record(desk, visit.nowMs()));
      case "candles" -> candles(desk, question, visit);
      case "trades" -> trades(desk, question, visit);
      case "ticker" -> visit.json(CoinbaseQuotes.ticker(quote(desk, visit)));
      case "stats" -> visit.json(CoinbaseQuotes.statistics(quote(desk, visit)));
      case "book" -> book(desk, question, visit);
      default -> throw refusal(404, "Route not found");
    };
  }

  private static Quote quote(SimMarket desk, RestCall visit) throws Refusal {
    return desk.quotes()
        .at(visit.asOf(desk.symbol()))
        .orElseThrow(() -> refusal(404, "NotFound")); // nobody has traded yet
  }

  /** Levels one and two; the third, of single orders, is for those who sign. */
  private static SimResponse book(SimMarket desk, SimRequest question, RestCall visit)
      throws Refusal {
    long level = number(question, "level", 1);
    if (level < 1 || level > 2) {
      throw refusal(400, "Invalid level");
    }
    Quote quote = quote(desk, visit);
    return visit.json(CoinbaseQuotes.book(quote, level == 1 ? 1 : BOOK_LEVELS));
  }

  private static SimResponse time(RestCall visit) {
    long ms = visit.dateMs();
    String iso = ISO.format(Instant.ofEpochMilli(ms));
    return visit.json(
        "{\"iso\":\"" + iso + "\",\"epoch\":" + BigDecimal.valueOf(ms, 3).toPlainString() + "}");
  }

  private SimResponse candles(SimMarket desk, SimRequest question, RestCall visit) throws Refusal {
    String wanted = question.get("granularity");
    Timeframe timeframe = GRANULARITIES.get(wanted.isEmpty() ? "60" : wanted);
    if (timeframe == null) {
      throw refusal(400, "Unsupported granularity");
    }
    long asOf = visit.asOf(desk.symbol());
    boolean ranged = !question.get("start").isEmpty() && !question.get("end").isEmpty();
    long start;
    long end;
    if (ranged) {
      start = CoinbaseTimes.parse(question.get("start"), "start");
      end = CoinbaseTimes.parse(question.get("end"), "end");
      if (end < start) {
        throw refusal(400, "start must be before end");
      }
      if (end - start > MOST_STEPS * timeframe.millis()) {
        throw refusal(
            400,
            "granularity too small for the requested time range. Count of aggregations requested"
                + " exceeds 300");
      }
    } else { // answered by a cache
      asOf = Math.floorDiv(asOf, NEWEST_ROWS_CACHED_MS) * NEWEST_ROWS_CACHED_MS;
      end = timeframe.floor(asOf);
      start = Long.MIN_VALUE;
    }
    CoinbaseCandles pages =
        new CoinbaseCandles(
            desk.series(), timeframe, slowRows, asOf, visit.halfMade(desk.symbol(), asOf));
    List<PageRow> rows = ranged ? pages.between(start, end) : pages.newest(NEWEST_ROWS, end);
    return visit.json(
        array(
            visit.newestFirst(desk.symbol(), rows, PageRow::key).stream()
                .map(PageRow::text)
                .toList()));
  }

  private static SimResponse trades(SimMarket desk, SimRequest question, RestCall visit)
      throws Refusal {
    long limit = number(question, "limit", TRADES);
    if (limit < 1) {
      throw refusal(400, "limit must be a positive integer");
    }
    long after = number(question, "after", Long.MAX_VALUE);
    long before = number(question, "before", Long.MIN_VALUE);
    long asOf = visit.asOf(desk.symbol());
    if (after == Long.MAX_VALUE && before == Long.MIN_VALUE) { // answered by a cache
      asOf = Math.floorDiv(asOf, NEWEST_TRADES_CACHED_MS) * NEWEST_TRADES_CACHED_MS;
    }
    int most = (int) Math.min(limit, TRADES);
    List<Trade> rows =
        visit.newestFirst(
            desk.symbol(),
            SimCoinbaseTrades.newestFirst(desk.series().tape(), after, before, most, asOf),
            Trade::id);
    SimResponse answer = visit.json(array(rows.stream().map(SimCoinbaseFrames::trade).toList()));
    return rows.isEmpty()
        ? answer
        : answer.with(
            Map.of(
                "Cb-Before", Long.toString(rows.get(0).id()),
                "Cb-After", Long.toString(rows.get(rows.size() - 1).id())));
  }

  private static long number(SimRequest question, String name, long absent) throws Refusal {
    if (question.get(name).isEmpty()) {
      return absent;
    }
    try {
      return question.whole(name);
    } catch (NumberFormatException e) {
      throw refusal(400, name + " must be a positive integer");
    }
  }

  static Refusal refusal(int status, String message) {
    return new Refusal(status, SimCoinbaseFrames.message(message));
  }

  private static String array(List<String> elements) {
    return "[" + String.join(",", elements) + "]";
  }
}
