package dev.candles.sim.venue.kraken;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.candles.core.candle.Timeframe;
import dev.candles.sim.venue.ClientSink;
import java.util.Optional;
import java.util.Set;

/**
 * A connection of version 1, which older clients speak: channels trade, ohlc and ticker, no
 * snapshots but a ticker at once.
 */
final class KrakenOldConnection extends KrakenTalk {
  private static final Set<String> CHANNELS = Set.of("trade", "ohlc", "ticker");

  private final long number;

  KrakenOldConnection(KrakenContext context, long number, ClientSink outlet, long nowMs) {
    super(context, number, outlet, KrakenOldFrames.HEARTBEAT, nowMs);
    this.number = number;
    say(KrakenOldFrames.status("online", number));
  }

  @Override
  void onRequest(Optional<JsonNode> parsed, boolean tooMany, long nowMs) {
    JsonNode request = parsed.orElseGet(JsonNodeFactory.instance::objectNode);
    String event = request.path("event").asText("");
    String id = request.path("reqid").isIntegralNumber() ? request.path("reqid").asText() : "";
    if (tooMany) {
      say(KrakenOldFrames.error("Exceeded msg rate", id));
    } else if (event.equals("ping")) {
      say(KrakenOldFrames.pong(id));
    } else if (event.equals("subscribe") || event.equals("unsubscribe")) {
      change(event.equals("subscribe"), request, id, nowMs);
    } else {
      say(KrakenOldFrames.error(parsed.isEmpty() ? "Malformed request" : "Unsupported event", id));
    }
  }

  @Override
  public void onNotice() {
    say(KrakenOldFrames.status("maintenance", number));
  }

  private void change(boolean subscribing, JsonNode request, String id, long nowMs) {
    String name = request.at("/subscription/name").asText("");
    String interval = request.at("/subscription/interval").asText("1");
    Optional<Timeframe> timeframe =
        name.equals("ohlc") ? KrakenIntervals.of(interval) : Optional.empty();
    String asked =
        "{"
            + timeframe.map(t -> "\"interval\":" + t.baseIntervals() + ",").orElse("")
            + "\"name\":"
            + SimKrakenFrames.quoted(cut(name))
            + "}";
    Wish wish = new Wish(subscribing, name, timeframe, asked, id);
    JsonNode pairs = request.path("pair");
    if (pairs.isEmpty() || pairs.size() > MOST_NAMES) {
      say(KrakenOldFrames.refusal("Pair field must be an array", "", asked, id));
      return;
    }
    for (JsonNode pair : pairs) {
      change(wish, pair.asText(""), nowMs);
    }
  }

  private void change(Wish wish, String name, long nowMs) {
    Optional<KrakenPair> pair = context().ofOldName(name);
    String key = wish.channel() + " " + name;
    String refusal = "";
    if (!CHANNELS.contains(wish.name)) {
      refusal = "Subscription name invalid";
    } else if (wish.name.equals("ohlc") && wish.timeframe.isEmpty()) {
      refusal = "Subscription ohlc interval not supported";
    } else if (pair.isEmpty()) {
      refusal = "Currency pair not supported " + cut(name);
    } else if (!wish.subscribing && !has(key)) {
      refusal = "Subscription Not Found";
    } else if (wish.subscribing && isFull()) {
      refusal = "Exceeded msg rate";
    }
    if (!refusal.isEmpty() || pair.isEmpty()) {
      say(KrakenOldFrames.refusal(refusal, cut(name), wish.asked, wish.id));
      return;
    }
    String status = wish.subscribing ? "subscribed" : "unsubscribed";
    say(KrakenOldFrames.subscription(status, wish.channel(), name, wish.asked, wish.id));
    if (!wish.subscribing) {
      end(key);
    } else if (!has(key)) {
      begin(key, feed(wish, pair.get()), nowMs);
    }
  }

  private KrakenFeed feed(Wish wish, KrakenPair pair) {
    if (wish.timeframe.isPresent()) {
      return new KrakenCandleFeed(pair, wish.timeframe.get(), outlet(), KrakenWords.FIRST, false);
    }
    return wish.name.equals("ticker")
        ? new KrakenTickerFeed(pair, outlet(), KrakenWords.FIRST, true)
        : new KrakenTradeFeed(pair, outlet(), KrakenWords.FIRST, false);
  }

  /** What a request wants for each of its pairs. */
  private record Wish(
      boolean subscribing, String name, Optional<Timeframe> timeframe, String asked, String id) {

    String channel() {
      return name + timeframe.map(t -> "-" + t.baseIntervals()).orElse("");
    }
  }
}
