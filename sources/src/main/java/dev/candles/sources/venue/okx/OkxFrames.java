package dev.candles.sources.venue.okx;

import dev.candles.core.candle.Candle;
import dev.candles.core.candle.Evidence;
import dev.candles.core.candle.Market;
import dev.candles.core.candle.RejectReason;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.feed.CompletedInterval;
import dev.candles.core.feed.Reject;
import dev.candles.sources.venue.Decoded;
import dev.candles.sources.venue.Symbols;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The feed's messages, both ways: {@code /ws/v5/business}, channel {@code candle1m}. */
final class OkxFrames {
  static final String CHANNEL = "candle1m";

  /** The venue allows 64 KB of arguments per request; small ones keep its answers small too. */
  private static final int MAX_REQUEST_CHARS = 16_000;

  /** The feed pushes one row, at most a few; more is not the feed we know. */
  private static final int MAX_ROWS = 500;

  /** Said on another address than that of candles, and of a symbol that does not exist. */
  private static final String WRONG_ADDRESS = "60018";

  private static final String WRONG_ADDRESS_HINT =
      "no such market, or ws_url is not the address that ends in /ws/v5/business: ";

  /** Codes that say that a channel or symbol does not exist here. */
  private static final Set<String> REFUSALS = Set.of(WRONG_ADDRESS, "64002", "60008");

  /** The venue's other public channels; {@code instruments} and {@code status} name no market. */
  private static final Pattern OTHERS =
      Pattern.compile(
          "candle[0-9]{1,2}[smHDWM](utc)?|trades|trades-all|tickers|instruments|status"
              + "|books|books5|bbo-tbt"
              + "|books-l2-tbt|books50-l2-tbt|option-trades|open-interest|funding-rate|price-limit"
              + "|mark-price|index-tickers|(mark-price|index)-candle[0-9]{1,2}[smHDWM](utc)?");

  private static final Pattern REFUSED =
      Pattern.compile("channel:([A-Za-z0-9-]{1,40}),instId:([A-Z0-9-]{1,80})");

  private OkxFrames() {}

  /** Requests for some markets: {@code subscribe} or {@code unsubscribe}, many arguments each. */
  static List<String> requests(String operation, List<Market> markets) {
    List<String> requests = new ArrayList<>();
    StringBuilder arguments = new StringBuilder();
    for (Market market : markets) {
      if (arguments.length() > MAX_REQUEST_CHARS) {
        requests.add(request(operation, arguments));
        arguments.setLength(0);
      }
      arguments.append(arguments.isEmpty() ? "" : ",").append(argument(market));
    }
    if (!arguments.isEmpty()) {
      requests.add(request(operation, arguments));
    }
    return requests;
  }

  private static String request(String operation, StringBuilder arguments) {
    return "{\"op\":\"" + operation + "\",\"args\":[" + arguments + "]}";
  }

  private static String argument(Market market) {
    if (!Symbols.isSpot(market.venueSymbol())) {
      throw new IllegalArgumentException("not a spot symbol: " + market.venueSymbol());
    }
    return "{\"channel\":\"" + CHANNEL + "\",\"instId\":\"" + market.venueSymbol() + "\"}";
  }

  /** Decodes one frame; never throws on what it may hold. */
  static void decode(String frame, long receivedAtMs, Consumer<Decoded> out) {
    if (frame.equals("pong")) {
      out.accept(new Decoded.Alive());
      return;
    }
    Decoded usual = OkxRowFrame.read(frame, receivedAtMs);
    if (usual == null) {
      parse(frame, receivedAtMs, out);
    } else {
      out.accept(usual);
    }
  }

  /** Decodes whatever a JSON parser can read; only here a frame is rejected. */
  static void parse(String frame, long receivedAtMs, Consumer<Decoded> out) {
    OkxEnvelope envelope;
    try {
      envelope = OkxEnvelope.parse(frame);
    } catch (IOException e) {
      boolean markup = frame.stripLeading().startsWith("<");
      RejectReason reason = markup ? RejectReason.NOT_THE_VENUE : RejectReason.MALFORMED;
      out.accept(rejected(null, reason, String.valueOf(e.getMessage()), frame, receivedAtMs));
      return;
    }
    if (envelope.event != null) {
      out.accept(event(envelope, envelope.event, frame, receivedAtMs));
    } else {
      rows(envelope, frame, receivedAtMs, out);
    }
  }

