package dev.candles.sim.venue.okx;

import dev.candles.sim.venue.HalfMade;
import dev.candles.sim.venue.HttpAnswer;
import dev.candles.sim.venue.HttpQuestion;
import dev.candles.sim.venue.PageRow;
import dev.candles.sim.venue.RateWindow;
import dev.candles.sim.venue.Refusal;
import dev.candles.sim.venue.RestProtocol;
import dev.candles.sim.venue.Visit;
import java.util.List;
import java.util.Map;

/** OKX's public REST calls (okx.md sections 1, 2, 5, 6). Called by many threads. */
final class OkxRest implements RestProtocol {
  private static final long WINDOW_MS = 2_000;
  private static final int CANDLE_ROWS = 300;

  private final OkxContext context;
  private final OkxSettings settings;
  private final Map<String, Call> calls;

  OkxRest(OkxContext context, OkxSettings settings) {
    this.context = context;
    this.settings = settings;
    calls =
        Map.of(
            "/api/v5/market/candles", new Call(40, WINDOW_MS, this::candles),
            "/api/v5/market/history-candles", new Call(20, WINDOW_MS, this::historyCandles),
            "/api/v5/market/trades", new Call(100, WINDOW_MS, this::trades),
            "/api/v5/market/history-trades", new Call(20, WINDOW_MS, this::historyTrades),
            "/api/v5/public/instruments", new Call(20, WINDOW_MS, this::instruments),
            "/api/v5/public/time", new Call(10, WINDOW_MS, this::time),
            "/api/v5/system/status", new Call(1, 5_000, (question, visit) -> "[]"));
  }

  @Override
  public String venue() {
    return Okx.VENUE;
  }

  @Override
  public boolean admits(HttpQuestion question, long nowMs) {
    Call call = calls.get(question.path());
    return call == null || call.window.take(nowMs);
  }

  @Override
  public HttpAnswer answer(HttpQuestion question, Visit visit) throws Refusal {
    Call call = calls.get(question.path());
    if (call == null) {
      throw OkxRefusal.of(404, 404, "Not Found");
    }
    return visit.json(OkxFrames.envelope("0", "", call.body.data(question, visit)));
  }

  @Override
  public Refusal tooMany(Visit visit) {
    return OkxRefusal.of(429, 50011, "Too Many Requests");
  }

  @Override
  public Refusal unavailable() {
    return OkxRefusal.of(503, 50001, "Service temporarily unavailable. Please try again later.");
  }

  @Override
  public int htmlStatus() {
    return 520;
  }

  private String candles(HttpQuestion question, Visit visit) throws Refusal {
    OkxMarket market = market(question);
    OkxChannel bar = bar(question);
    OkxPage page = OkxPage.of(question, 100, CANDLE_ROWS);
    long asOf = visit.asOf(market.instId());
    return page(market, visit, candles(market, bar, asOf, visit).recent(page));
  }

  private String historyCandles(HttpQuestion question, Visit visit) throws Refusal {
    OkxMarket market = market(question);
    OkxChannel bar = bar(question);
    OkxPage page = OkxPage.of(question, 100, CANDLE_ROWS);
    long asOf = visit.asOf(market.instId()) - settings.historyLag().toMillis();
    return page(market, visit, candles(market, bar, asOf, visit).history(page));
  }

  private static OkxCandlePages candles(
      OkxMarket market, OkxChannel bar, long asOfMs, Visit visit) {
    HalfMade halfMade = visit.halfMade(market.instId(), asOfMs);
    return new OkxCandlePages(market, bar.timeframe(), asOfMs, halfMade);
  }

  private String trades(HttpQuestion question, Visit visit) throws Refusal {
    OkxMarket market = market(question);
    OkxPage asked = OkxPage.of(question, 100, 500);
    OkxPage newest = new OkxPage(Long.MAX_VALUE, Long.MIN_VALUE, asked.limit());
    return page(market, visit, new OkxTradePages(market, visit.asOf(market.instId())).byId(newest));
  }

  private String historyTrades(HttpQuestion question, Visit visit) throws Refusal {
    OkxMarket market = market(question);
    OkxPage page = OkxPage.of(question, 100, 100);
    OkxTradePages pages = new OkxTradePages(market, visit.asOf(market.instId()));
    return switch (question.get("type")) {
      case "", "1" -> page(market, visit, pages.byId(page));
      case "2" -> page(market, visit, pages.byTime(page));
      default -> throw OkxRefusal.wrong("type");
    };
  }

  private String instruments(HttpQuestion question, Visit visit) throws Refusal {
    String type = question.get("instType");
    if (type.isEmpty()) {
      throw OkxRefusal.empty("instType");
    }
    if (!List.of("SPOT", "MARGIN", "SWAP", "FUTURES", "OPTION").contains(type)) {
      throw OkxRefusal.wrong("instType");
    }
    String instId = question.get("instId");
    if (!instId.isEmpty() && !(type.equals("SPOT") && context.markets().containsKey(instId))) {
      throw OkxRefusal.unknownInstrument();
    }
    return array(
        context.markets().values().stream()
            .filter(market -> type.equals("SPOT"))
            .filter(market -> instId.isEmpty() || market.instId().equals(instId))
            .map(OkxInstruments::record)
            .toList());
  }

  private String time(HttpQuestion question, Visit visit) {
    return "[{\"ts\":\"" + visit.dateMs() + "\"}]";
  }

  private OkxMarket market(HttpQuestion question) throws Refusal {
    if (question.get("instId").isEmpty()) {
      throw OkxRefusal.empty("instId");
    }
    OkxMarket market = context.markets().get(question.get("instId"));
    if (market == null) {
      throw OkxRefusal.unknownInstrument();
    }
    return market;
  }

  private static OkxChannel bar(HttpQuestion question) throws Refusal {
    String bar = question.get("bar");
    return OkxChannel.ofBar(bar.isEmpty() ? "1m" : bar).orElseThrow(() -> OkxRefusal.wrong("bar"));
  }

  private static String page(OkxMarket market, Visit visit, List<PageRow> rows) {
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
    String data(HttpQuestion question, Visit visit) throws Refusal;
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
