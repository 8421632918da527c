package dev.candles.sim.venue.kraken;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.candles.core.candle.Timeframe;
import dev.candles.sim.venue.ClientSink;
import java.util.Optional;
import java.util.Set;

/** A connection of version 2: requests, acks, errors, ping (kraken.md section 3). */
final class KrakenConnection extends KrakenTalk {
  private static final Set<String> CHANNELS = Set.of("trade", "ohlc", "ticker");

  private final long number;

  KrakenConnection(KrakenContext context, long number, ClientSink outlet, long nowMs) {
    super(context, number, outlet, SimKrakenFrames.HEARTBEAT, nowMs);
    this.number = number;
    say(SimKrakenFrames.status("online", number));
  }

  @Override
  void onRequest(Optional<JsonNode> parsed, boolean tooMany, long nowMs) {
    JsonNode request = parsed.orElseGet(JsonNodeFactory.instance::objectNode);
    String method = request.path("method").asText("");
    String id = request.path("req_id").isIntegralNumber() ? request.path("req_id").asText() : "";
    if (tooMany) {
      say(SimKrakenFrames.error("Exceeded msg rate", cut(method), "", id, nowMs));
    } else if (method.equals("ping")) {
      say(SimKrakenFrames.pong(id, nowMs));
    } else if (method.equals("subscribe") || method.equals("unsubscribe")) {
      change(method, request.path("params"), id, nowMs);
    } else {
      String message = parsed.isEmpty() ? "Malformed request" : "Unsupported method";
      say(SimKrakenFrames.error(message, cut(method), "", id, nowMs));
    }
  }

  @Override
  public void onNotice() {
    say(SimKrakenFrames.status("maintenance", number));
  }

  private void change(String method, JsonNode params, String id, long nowMs) {
    String channel = params.path("channel").asText("");
    if (!CHANNELS.contains(channel)) {
      say(SimKrakenFrames.error("Channel not supported", method, "", id, nowMs));
      return;
    }
    boolean candles = channel.equals("ohlc");
    Optional<Timeframe> timeframe =
        candles ? KrakenIntervals.of(params.path("interval").asText("1")) : Optional.empty();
    if (candles && timeframe.isEmpty()) {
      String message = "Subscription ohlc interval not supported";
      say(SimKrakenFrames.error(message, method, "", id, nowMs));
      return;
    }
    if (params.path("symbol").isEmpty() || params.path("symbol").size() > MOST_NAMES) {
      say(SimKrakenFrames.error("Symbol(s) not found", method, "", id, nowMs));
      return;
    }
    boolean snapshot = params.path("snapshot").asBoolean(!channel.equals("trade"));
    Wish wish = new Wish(method, channel, timeframe, snapshot, id);
    for (JsonNode symbol : params.path("symbol")) {
      change(wish, symbol.asText(""), nowMs);
    }
  }

  private void change(Wish wish, String symbol, long nowMs) {
    Optional<KrakenPair> pair = context().ofSymbol(symbol);
    String key = wish.channel + wish.timeframe.map(Timeframe::label).orElse("") + " " + symbol;
    boolean subscribing = wish.method.equals("subscribe");
    String refusal = "";
    if (pair.isEmpty()) {
      refusal =
          symbol.matches("[^/]+/[^/]+")
              ? "Currency pair not supported " + cut(symbol)
              : "Currency pair not in ISO 4217-A3 format " + cut(symbol);
    } else if (subscribing && has(key)) {
      refusal = "Already subscribed";
    } else if (!subscribing && !has(key)) {
      refusal = "Subscription Not Found";
    } else if (subscribing && isFull()) {
      refusal = "Exceeded msg rate";
    }
    if (!refusal.isEmpty()) {
      say(SimKrakenFrames.error(refusal, wish.method, cut(symbol), wish.id, nowMs));
      return;
    }
    say(SimKrakenFrames.ack(wish.method, wish.result(symbol), wish.id, nowMs));
    if (!subscribing) {
      end(key);
    } else {
      begin(key, feed(wish, pair.get()), nowMs);
    }
  }

  private KrakenFeed feed(Wish wish, KrakenPair pair) {
    if (wish.timeframe.isPresent()) {
      return new KrakenCandleFeed(
          pair, wish.timeframe.get(), outlet(), KrakenWords.SECOND, wish.snapshot);
    }
    return wish.channel.equals("ticker")
        ? new KrakenTickerFeed(pair, outlet(), KrakenWords.SECOND, wish.snapshot)
        : new KrakenTradeFeed(pair, outlet(), KrakenWords.SECOND, wish.snapshot);
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
      String trigger = channel.equals("ticker") ? ",\"event_trigger\":\"trades\"" : "";
      String start = method.equals("subscribe") ? ",\"snapshot\":" + snapshot : "";
      return "\"channel\":\""
          + channel
          + "\""
          + trigger
          + interval
          + start
          + ",\"symbol\":"
          + SimKrakenFrames.quoted(symbol)
          + warnings;
    }
  }
}
