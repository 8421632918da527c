package dev.candles.sim.venue.kraken;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A Kraken without sockets, whose time is moved by hand. */
final class KrakenBench {
  static final long START = 1_767_225_600_000L; // 2026-01-01T00:00Z
  static final String BTC = "BTC/USD";
  static final String DOGE = "DOGE/USD";
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

  final long[] now = {START + 300};
  final Faults faults;
  final KrakenContext context;
  final KrakenSockets sockets;
  final RestGateway rest;

  KrakenBench(Fault... faults) {
    this(false, faults);
  }

  KrakenBench(boolean exclusiveSince, Fault... list) {
    this(exclusiveSince, RandomMarket.LISTED_MS, list);
  }

  KrakenBench(boolean exclusiveSince, long listedMs, Fault... list) {
    this(new KrakenSettings(exclusiveSince, SimKraken.CALL_EVERY), listedMs, list);
  }

  KrakenBench(KrakenSettings settings, long listedMs, Fault... list) {
    faults = new Faults(List.of(list), 1, START);
    List<KrakenPair> pairs = new ArrayList<>();
    for (String symbol : List.of("BTC-USD", "DOGE-USD", "ETH-BTC", "SOL-USD")) {
      RandomMarket market =
          RandomMarket.of(symbol).withSilence(symbol.equals("DOGE-USD") ? 0.3 : 0);
      Series series = new Series(Tape.random(1, "kraken", symbol, market.withListed(listedMs)));
      pairs.add(KrakenPair.of(new SimMarket("kraken", symbol, series, faults)));
    }
    MarketClock clock = new MarketClock(START, START, 1);
    MarketTime time = new MarketTime(clock, () -> clock.realAt(now[0]));
    context = new KrakenContext(pairs, time, faults);
    sockets = new KrakenSockets(context);
    SimKrakenRest calls = new SimKrakenRest(context, settings);
    rest = new RestGateway(calls, time, faults, new Outage(SimKraken.VENUE, faults), Duration.ZERO);
  }

  Series series(String symbol) {
    return context.ofSymbol(symbol).orElseThrow().desk().series();
  }

  Session open(FakeClientSink outlet) {
    outlet.now = now[0];
    return sockets.open("/v2", outlet, now[0]);
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

  static String subscribe(String channel, String more, String... symbols) {
    return "{\"method\":\"subscribe\",\"params\":{\"channel\":\"%s\",\"symbol\":[\"%s\"]%s}}"
        .formatted(channel, String.join("\",\"", symbols), more);
  }

  SimResponse ask(String target) {
    int mark = target.indexOf('?');
    Map<String, String> query = new LinkedHashMap<>();
    for (String pair : mark < 0 ? new String[0] : target.substring(mark + 1).split("&", -1)) {
      int equals = pair.indexOf('=');
      query.put(pair.substring(0, equals), pair.substring(equals + 1));
    }
    String path = "/0/public/" + (mark < 0 ? target : target.substring(0, mark));
    return rest.answer(new SimRequest(path, query, Map.of()));
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

  /** The frames of a channel. */
  static List<JsonNode> frames(List<String> sent, String channel) {
    return sent.stream()
        .filter(frame -> frame.contains("\"channel\":\"" + channel + "\",\"type\""))
        .map(KrakenBench::json)
        .toList();
  }

  /** The rows of all updates of a channel and symbol. */
  static List<JsonNode> updates(List<String> sent, String channel, String symbol) {
    List<JsonNode> rows = new ArrayList<>();
    for (JsonNode frame : frames(sent, channel)) {
      if (frame.path("type").asText().equals("update")) {
        frame.path("data").forEach(rows::add);
      }
    }
    rows.removeIf(row -> !row.path("symbol").asText().equals(symbol));
    return rows;
  }
}
