package dev.candles.sim.venue.kraken;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.candles.sim.fault.Fault;
import dev.candles.sim.fault.FaultKind;
import dev.candles.sim.venue.ClientSink;
import dev.candles.sim.venue.RateWindow;
import dev.candles.sim.venue.Session;
import dev.candles.text.Cut;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What both versions of the WebSocket have in common: rates, heartbeats, the end of an idle one.
 */
abstract class KrakenTalk implements Session {
  static final int NORMAL = 1000;

  /** More than the venue has pairs. */
  static final int MOST_NAMES = 1_500;

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long IDLE_MS = 60_000;
  private static final long SECOND = 1_000;
  private static final long BEAT_REAL_MS = 50;
  private static final int REQUESTS_PER_SECOND = 50;
  private static final int MAX_FEEDS = 10_000;
  private static final int MAX_QUOTED = 64;

  private final KrakenContext context;
  private final long number;
  private final ClientSink outlet;
  private final String heartbeat;
  private final long beatMs;
  private final RateWindow requests = new RateWindow(REQUESTS_PER_SECOND, SECOND);
  private final Map<String, KrakenFeed> feeds = new LinkedHashMap<>();
  private boolean asked;
  private long lastSignMs;
  private long lastBeatMs;

  /**
   * @param number counts the venue's connections
   * @param heartbeat the frame that says nothing else
   */
  KrakenTalk(KrakenContext context, long number, ClientSink outlet, String heartbeat, long nowMs) {
    this.context = context;
    this.number = number;
    this.outlet = outlet;
    this.heartbeat = heartbeat;
    beatMs = Math.max(SECOND, context.time().clock().marketDuration(BEAT_REAL_MS));
    lastSignMs = nowMs;
  }

  /** A request came; {@code tooMany} if it is one too many of this second. */
  abstract void onRequest(Optional<JsonNode> request, boolean tooMany, long nowMs);

  @Override
  public final void onText(String text, long nowMs) {
    lastSignMs = nowMs;
    onRequest(parse(text), !requests.take(nowMs), nowMs);
  }

  @Override
  public final void onTick(long nowMs) {
    feeds.values().forEach(feed -> feed.tick(nowMs));
    if (!feeds.isEmpty()) {
      lastSignMs = nowMs;
      if (nowMs - lastBeatMs >= beatMs) {
        lastBeatMs = nowMs;
        outlet.control(heartbeat);
      }
    } else if (nowMs - lastSignMs > context.time().patience(IDLE_MS)) {
      outlet.close(NORMAL, "");
    }
  }

  /** The connection is gone. */
  final void leave() {
    feeds.values().forEach(KrakenFeed::leave);
  }

  final KrakenContext context() {
    return context;
  }

  final ClientSink outlet() {
    return outlet;
  }

  final void say(String frame) {
    outlet.control(frame);
  }

  final boolean has(String key) {
    return feeds.containsKey(key);
  }

  final boolean isFull() {
    return feeds.size() >= MAX_FEEDS;
  }

  final void begin(String key, KrakenFeed feed, long nowMs) {
    if (!asked) {
      asked = true;
      context
          .faults()
          .strike(FaultKind.ACK_THEN_SILENCE, SimKraken.VENUE, null, number, nowMs)
          .map(Fault::duration)
          .ifPresent(duration -> outlet.silence(nowMs + duration.toMillis()));
    }
    feeds.put(key, feed);
    feed.start(nowMs);
  }

  final void end(String key) {
    Optional.ofNullable(feeds.remove(key)).ifPresent(KrakenFeed::leave);
  }

  static String cut(String text) {
    return Cut.to(MAX_QUOTED, text);
  }

  private static Optional<JsonNode> parse(String text) {
    try {
      return Optional.ofNullable(JSON.readTree(text)).filter(JsonNode::isObject);
    } catch (JsonProcessingException e) {
      return Optional.empty(); // answered with an error
    }
  }
}
