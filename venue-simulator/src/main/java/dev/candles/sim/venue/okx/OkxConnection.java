package dev.candles.sim.venue.okx;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.candles.sim.fault.Fault;
import dev.candles.sim.fault.FaultKind;
import dev.candles.sim.venue.ClientSink;
import dev.candles.sim.venue.RateWindow;
import dev.candles.sim.venue.Session;
import dev.candles.text.Cut;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** One connection: requests, acks, errors, ping, and its subscriptions (okx.md section 3). */
final class OkxConnection implements Session {
  static final int NO_DATA = 4004;
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long SILENCE_MS = 30_000;
  private static final long HOUR_MS = 3_600_000;
  private static final int REQUESTS_PER_HOUR = 480;
  private static final int MAX_ARGS_BYTES = 65_536;
  private static final int MAX_SUBSCRIPTIONS = 10_000;
  private static final int MAX_QUOTED = 512;

  private final OkxContext context;
  private final boolean business;
  private final String connId;
  private final long number;
  private final ClientSink outlet;
  private final Map<String, OkxFeed> feeds = new LinkedHashMap<>();
  private final RateWindow requests = new RateWindow(REQUESTS_PER_HOUR, HOUR_MS);
  private long lastSignMs;

  OkxConnection(OkxContext context, boolean business, long number, ClientSink outlet, long nowMs) {
    this.context = context;
    this.business = business;
    this.number = number;
    this.outlet = outlet;
    connId = String.format(Locale.ROOT, "%08x", (int) (number * 0x9E3779B1L) ^ 0xa4d3ae55);
    lastSignMs = nowMs;
  }

  @Override
  public void onText(String text, long nowMs) {
    if (text.equals("ping")) {
      lastSignMs = nowMs;
      outlet.control("pong");
      return;
    }
    Optional<JsonNode> request = parse(text);
    if (request.isEmpty()) {
      invalid("", text);
      return;
    }
    String id = request.get().path("id").asText("");
    String op = request.get().path("op").asText("");
    JsonNode args = request.get().path("args");
    if (op.isEmpty() || !args.isArray() || args.isEmpty() || tooLong(args)) {
      invalid(id, text);
    } else if (!op.equals("subscribe") && !op.equals("unsubscribe")) {
      outlet.control(SimOkxFrames.error(id, 60019, "Invalid op: " + cut(op), connId));
    } else if (!requests.take(nowMs)) {
      outlet.control(SimOkxFrames.error(id, 60014, "Requests too frequent", connId));
    } else {
      args.forEach(arg -> change(id, op, arg, nowMs));
    }
  }

  @Override
  public void onTick(long nowMs) {
    for (OkxFeed feed : feeds.values()) {
      if (feed.tick(nowMs) && outlet.flows(nowMs)) {
        lastSignMs = nowMs;
      }
    }
    if (nowMs - lastSignMs > context.time().patience(SILENCE_MS)) {
      outlet.close(NO_DATA, "no data received in 30s");
    }
  }

  @Override
  public void onNotice() {
    if (!business) { // documented for public only
      outlet.control(SimOkxFrames.notice(connId));
    }
  }

  /** The candle subscriptions of a market. */
  Stream<OkxCandleFeed> candleFeeds(OkxMarket market) {
    return feeds.values().stream()
        .filter(OkxCandleFeed.class::isInstance)
        .map(OkxCandleFeed.class::cast)
        .filter(feed -> feed.market().equals(market));
  }

  private void change(String id, String op, JsonNode arg, long nowMs) {
    String channel = arg.path("channel").asText("");
    String instId = arg.path("instId").asText("");
    if (channel.isEmpty() || instId.isEmpty()) {
      outlet.control(SimOkxFrames.error(id, 60013, "Invalid args", connId));
      return;
    }
    Optional<OkxFeed> feed = feed(channel, instId);
    if (feed.isEmpty() || feeds.size() >= MAX_SUBSCRIPTIONS) {
      refuse(id, channel, instId);
      return;
    }
    String key = SimOkxFrames.arg(channel, instId);
    outlet.control(SimOkxFrames.ack(id, op, key, connId));
    if (op.equals("unsubscribe")) {
      feeds.remove(key);
      return;
    }
    if (feeds.isEmpty()) {
      context
          .faults()
          .strike(FaultKind.ACK_THEN_SILENCE, SimOkx.VENUE, null, number, nowMs)
          .map(Fault::duration)
          .ifPresent(duration -> outlet.silence(nowMs + duration.toMillis()));
    }
    feeds.put(key, feed.get());
    feed.get().start(nowMs);
    lastSignMs = outlet.flows(nowMs) ? nowMs : lastSignMs;
  }

  private Optional<OkxFeed> feed(String channel, String instId) {
    OkxMarket market = context.markets().get(instId);
    if (market == null) {
      return Optional.empty();
    }
    if (channel.equals(business ? "trades-all" : "trades")) {
      return Optional.of(new OkxTradeFeed(market, channel, outlet));
    }
    if (channel.equals("tickers") && !business) {
      return Optional.of(new OkxTickerFeed(market, channel, outlet));
    }
    return business
        ? OkxChannel.ofChannel(channel).map(c -> new OkxCandleFeed(context, market, c, outlet))
        : Optional.empty();
  }

  private void refuse(String id, String channel, String instId) {
    String name = cut(channel) + ",instId:" + cut(instId);
    boolean ofPublic = channel.equals("trades") || channel.equals("tickers");
    if (business && ofPublic && context.markets().containsKey(instId)) {
      String message = "Wrong URL: channel:" + name + " isn't supported by /business.";
      outlet.control(SimOkxFrames.error(id, 64002, message, connId));
      return;
    }
    String message =
        "Subscribe failed, wrong URL or channel:"
            + name
            + " doesn't exist. Please use the correct URL, channel and parameters referring to API"
            + " document.";
    outlet.control(SimOkxFrames.error(id, 60018, message, connId));
  }

  private void invalid(String id, String text) {
    outlet.control(SimOkxFrames.error(id, 60012, "Invalid request: " + cut(text), connId));
  }

  private static Optional<JsonNode> parse(String text) {
    try {
      return Optional.ofNullable(JSON.readTree(text)).filter(JsonNode::isObject);
    } catch (JsonProcessingException e) {
      return Optional.empty(); // answered with error 60012
    }
  }

  private static boolean tooLong(JsonNode args) {
    return args.toString().getBytes(StandardCharsets.UTF_8).length > MAX_ARGS_BYTES;
  }

  private static String cut(String text) {
    return Cut.to(MAX_QUOTED, text);
  }
}
