package dev.candles.sources.venue.kraken;

import dev.candles.core.candle.Market;
import dev.candles.core.candle.RejectReason;
import dev.candles.core.candle.Trade;
import dev.candles.core.feed.Reject;
import dev.candles.sources.venue.Decoded;
import dev.candles.sources.venue.JsonValue;
import dev.candles.sources.venue.TradeText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** The feed's messages, both ways: requests with a {@code method}, data with a {@code channel}. */
final class KrakenFrames {
  static final String TRADE = "trade";
  private static final int BATCH = 50;
  private static final int MAX_VALUES = 50_000;

  /** A frame holds the fills of one order, or a snapshot of 50. */
  private static final int MAX_TRADES = 5_000;

  private static final Set<String> WANTED =
      Set.of("channel", "type", "data", "method", "success", "error", "symbol", "result");

  private static final Set<String> OTHERS =
      Set.of("ohlc", "book", "ticker", "instrument", "level3", "executions", "balances");

  private static final Set<String> SYSTEMS =
      Set.of("online", "maintenance", "cancel_only", "post_only", "limit_only", "reduce_only");

  private KrakenFrames() {}

  /** Requests for the trades of some markets; the latest ones come at once, as a snapshot. */
  static List<String> requests(String operation, List<Market> markets) {
    List<String> requests = new ArrayList<>();
    String snapshot = operation.equals("subscribe") ? ",\"snapshot\":true" : "";
    for (int from = 0; from < markets.size(); from += BATCH) {
      StringBuilder symbols = new StringBuilder();
      for (Market market : markets.subList(from, Math.min(markets.size(), from + BATCH))) {
        String name = market.venueSymbol();
        if (KrakenPairs.canonical(name).isEmpty()) {
          throw new IllegalArgumentException("not a pair: " + name);
        }
        symbols.append(symbols.isEmpty() ? "\"" : ",\"").append(name).append('"');
      }
      requests.add(
          "{\"method\":\""
              + operation
              + "\",\"params\":{\"channel\":\"trade\",\"symbol\":["
              + symbols
              + "]"
              + snapshot
              + "}}");
    }
    return requests;
  }

  /** Decodes one frame; never throws on what it may hold. */
  static void decode(String text, long receivedAtMs, Consumer<Decoded> out) {
    Rejects rejects = new Rejects(text, receivedAtMs);
    JsonValue frame;
    try {
      frame = JsonValue.parse(text, MAX_VALUES, WANTED);
    } catch (IOException e) {
      boolean markup = text.stripLeading().startsWith("<");
      RejectReason reason = markup ? RejectReason.NOT_THE_VENUE : RejectReason.MALFORMED;
      out.accept(rejects.of("", reason, String.valueOf(e.getMessage())));
      return;
    }
    if (!frame.isObject()) {
      out.accept(rejects.of("", RejectReason.MALFORMED, "not an object"));
    } else if (asksToSlowDown(frame)) {
      out.accept(new Decoded.Throttled(frame.field("error").toString()));
    } else if (!frame.field("method").isAbsent()) {
      out.accept(reply(frame, rejects));
    } else if (frame.field("channel").toString().equals(TRADE)) {
      trades(frame, rejects, receivedAtMs, out);
    } else {
      out.accept(channel(frame, rejects));
    }
  }

  private static Decoded reply(JsonValue frame, Rejects rejects) {
    String method = frame.field("method").toString();
    boolean done = frame.field("success").isTrue();
    String error = frame.field("error").toString();
    return switch (method) {
      case "pong" -> new Decoded.Alive();
      case "subscribe" -> done ? subscribed(frame, rejects) : refused(frame, rejects);
      case "unsubscribe" ->
          done ? new Decoded.Status(method) : rejects.of("", RejectReason.REFUSED, error);
      default -> rejects.of("", RejectReason.UNKNOWN_EVENT, "method: " + method);
    };
  }

  /** Whatever it answers, to whatever; neither wording nor shape is documented. */
  private static boolean asksToSlowDown(JsonValue frame) {
    if (frame.field("error").isAbsent()) {
      return false; // as in nearly all
    }
    String words = frame.field("error").toString().toLowerCase(Locale.ROOT);
    return !frame.field("success").isTrue()
        && (words.contains("msg rate")
            || words.contains("rate limit")
            || words.contains("too many requests"));
  }

  private static Decoded subscribed(JsonValue frame, Rejects rejects) {
    String channel = frame.field("result").field("channel").toString();
    if (!channel.equals(TRADE)) {
      return OTHERS.contains(channel)
          ? new Decoded.Other(channel)
          : rejects.of("", RejectReason.UNKNOWN_CHANNEL, "ack of " + channel);
    }
    String name = frame.field("result").field("symbol").toString();
    Optional<String> symbol = KrakenPairs.canonical(name);
    return symbol.isPresent()
        ? new Decoded.Subscribed(symbol.get())
        : rejects.of(name, RejectReason.UNKNOWN_SYMBOL, "ack of " + name);
  }

