package dev.candles.sources.venue.coinbase;

import dev.candles.core.candle.Market;
import dev.candles.core.candle.RejectReason;
import dev.candles.core.candle.Trade;
import dev.candles.core.feed.Reject;
import dev.candles.sources.venue.Decimals;
import dev.candles.sources.venue.Decoded;
import dev.candles.sources.venue.JsonValue;
import dev.candles.sources.venue.Symbols;
import dev.candles.sources.venue.TradeText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The feed's messages, both ways: flat objects with a {@code type}. */
final class CoinbaseFrames {
  static final String MATCHES = "matches";

  /** Products of one request; keeps it to one kilobyte, the venue takes "a few". */
  private static final int BATCH = 50;

  private static final int MAX_VALUES = 5_000;

  private static final Set<String> WANTED =
      Set.of(
          "type",
          "product_id",
          "trade_id",
          "price",
          "size",
          "side",
          "time",
          "last_trade_id",
          "channels",
          "message",
          "reason");

  /** Types of the venue's other channels: ticker, level2, status, full, rfq_matches. */
  private static final Set<String> OTHERS =
      Set.of(
          "ticker",
          "snapshot",
          "l2update",
          "status",
          "rfq_match",
          "received",
          "open",
          "done",
          "change",
          "activate",
          "auction",
          "auctionfeed");

  private static final Pattern REFUSED =
      Pattern.compile("([A-Z0-9-]{3,41}) is (?:delisted|not a valid product)");

  private CoinbaseFrames() {}

  /** Requests for both channels of some markets; the first one meets the venue's five seconds. */
  static List<String> requests(String operation, List<Market> markets) {
    List<String> requests = new ArrayList<>();
    for (int from = 0; from < markets.size(); from += BATCH) {
      StringBuilder products = new StringBuilder();
      for (Market market : markets.subList(from, Math.min(markets.size(), from + BATCH))) {
        String name = market.venueSymbol();
        if (!Symbols.isSpot(name)) {
          throw new IllegalArgumentException("not a spot symbol: " + name);
        }
        products.append(products.isEmpty() ? "\"" : ",\"").append(name).append('"');
      }
      requests.add(
          "{\"type\":\""
              + operation
              + "\",\"product_ids\":["
              + products
              + "],\"channels\":[\"matches\",\"heartbeat\"]}");
    }
    return requests;
  }

  /** Decodes one frame; never throws on what it may hold. */
  static void decode(String text, long receivedAtMs, Consumer<Decoded> out) {
    JsonValue frame;
    try {
      frame = JsonValue.parse(text, MAX_VALUES, WANTED);
    } catch (IOException e) {
      boolean markup = text.stripLeading().startsWith("<");
      RejectReason reason = markup ? RejectReason.NOT_THE_VENUE : RejectReason.MALFORMED;
      out.accept(rejected("", "", reason, String.valueOf(e.getMessage()), text, receivedAtMs));
      return;
    }
    if (!frame.isObject()) {
      out.accept(rejected("", "", RejectReason.MALFORMED, "not an object", text, receivedAtMs));
      return;
    }
    String type = frame.field("type").string().orElse("");
    switch (type) {
      case "match", "last_match", "heartbeat" ->
          out.accept(ofProduct(frame, type, text, receivedAtMs));
      case "subscriptions" -> subscriptions(frame, text, receivedAtMs, out);
      case "error" -> out.accept(error(frame, text, receivedAtMs));
      default -> out.accept(other(frame, type, text, receivedAtMs));
    }
  }

  private static Decoded ofProduct(JsonValue frame, String type, String text, long atMs) {
    String symbol = frame.field("product_id").string().orElse("");
    if (!Symbols.isSpot(symbol)) {
      return rejected(symbol, type, RejectReason.UNKNOWN_SYMBOL, symbol, text, atMs);
    }
    return type.equals("heartbeat")
        ? heartbeat(frame, symbol, text, atMs)
        : match(frame, type, symbol, text, atMs);
  }

  /** {@code last_match} is the trade before the subscription, sent once when it begins. */
  private static Decoded match(
      JsonValue frame, String type, String symbol, String text, long atMs) {
    TradeText read = trade(frame, atMs);
    Trade trade = read.trade();
    if (trade == null) {
      return rejected(symbol, MATCHES, read.reason(), read.detail(), text, atMs);
    }
    return new Decoded.Traded(symbol, List.of(trade), type.equals("last_match"));
  }

