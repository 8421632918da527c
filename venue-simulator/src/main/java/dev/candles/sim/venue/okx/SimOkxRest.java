package dev.candles.sim.venue.okx;

import dev.candles.sim.venue.HalfMade;
import dev.candles.sim.venue.PageRow;
import dev.candles.sim.venue.Quote;
import dev.candles.sim.venue.RateWindow;
import dev.candles.sim.venue.Refusal;
import dev.candles.sim.venue.RestCall;
import dev.candles.sim.venue.RestProtocol;
import dev.candles.sim.venue.SimRequest;
import dev.candles.sim.venue.SimResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** OKX's public REST calls (okx.md sections 1, 2, 5, 6). Called by many threads. */
final class SimOkxRest implements RestProtocol {
  private static final String ROOT = "/api/v5/";
  private static final long WINDOW_MS = 2_000;
  private static final int MOST_LEVELS = 400;
  private static final List<String> TYPES = List.of("SPOT", "MARGIN", "SWAP", "FUTURES", "OPTION");

  private final OkxContext context;
  private final OkxSettings settings;
  private final Map<String, Call> calls;

  SimOkxRest(OkxContext context, OkxSettings settings) {
    this.context = context;
    this.settings = settings;
    calls =
        Map.ofEntries(
            call("market/candles", 40, this::candles),
            call("market/history-candles", 20, this::historyCandles),
            call("market/trades", 100, this::trades),
            call("market/history-trades", 20, this::historyTrades),
            call("market/ticker", 20, this::ticker),
            call("market/tickers", 20, this::tickers),
            call("market/books", 40, this::book),
            call("public/instruments", 20, this::instruments),
            call("public/time", 10, this::time),
            Map.entry(ROOT + "system/status", new Call(1, 5_000, (question, visit) -> "[]")));
  }

  private static Map.Entry<String, Call> call(String path, int most, Body body) {
    return Map.entry(ROOT + path, new Call(most, WINDOW_MS, body));
  }

  @Override
  public String venue() {
    return SimOkx.VENUE;
  }

  @Override
  public boolean admits(SimRequest question, long nowMs) {
    Call call = calls.get(question.path());
    return call == null || call.window.take(nowMs);
  }

  @Override
  public SimResponse answer(SimRequest question, RestCall visit) throws Refusal {
    Call call = calls.get(question.path());
    if (call == null) {
      throw OkxRefusal.of(404, 404, "Not Found");
    }
    return visit.json(SimOkxFrames.envelope("0", "", call.body.data(question, visit)));
  }

  @Override
  public Refusal tooMany(RestCall visit) {
    return OkxRefusal.tooMany(visit.number());
  }

  @Override
  public Refusal unavailable() {
    return OkxRefusal.of(503, 50001, "Service temporarily unavailable. Please try again later.");
  }

  @Override
  public int htmlStatus() {
    return 520;
  }

  private String candles(SimRequest question, RestCall visit) throws Refusal {
    OkxMarket market = market(question);
    OkxChannel bar = bar(question);
    OkxPage page = OkxPage.of(question, 100, settings.pageRows());
    long asOf = visit.asOf(market.instId());
    return page(market, visit, candles(market, bar, asOf, visit).recent(page));
  }

  private String historyCandles(SimRequest question, RestCall visit) throws Refusal {
    OkxMarket market = market(question);
    OkxChannel bar = bar(question);
    OkxPage page = OkxPage.of(question, 100, settings.pageRows());
    long asOf = visit.asOf(market.instId()) - settings.historyLag().toMillis();
    return page(market, visit, candles(market, bar, asOf, visit).history(page));
  }

  private static OkxCandlePages candles(
      OkxMarket market, OkxChannel bar, long asOfMs, RestCall visit) {
    HalfMade halfMade = visit.halfMade(market.instId(), asOfMs);
    return new OkxCandlePages(market, bar.timeframe(), asOfMs, halfMade);
  }

  private String trades(SimRequest question, RestCall visit) throws Refusal {
    OkxMarket market = market(question);
    OkxPage asked = OkxPage.of(question, 100, 500);
    OkxPage newest = new OkxPage(Long.MAX_VALUE, Long.MIN_VALUE, asked.limit());
    return page(market, visit, new OkxTradePages(market, visit.asOf(market.instId())).byId(newest));
  }