  /** One frame per symbol; the wordings but the first are not documented. */
  private static Decoded refused(JsonValue frame, Rejects rejects) {
    String error = frame.field("error").toString();
    String words = error.toLowerCase(Locale.ROOT);
    String name = frame.field("symbol").string().orElse("");
    Optional<String> symbol = KrakenPairs.canonical(name);
    if (symbol.isPresent() && words.startsWith("currency pair not")) {
      return new Decoded.Refused(symbol.get(), error);
    }
    if (symbol.isPresent() && words.startsWith("already subscribed")) {
      return new Decoded.Subscribed(symbol.get());
    }
    return rejects.of(name, RejectReason.REFUSED, error);
  }

  private static Decoded channel(JsonValue frame, Rejects rejects) {
    String channel = frame.field("channel").string().orElse("");
    JsonValue data = frame.field("data");
    if (channel.equals("heartbeat")) {
      return new Decoded.Alive();
    }
    if (channel.equals("status")) {
      String system = data.element(0).field("system").toString();
      return SYSTEMS.contains(system)
          ? new Decoded.Status(system) // the connection stays, even while nothing trades
          : rejects.of("", RejectReason.UNKNOWN_EVENT, "system: " + system);
    }
    if (frame.field("channel").isAbsent()) {
      return rejects.of("", RejectReason.MISSING_FIELD, "channel");
    }
    if (!OTHERS.contains(channel)) {
      return rejects.of("", RejectReason.UNKNOWN_CHANNEL, "channel: " + frame.field("channel"));
    }
    return data.isArray() || data.isObject()
        ? new Decoded.Other(channel)
        : rejects.of("", RejectReason.MISSING_FIELD, "data: " + data);
  }

  private static void trades(
      JsonValue frame, Rejects rejects, long receivedAtMs, Consumer<Decoded> out) {
    String type = frame.field("type").toString();
    List<JsonValue> rows = frame.field("data").elements();
    if (!type.equals("snapshot") && !type.equals("update")) {
      out.accept(rejects.of("", RejectReason.UNKNOWN_EVENT, "type: " + type));
    } else if (!frame.field("data").isArray()) {
      out.accept(rejects.of("", RejectReason.MISSING_FIELD, "data: " + frame.field("data")));
    } else if (rows.size() > MAX_TRADES) {
      out.accept(rejects.of("", RejectReason.TOO_LARGE, "trades: " + rows.size()));
    } else if (rows.isEmpty()) {
      out.accept(new Decoded.Alive()); // the snapshot of a market that never traded
    } else {
      Map<String, List<Trade>> bySymbol = new LinkedHashMap<>();
      for (JsonValue row : rows) {
        trade(row, rejects, receivedAtMs, bySymbol).ifPresent(out);
      }
      bySymbol.forEach(
          (symbol, trades) -> {
            trades.sort(Comparator.comparingLong(Trade::id));
            out.accept(new Decoded.Traded(symbol, trades, type.equals("snapshot")));
          });
    }
  }

  /** Adds the trade of {@code row} to those of its symbol, or says why there is none. */
  private static Optional<Decoded> trade(
      JsonValue row, Rejects rejects, long receivedAtMs, Map<String, List<Trade>> bySymbol) {
    String name = row.field("symbol").string().orElse("");
    Optional<String> symbol = KrakenPairs.canonical(name);
    if (symbol.isEmpty()) {
      return Optional.of(rejects.of(name, RejectReason.UNKNOWN_SYMBOL, "symbol: " + name));
    }
    TradeText read =
        TradeText.read(
            row.field("trade_id"),
            row.field("timestamp"),
            TradeText.isoMillis(row.field("timestamp")),
            row.field("price"),
            row.field("qty"),
            TradeText.taker(row.field("side"), "buy", "sell"),
            receivedAtMs);
    Trade trade = read.trade();
    if (trade == null) {
      return Optional.of(rejects.of(symbol.get(), read.reason(), read.detail()));
    }
    bySymbol.computeIfAbsent(symbol.get(), s -> new ArrayList<>()).add(trade);
    return Optional.empty();
  }

  /** Makes the rejects of one frame. */
  private record Rejects(String frame, long atMs) {
    Decoded of(String symbol, RejectReason reason, String detail) {
      return new Decoded.Rejected(
          new Reject(atMs, Kraken.NAME, symbol, TRADE, reason, detail, frame));
    }
  }
}