  /** Reads a trade, on the feed and in REST alike; {@code side} is the maker's in both. */
  static TradeText trade(JsonValue trade, long receivedAtMs) {
    return TradeText.read(
        trade.field("trade_id"),
        trade.field("time"),
        TradeText.isoMillis(trade.field("time")),
        trade.field("price"),
        trade.field("size"),
        TradeText.taker(trade.field("side"), "sell", "buy"),
        receivedAtMs);
  }

  private static Decoded heartbeat(JsonValue frame, String symbol, String text, long atMs) {
    JsonValue last = frame.field("last_trade_id");
    OptionalLong timeMs = TradeText.isoMillis(frame.field("time"));
    String detail = "last_trade_id=" + last + " time=" + frame.field("time");
    if (last.isAbsent() || frame.field("time").isAbsent()) {
      return rejected(symbol, "heartbeat", RejectReason.MISSING_FIELD, detail, text, atMs);
    }
    if (timeMs.isEmpty() || last.literal().filter(Decimals::isWhole).isEmpty()) {
      return rejected(symbol, "heartbeat", RejectReason.WRONG_TYPE, detail, text, atMs);
    }
    if (!TradeText.believable(timeMs.getAsLong(), atMs)) {
      return rejected(symbol, "heartbeat", RejectReason.ABSURD_TIME, detail, text, atMs);
    }
    return new Decoded.LastTrade(symbol, timeMs.getAsLong(), Long.parseLong(last.toString()));
  }

  /** The whole list of what this connection is subscribed to, each time anew. */
  private static void subscriptions(
      JsonValue frame, String text, long atMs, Consumer<Decoded> out) {
    if (!frame.field("channels").isArray()) {
      out.accept(rejected("", "", RejectReason.MISSING_FIELD, "channels", text, atMs));
      return;
    }
    List<Decoded> said = new ArrayList<>();
    for (JsonValue channel : frame.field("channels").elements()) {
      if (channel.field("name").string().orElse("").equals(MATCHES)) {
        for (JsonValue product : channel.field("product_ids").elements()) {
          String symbol = product.toString();
          said.add(
              Symbols.isSpot(symbol)
                  ? new Decoded.Subscribed(symbol)
                  : rejected(symbol, MATCHES, RejectReason.UNKNOWN_SYMBOL, symbol, text, atMs));
        }
      }
    }
    (said.isEmpty() ? List.of(new Decoded.Status("subscriptions")) : said).forEach(out);
  }

  /** The refused product is only in the text; some words announce the end of the connection. */
  private static Decoded error(JsonValue frame, String text, long atMs) {
    String message = frame.field("message").string().orElse("");
    String reason = frame.field("reason").string().orElse("");
    String detail = "message=" + message + " reason=" + reason;
    Matcher refused = REFUSED.matcher(reason);
    if (refused.find() && Symbols.isSpot(refused.group(1))) {
      return new Decoded.Refused(refused.group(1), detail);
    }
    String words = detail.toLowerCase(Locale.ROOT);
    if (words.contains("rate limit") || words.contains("too many")) {
      return new Decoded.Throttled(detail);
    }
    if (words.contains("errslow") || words.contains("message too big")) {
      return new Decoded.Closing(detail);
    }
    return rejected("", "", RejectReason.REFUSED, detail, text, atMs);
  }

  private static Decoded other(JsonValue frame, String type, String text, long atMs) {
    if (OTHERS.contains(type)) {
      return new Decoded.Other(type);
    }
    boolean absent = frame.field("type").isAbsent();
    RejectReason reason = absent ? RejectReason.MISSING_FIELD : RejectReason.UNKNOWN_EVENT;
    return rejected("", type, reason, "type: " + frame.field("type"), text, atMs);
  }

  private static Decoded rejected(
      String symbol, String channel, RejectReason reason, String detail, String text, long atMs) {
    return new Decoded.Rejected(
        new Reject(atMs, Coinbase.NAME, symbol, channel, reason, detail, text));
  }
}
