package dev.candles.sim.venue.okx;

import dev.candles.sim.fault.Fault;
import dev.candles.sim.fault.FaultKind;
import dev.candles.sim.venue.HttpAnswer;
import dev.candles.sim.venue.HttpQuestion;
import dev.candles.sim.venue.Outage;
import dev.candles.sim.venue.RateWindow;
import dev.candles.sim.venue.VenueServer.RestCounts;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** OKX's public REST calls (okx.md sections 1, 2, 5, 6). Called by many threads. */
final class OkxRest {
  private static final long WINDOW_MS = 2_000;
  private static final int CANDLE_ROWS = 300;
  private static final String DOWN =
      "<!DOCTYPE html><html><head><title>520: Web server is returning an unknown error</title>"
          + "</head><body><h1>Error 520</h1></body></html>";

  private final OkxContext context;
  private final Outage outage;
  private final OkxSettings settings;
  private final Map<String, Call> calls;
  private final AtomicLong requests = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();

  OkxRest(OkxContext context, Outage outage, OkxSettings settings) {
    this.context = context;
    this.outage = outage;
    this.settings = settings;
    calls =
        Map.of(
            "/api/v5/market/candles", new Call(40, WINDOW_MS, this::candles),
            "/api/v5/market/history-candles", new Call(20, WINDOW_MS, this::historyCandles),
            "/api/v5/market/trades", new Call(100, WINDOW_MS, this::trades),
            "/api/v5/market/history-trades", new Call(20, WINDOW_MS, this::historyTrades),
            "/api/v5/public/instruments", new Call(20, WINDOW_MS, this::instruments),
            "/api/v5/public/time", new Call(10, WINDOW_MS, this::time),
            "/api/v5/system/status", new Call(1, 5_000, (question, now) -> "[]"));
  }

  RestCounts counts() {
    return new RestCounts(requests.get(), refused.get());
  }

  HttpAnswer answer(HttpQuestion question) {
    long number = requests.incrementAndGet();
    long now = context.time().now();
    Call call = calls.get(question.path());
    boolean admitted = call == null || call.window.take(now); // counted when it arrives
    pause();
    long date = context.time().now() + skew(number, now);
    Optional<Fault> html = strike(FaultKind.HTML, null, number, now);
    if (html.isPresent()) {
      return HttpAnswer.html(520, DOWN, date);
    }
    try {
      if (call == null) {
        throw new OkxRefusal(404, 404, "Not Found");
      }
      if (outage.ofRest(now)) {
        throw OkxRefusal.unavailable();
      }
      if (!admitted) {
        refused.incrementAndGet();
        throw OkxRefusal.tooMany();
      }
      if (strike(FaultKind.THROTTLE, null, number, now).isPresent()) {
        throw OkxRefusal.tooMany();
      }
      return HttpAnswer.json(
          200, OkxFrames.envelope("0", "", call.body.data(question, number)), date);
    } catch (OkxRefusal e) {
      return HttpAnswer.json(e.status(), e.body(), date);
    }
  }

  private String candles(HttpQuestion question, long number) throws OkxRefusal {
    OkxMarket market = market(question);
    OkxChannel bar = bar(question);
    OkxPage page = OkxPage.of(question, 100, CANDLE_ROWS);
    long asOf = asOf(market, number);
    return page(market, number, new OkxCandlePages(market, bar.timeframe(), asOf).recent(page));
  }

  private String historyCandles(HttpQuestion question, long number) throws OkxRefusal {
    OkxMarket market = market(question);
    OkxChannel bar = bar(question);
    OkxPage page = OkxPage.of(question, 100, CANDLE_ROWS);
    long asOf = asOf(market, number) - settings.historyLag().toMillis();
    return page(market, number, new OkxCandlePages(market, bar.timeframe(), asOf).history(page));
  }

  private String trades(HttpQuestion question, long number) throws OkxRefusal {
    OkxMarket market = market(question);
    OkxPage asked = OkxPage.of(question, 100, 500);
    OkxPage newest = new OkxPage(Long.MAX_VALUE, Long.MIN_VALUE, asked.limit());
    return page(market, number, new OkxTradePages(market, asOf(market, number)).byId(newest));
  }

  private String historyTrades(HttpQuestion question, long number) throws OkxRefusal {
    OkxMarket market = market(question);
    OkxPage page = OkxPage.of(question, 100, 100);
    OkxTradePages pages = new OkxTradePages(market, asOf(market, number));
    return switch (question.get("type")) {
      case "", "1" -> page(market, number, pages.byId(page));
      case "2" -> page(market, number, pages.byTime(page));
      default -> throw OkxRefusal.wrong("type");
    };
  }

  private String instruments(HttpQuestion question, long number) throws OkxRefusal {
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

  private String time(HttpQuestion question, long number) {
    long now = context.time().now();
    return "[{\"ts\":\"" + (now + skew(number, now)) + "\"}]";
  }

  private OkxMarket market(HttpQuestion question) throws OkxRefusal {
    if (question.get("instId").isEmpty()) {
      throw OkxRefusal.empty("instId");
    }
    OkxMarket market = context.markets().get(question.get("instId"));
    if (market == null) {
      throw OkxRefusal.unknownInstrument();
    }
    return market;
  }

  private static OkxChannel bar(HttpQuestion question) throws OkxRefusal {
    String bar = question.get("bar");
    return OkxChannel.ofBar(bar.isEmpty() ? "1m" : bar).orElseThrow(() -> OkxRefusal.wrong("bar"));
  }

  private long asOf(OkxMarket market, long number) {
    long now = context.time().now();
    return strike(FaultKind.STALE_PAGE, market, number, now)
        .map(fault -> now - fault.by().toMillis())
        .orElse(now);
  }

  private String page(OkxMarket market, long number, List<String> rows) {
    long now = context.time().now();
    if (!rows.isEmpty() && strike(FaultKind.EMPTY_PAGE, market, number, now).isPresent()) {
      return "[]";
    }
    if (rows.size() > 1 && strike(FaultKind.SHORT_PAGE, market, number, now).isPresent()) {
      return array(rows.subList(0, (rows.size() + 1) / 2));
    }
    return array(rows);
  }

  private long skew(long number, long now) {
    return strike(FaultKind.CLOCK_SKEW, null, number, now)
        .map(fault -> fault.by().toMillis())
        .orElse(0L);
  }

  private Optional<Fault> strike(FaultKind kind, @Nullable OkxMarket market, long key, long now) {
    String symbol = market == null ? null : market.instId();
    return context.faults().strike(kind, Okx.VENUE, symbol, key, now);
  }

  private void pause() {
    long latency = settings.restLatency().toMillis();
    if (latency > 0) {
      try {
        TimeUnit.MILLISECONDS.sleep(latency);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static String array(List<String> elements) {
    return "[" + String.join(",", elements) + "]";
  }

  /** What a call answers in {@code data}. */
  private interface Body {
    String data(HttpQuestion question, long number) throws OkxRefusal;
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
