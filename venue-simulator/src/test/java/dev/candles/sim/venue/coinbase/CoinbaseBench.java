package dev.candles.sim.venue.coinbase;

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
import dev.candles.sim.venue.SimMarket;
import dev.candles.sim.venue.SimRequest;
import dev.candles.sim.venue.SimResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A Coinbase without sockets, whose time is moved by hand. */
final class CoinbaseBench {
  static final long START = 1_767_225_600_000L; // 2026-01-01T00:00Z
  static final String BTC = "BTC-USD";
  static final String DOGE = "DOGE-USD";
  private static final ObjectMapper JSON = new ObjectMapper();

  final long[] now = {START + 300};
  final Faults faults;
  final CoinbaseSockets sockets;
  final RestGateway rest;
  private final Map<String, SimMarket> desks = new LinkedHashMap<>();

  CoinbaseBench(Fault... faults) {
    this(1, Duration.ofSeconds(110), faults);
  }

  CoinbaseBench(double speed, Duration slowRows, Fault... list) {
    this(speed, slowRows, RandomMarket.LISTED_MS, list);
  }

  CoinbaseBench(double speed, Duration slowRows, long listedMs, Fault... list) {
    faults = new Faults(List.of(list), 1, START);
    for (String symbol : List.of(BTC, DOGE)) {
      RandomMarket market = RandomMarket.of(symbol).withSilence(symbol.equals(DOGE) ? 0.3 : 0);
      Tape tape = Tape.random(1, "coinbase", symbol, market.withListed(listedMs));
      Series series = new Series(tape);
      desks.put(symbol, new SimMarket("coinbase", symbol, series, faults));
    }
    MarketClock clock = new MarketClock(START, START, speed);
    MarketTime time = new MarketTime(clock, () -> clock.realAt(now[0]));
    CoinbaseContext context = new CoinbaseContext(desks, time, faults);
    sockets = new CoinbaseSockets(context);
    SimCoinbaseRest calls = new SimCoinbaseRest(context, slowRows);
    rest =
        new RestGateway(calls, time, faults, new Outage(SimCoinbase.VENUE, faults), Duration.ZERO);
  }

  Series series(String symbol) {
    return desks.get(symbol).series();
  }

  Session open(FakeClientSink outlet) {
    outlet.now = now[0];
    return sockets.open("/", outlet, now[0]);
  }

  /** A connection that hears matches and heartbeats of both products. */
  Session listen(FakeClientSink outlet) {
    Session session = open(outlet);
    session.onText(subscribe(BTC, DOGE), now[0]);
    return session;
  }

  /** Moves time in steps of 100 ms, ticking. */
  void run(long millis, FakeClientSink outlet, Session... sessions) {
    for (long end = now[0] + millis; now[0] < end; ) {
      now[0] = Math.min(end, now[0] + 100);
      outlet.now = now[0];
      for (Session session : sessions) {
        session.onTick(now[0]);
      }
    }
  }

  static String subscribe(String... products) {
    return "{\"type\":\"subscribe\",\"product_ids\":[\"%s\"],\"channels\":[\"matches\",\"heartbeat\"]}"
        .formatted(String.join("\",\"", products));
  }

  SimResponse ask(String target) {
    return ask(target, Map.of("user-agent", "test"));
  }

  SimResponse ask(String target, Map<String, String> headers) {
    int mark = target.indexOf('?');
    Map<String, String> query = new LinkedHashMap<>();
    for (String pair : mark < 0 ? new String[0] : target.substring(mark + 1).split("&", -1)) {
      int equals = pair.indexOf('=');
      query.put(pair.substring(0, equals), pair.substring(equals + 1));
    }
    String path = mark < 0 ? target : target.substring(0, mark);
    return rest.answer(new SimRequest(path, query, headers));
  }

  JsonNode get(String target) {
    return json(ask(target).body());
  }

  static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new AssertionError("not JSON: " + text, e);
    }
  }

  /** The frames of a type, of a product if it is not empty. */
  static List<JsonNode> frames(List<String> sent, String type, String product) {
    return sent.stream()
        .map(CoinbaseBench::json)
        .filter(frame -> frame.path("type").asText().equals(type))
        .filter(frame -> product.isEmpty() || frame.path("product_id").asText().equals(product))
        .toList();
  }
}