  private static Decoded event(OkxEnvelope envelope, String event, String frame, long atMs) {
    String detail = "code=" + envelope.code + " msg=" + envelope.message();
    return switch (event) {
      case "subscribe" -> subscribed(envelope, frame, atMs);
      case "unsubscribe" -> new Decoded.Status(event);
      case "notice" ->
          "64008".equals(envelope.code)
              ? new Decoded.Closing(detail)
              : rejected(envelope, RejectReason.UNKNOWN_EVENT, detail, frame, atMs);
      case "error" -> error(envelope, detail, frame, atMs);
      default -> rejected(envelope, RejectReason.UNKNOWN_EVENT, event, frame, atMs);
    };
  }

  private static Decoded subscribed(OkxEnvelope envelope, String frame, long atMs) {
    if (CHANNEL.equals(envelope.channel) && envelope.instrument != null) {
      return new Decoded.Subscribed(envelope.instrument);
    }
    return envelope.channel != null && OTHERS.matcher(envelope.channel).matches()
        ? new Decoded.Other(envelope.channel)
        : rejected(envelope, RejectReason.UNKNOWN_CHANNEL, "ack", frame, atMs);
  }

  /** The refused argument is only in the text of the message (recorded 2026-09-15 and -25). */
  private static Decoded error(OkxEnvelope envelope, String detail, String frame, long atMs) {
    if ("60014".equals(envelope.code)) {
      return new Decoded.Throttled(detail);
    }
    String said = WRONG_ADDRESS.equals(envelope.code) ? WRONG_ADDRESS_HINT + detail : detail;
    Matcher refused = REFUSED.matcher(envelope.message());
    if (envelope.code != null && REFUSALS.contains(envelope.code) && refused.find()) {
      return new Decoded.Refused(refused.group(2), said);
    }
    return rejected(envelope, RejectReason.REFUSED, said, frame, atMs);
  }

  private static void rows(
      OkxEnvelope envelope, String frame, long receivedAtMs, Consumer<Decoded> out) {
    String symbol = envelope.instrument;
    if (envelope.channel == null || symbol == null || !envelope.hasData) {
      out.accept(rejected(envelope, RejectReason.MISSING_FIELD, "arg, data", frame, receivedAtMs));
    } else if (!CHANNEL.equals(envelope.channel) && OTHERS.matcher(envelope.channel).matches()) {
      out.accept(new Decoded.Other(envelope.channel));
    } else if (!CHANNEL.equals(envelope.channel)) {
      out.accept(
          rejected(envelope, RejectReason.UNKNOWN_CHANNEL, envelope.channel, frame, receivedAtMs));
    } else if (!Symbols.isSpot(symbol)) {
      out.accept(rejected(envelope, RejectReason.UNKNOWN_SYMBOL, symbol, frame, receivedAtMs));
    } else if (envelope.rows.size() > MAX_ROWS) {
      out.accept(
          rejected(
              envelope,
              RejectReason.TOO_LARGE,
              "rows: " + envelope.rows.size(),
              frame,
              receivedAtMs));
    } else if (envelope.rows.isEmpty() || !envelope.objects.isEmpty()) {
      out.accept(rejected(envelope, RejectReason.WRONG_TYPE, "no rows", frame, receivedAtMs));
    } else {
      StreamKey stream = new StreamKey(Okx.NAME, symbol, Timeframe.BASE);
      for (List<@Nullable String> cells : envelope.rows) {
        out.accept(row(envelope, stream, cells, frame, receivedAtMs));
      }
    }
  }

  private static Decoded row(
      OkxEnvelope envelope,
      StreamKey stream,
      List<@Nullable String> cells,
      String frame,
      long receivedAtMs) {
    OkxRow row = OkxRow.read(stream, cells, Evidence.VENUE_FLAG, "ws", receivedAtMs);
    Decoded said = said(row);
    if (said == null) {
      RejectReason reason = row.problem() == null ? RejectReason.MALFORMED : row.problem();
      return rejected(envelope, reason, row.detail(), frame, receivedAtMs);
    }
    return said;
  }

  /** What a row of the feed says; null if it is impossible. */
  static @Nullable Decoded said(OkxRow row) {
    Candle candle = row.candle();
    if (candle == null || row.problem() != null) {
      return null;
    }
    return row.closed()
        ? new Decoded.Closed(new CompletedInterval(candle, true, false))
        : new Decoded.Forming(candle);
  }

  private static Decoded rejected(
      @Nullable OkxEnvelope envelope, RejectReason reason, String detail, String frame, long atMs) {
    String symbol = envelope == null ? null : envelope.instrument;
    String channel = envelope == null ? null : envelope.channel;
    return new Decoded.Rejected(
        new Reject(
            atMs,
            Okx.NAME,
            symbol == null ? "" : symbol,
            channel == null ? "" : channel,
            reason,
            detail,
            frame));
  }
}