  private String historyTrades(SimRequest question, RestCall visit) throws Refusal {
    OkxMarket market = market(question);
    OkxPage page = OkxPage.of(question, 100, 100);
    OkxTradePages pages = new OkxTradePages(market, visit.asOf(market.instId()));
    return switch (question.get("type")) {
      case "", "1" -> page(market, visit, pages.byId(page));
      case "2" -> page(market, visit, pages.byTime(page));
      default -> throw OkxRefusal.wrong("type");
    };
  }

  private String instruments(SimRequest question, RestCall visit) throws Refusal {
    String type = type(question);
    String instId = question.get("instId");
    if (!instId.isEmpty() && !(type.equals("SPOT") && context.markets().containsKey(instId))) {
      throw OkxRefusal.unknownInstrument();
    }
    return array(
        context.markets().values().stream()
            .filter(market -> type.equals("SPOT"))
            .filter(market -> instId.isEmpty() || market.instId().equals(instId))
            .map(market -> OkxInstruments.record(market, visit.nowMs()))
            .toList());
  }

  private static String type(SimRequest question) throws Refusal {
    String type = question.get("instType");
    if (type.isEmpty()) {
      throw OkxRefusal.empty("instType");
    }
    if (!TYPES.contains(type)) {
      throw OkxRefusal.wrong("instType");
    }
    return type;
  }

  private String ticker(SimRequest question, RestCall visit) throws Refusal {
    OkxMarket market = market(question);
    return array(List.of(OkxQuotes.ticker(market, quote(market, visit))));
  }

  /** Of those that have traded. */
  private String tickers(SimRequest question, RestCall visit) throws Refusal {
    List<String> records = new ArrayList<>();
    if (type(question).equals("SPOT")) {
      for (OkxMarket market : context.markets().values()) {
        market
            .quotes()
            .at(visit.asOf(market.instId()))
            .map(quote -> OkxQuotes.ticker(market, quote))
            .ifPresent(records::add);
      }
    }
    return array(records);
  }

  private String book(SimRequest question, RestCall visit) throws Refusal {
    OkxMarket market = market(question);
    String levels = question.get("sz").isEmpty() ? "1" : question.get("sz");
    if (!levels.matches("[0-9]{1,3}")) {
      throw OkxRefusal.wrong("sz");
    }
    int most = Math.min(Math.max(1, Integer.parseInt(levels)), MOST_LEVELS);
    return array(List.of(OkxQuotes.book(quote(market, visit), most)));
  }

  private static Quote quote(OkxMarket market, RestCall visit) throws Refusal {
    return market
        .quotes()
        .at(visit.asOf(market.instId()))
        .orElseThrow(OkxRefusal::unknownInstrument); // nobody has traded yet
  }

  private String time(SimRequest question, RestCall visit) {
    return "[{\"ts\":\"" + visit.dateMs() + "\"}]";
  }

  private OkxMarket market(SimRequest question) throws Refusal {
    if (question.get("instId").isEmpty()) {
      throw OkxRefusal.empty("instId");
    }
    OkxMarket market = context.markets().get(question.get("instId"));
    if (market == null) {
      throw OkxRefusal.unknownInstrument();
    }
    return market;
  }

  private static OkxChannel bar(SimRequest question) throws Refusal {
    String bar = question.get("bar");
    return OkxChannel.ofBar(bar.isEmpty() ? "1m" : bar).orElseThrow(() -> OkxRefusal.wrong("bar"));
  }

  private static String page(OkxMarket market, RestCall visit, List<PageRow> rows) {
    return array(
        visit.newestFirst(market.instId(), rows, PageRow::key).stream()
            .map(PageRow::text)
            .toList());
  }

  private static String array(List<String> elements) {
    return "[" + String.join(",", elements) + "]";
  }

  /** What a call answers in {@code data}. */
  private interface Body {
    String data(SimRequest question, RestCall visit) throws Refusal;
  }

  /** One endpoint and its limit, in market time. */
  private static final class Call {
    private final RateWindow window;
    private final Body body;

    Call(int most, long windowMs, Body body) {
      window = new RateWindow(most, windowMs);
      this.body = body;
    }
  }
}
