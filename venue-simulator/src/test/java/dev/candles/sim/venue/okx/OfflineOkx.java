package dev.candles.sim.venue.okx;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.candles.core.time.MarketClock;
import dev.candles.sim.fault.Fault;
import dev.candles.sim.fault.Faults;
import dev.candles.sim.tape.RandomMarket;
import dev.candles.sim.tape.Series;
import dev.candles.sim.tape.Tape;
import dev.candles.sim.venue.FakeClientSink;
import dev.candles.sim.venue.MarketTime;
import dev.candles.sim.venue.Outage;
import dev.candles.sim.venue.RestGateway;
import dev.candles.sim.venue.Session;
import dev.candles.sim.venue.SimRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An OKX without sockets, whose time is moved by hand. */
final class OfflineOkx {
  static final long START = 1_767_225_600_000L; // 2026-01-01T00:00Z
  static final String BTC = "BTC-USDT";
  static final String DOGE = "DOGE-USDT";
  private static final ObjectMapper JSON = new ObjectMapper();

  final long[] now = {START + 5_000}; // the minute before has closed
  final Faults faults;
  final OkxContext context;
  final OkxSockets sockets;
  final RestGateway rest;

  OfflineOkx(Fault... faults) {
    this(true, Duration.ZERO, faults);
  }

  OfflineOkx(boolean flatRows, Duration historyLag, Fault... list) {
    this(1, flatRows, historyLag, list);
  }

  OfflineOkx(double speed, boolean flatRows, Duration historyLag, Fault... list) {
    this(speed, new OkxSettings(flatRows, historyLag, OkxSettings.PAGE_ROWS, OkxDelays.NONE), list);
  }

  static OfflineOkx withDelays(OkxDelays delays) {
    return new OfflineOkx(1, new OkxSettings(true, Duration.ZERO, OkxSettings.PAGE_ROWS, delays));
  }

  OfflineOkx(double speed, OkxSettings settings, Fault... list) {
    faults = new Faults(List.of(list), 1, START);
    Map<String, OkxMarket> markets = new LinkedHashMap<>();
    for (String symbol : List.of(BTC, DOGE)) {
      RandomMarket market = RandomMarket.of(symbol).withSilence(symbol.equals(DOGE) ? 0.3 : 0);
      Series series = new Series(Tape.random(1, "okx", symbol, market));
      markets.put(symbol, new OkxMarket(symbol, series, settings));
    }
    MarketClock clock = new MarketClock(START, START, speed);
    MarketTime time = new MarketTime(clock, () -> clock.realAt(now[0]));
    context = new OkxContext(markets, time, faults, new OkxCorrections(faults));
    sockets = new OkxSockets(context);
    SimOkxRest calls = new SimOkxRest(context, settings);
    rest = new RestGateway(calls, time, faults, new Outage(SimOkx.VENUE, faults), Duration.ZERO);
  }

  OkxMarket market(String symbol) {
    return context.markets().get(symbol);
  }

  /** Moves time with a ping every 20 s, as a client must. */
  void listen(long millis, FakeClientSink outlet, Session session) {
    for (long end = now[0] + millis; now[0] < end; ) {
      session.onText("ping", now[0]);
      outlet.sent.remove("pong");
      run(Math.min(20_000, end - now[0]), outlet, session);
    }
  }

  /** Moves time in steps of 100 ms, ticking. */
  void run(long millis, FakeClientSink outlet, Session... sessions) {
    for (long end = now[0] + millis; now[0] < end; ) {
      now[0] = Math.min(end, now[0] + 100);
      outlet.now = now[0];
      for (Session session : sessions) {
        session.onTick(now[0]);
      }
      sockets.onTick(now[0]);
    }
  }

  Session business(FakeClientSink outlet) {
    outlet.now = now[0];
    return sockets.open("/ws/v5/business", outlet, now[0]);
  }

  Session open(FakeClientSink outlet) {
    outlet.now = now[0];
    return sockets.open("/ws/v5/public", outlet, now[0]);
  }

  static String subscribe(String channel, String instId) {
    return "{\"op\":\"subscribe\",\"args\":[{\"channel\":\"%s\",\"instId\":\"%s\"}]}"
        .formatted(channel, instId);
  }

  JsonNode get(String path, String... parameters) {
    Map<String, String> query = new LinkedHashMap<>();
    for (int i = 0; i < parameters.length; i += 2) {
      query.put(parameters[i], parameters[i + 1]);
    }
    return json(rest.answer(new SimRequest("/api/v5" + path, query, Map.of())).body());
  }

  static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new AssertionError("not JSON: " + text, e);
    }
  }

  /** All candle rows of all data frames, in the order sent. */
  static List<List<String>> rows(List<String> frames) {
    List<List<String>> rows = new ArrayList<>();
    for (String frame : frames) {
      if (frame.contains("\"data\"")) {
        json(frame).path("data").forEach(row -> rows.add(cells(row)));
      }
    }
    return rows;
  }

  static List<String> cells(JsonNode row) {
    List<String> cells = new ArrayList<>();
    row.forEach(cell -> cells.add(cell.asText()));
    return cells;
  }

  /** Only closing rows. */
  static List<List<String>> closing(List<List<String>> rows) {
    return rows.stream().filter(row -> row.get(row.size() - 1).equals("1")).toList();
  }
}
