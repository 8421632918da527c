package dev.candles.sim.venue.kraken;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.candles.core.candle.Timeframe;
import dev.candles.sim.fault.Fault;
import dev.candles.sim.fault.FaultKind;
import dev.candles.sim.venue.Outlet;
import dev.candles.sim.venue.RateWindow;
import dev.candles.sim.venue.Session;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** One connection: requests, acks, errors, ping, heartbeats and its feeds (kraken.md section 3). */
final class KrakenConnection implements Session {
  static final int NORMAL = 1000;
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long IDLE_MS = 60_000;
  private static final long SECOND = 1_000;
  private static final long BEAT_REAL_MS = 50;
  private static final int REQUESTS_PER_SECOND = 50;
  private static final int MAX_FEEDS = 10_000;
  private static final int MAX_QUOTED = 64;

  private final KrakenContext context;
  private final long number;
  private final Outlet outlet;
  private final long beatMs;
  private final RateWindow requests = new RateWindow(REQUESTS_PER_SECOND, SECOND);
  private final Map<String, KrakenFeed> feeds = new LinkedHashMap<>();
  private boolean asked;
  private long lastSignMs;
  private long lastBeatMs;

  KrakenConnection(KrakenContext context, long number, Outlet outlet, long nowMs) {
    this.context = context;
    this.number = number;
    this.outlet = outlet;
    beatMs = Math.max(SECOND, context.time().clock().marketDuration(BEAT_REAL_MS));
    lastSignMs = nowMs;
    outlet.control(KrakenFrames.status("online", number));
  }

  @Override
  public void onText(String text, long nowMs) {
    lastSignMs = nowMs;
    Optional<JsonNode> parsed = parse(text);
    JsonNode request = parsed.orElseGet(JSON::createObjectNode);
    String method = request.path("method").asText("");
    String id = request.path("req_id").isIntegralNumber() ? request.path("req_id").asText() : "";
    if (!requests.take(nowMs)) {
      outlet.control(KrakenFrames.error("Exceeded msg rate", cut(method), "", id, nowMs));
    } else if (method.equals("ping")) {
      outlet.control(KrakenFrames.pong(id, nowMs));
    } else if (method.equals("subscribe") || method.equals("unsubscribe")) {
      change(method, request.path("params"), id, nowMs);
    } else {
      String message = parsed.isEmpty() ? "Malformed request" : "Unsupported method";
      outlet.control(KrakenFrames.error(message, cut(method), "", id, nowMs));
    }
  }

  @Override
  public void onTick(long nowMs) {
    feeds.values().forEach(feed -> feed.tick(nowMs));
    if (!feeds.isEmpty()) {
      lastSignMs = nowMs;
      if (nowMs - lastBeatMs >= beatMs) {
        lastBeatMs = nowMs;
        outlet.control(KrakenFrames.HEARTBEAT);
      }
    } else if (nowMs - lastSignMs > context.time().clock().deadline(IDLE_MS)) {
      outlet.close(NORMAL, "");
    }
  }

  @Override
  public void onNotice() {
    outlet.control(KrakenFrames.status("maintenance", number));
  }

  /** The connection is gone. */
  void leave() {
    feeds.values().forEach(KrakenFeed::leave);
  }

  private void change(String method, JsonNode params, String id, long nowMs) {
    String channel = params.path("channel").asText("");
    if (!channel.equals("trade") && !channel.equals("ohlc")) {
      outlet.control(KrakenFrames.error("Channel not supported", method, "", id, nowMs));
      return;
    }
    boolean candles = channel.equals("ohlc");
    Optional<Timeframe> timeframe =
        candles ? KrakenIntervals.of(params.path("interval").asText("1")) : Optional.empty();
    if (candles && timeframe.isEmpty()) {
      String message = "Subscription ohlc interval not supported";
      outlet.control(KrakenFrames.error(message, method, "", id, nowMs));
      return;
    }
    if (params.path("symbol").isEmpty()) {
      outlet.control(KrakenFrames.error("Symbol(s) not found", method, "", id, nowMs));
      return;
    }
    boolean snapshot = params.path("snapshot").asBoolean(candles);
    Wish wish = new Wish(method, channel, timeframe, snapshot, id);
    for (JsonNode symbol : params.path("symbol")) {
      change(wish, symbol.asText(""), nowMs);
    }
  }

  private void change(Wish wish, String symbol, long nowMs) {
    Optional<KrakenPair> pair = context.ofSymbol(symbol);
    String key = wish.channel + wish.timeframe.map(Timeframe::label).orElse("") + " " + symbol;
    boolean subscribing = wish.method.equals("subscribe");
    String refusal = "";
    if (pair.isEmpty()) {
      refusal =
          symbol.matches("[^/]+/[^/]+")
              ? "Currency pair not supported " + cut(symbol)
              : "Currency pair not in ISO 4217-A3 format " + cut(symbol);
    } else if (subscribing && feeds.containsKey(key)) {
      refusal = "Already subscribed";
    } else if (!subscribing && !feeds.containsKey(key)) {
      refusal = "Subscription Not Found";
    } else if (subscribing && feeds.size() >= MAX_FEEDS) {
      refusal = "Exceeded msg rate";
    }
    if (!refusal.isEmpty()) {
      outlet.control(KrakenFrames.error(refusal, wish.method, cut(symbol), wish.id, nowMs));
      return;
    }
    outlet.control(KrakenFrames.ack(wish.method, wish.result(symbol), wish.id, nowMs));
    if (!subscribing) {
      Optional.ofNullable(feeds.remove(key)).ifPresent(KrakenFeed::leave);
    } else {
      begin(key, wish, pair.get(), nowMs);
    }
  }

  private void begin(String key, Wish wish, KrakenPair pair, long nowMs) {
    if (!asked) {
      asked = true;
      context
          .faults()
          .strike(FaultKind.ACK_THEN_SILENCE, Kraken.VENUE, null, number, nowMs)
          .map(Fault::duration)
          .ifPresent(duration -> outlet.silence(nowMs + duration.toMillis()));
    }
    KrakenFeed feed =
        wish.timeframe
            .<KrakenFeed>map(t -> new KrakenCandleFeed(pair, t, outlet, wish.snapshot))
            .orElseGet(() -> new KrakenTradeFeed(pair, outlet, wish.snapshot));
    feeds.put(key, feed);
    feed.start(nowMs);
  }

  private static Optional<JsonNode> parse(String text) {
    try {
      return Optional.ofNullable(JSON.readTree(text)).filter(JsonNode::isObject);
    } catch (JsonProcessingException e) {
      return Optional.empty(); // answered with an error
    }
  }

  private static String cut(String text) {
    return text.length() <= MAX_QUOTED ? text : text.substring(0, MAX_QUOTED);
  }

  /** What a request wants for each of its symbols. */
  private record Wish(
      String method, String channel, Optional<Timeframe> timeframe, boolean snapshot, String id) {

    /** The members of an ack's result. */
    String result(String symbol) {
      String interval = timeframe.map(t -> ",\"interval\":" + t.baseIntervals()).orElse("");
      String warnings =
          timeframe.isPresent() && method.equals("subscribe")
              ? ",\"warnings\":[\"timestamp is deprecated, use interval_begin\"]"
              : "";
      String start = method.equals("subscribe") ? ",\"snapshot\":" + snapshot : "";
      return "\"channel\":\""
          + channel
          + "\""
          + interval
          + start
          + ",\"symbol\":"
          + KrakenFrames.quoted(symbol)
          + warnings;
    }
  }
}
