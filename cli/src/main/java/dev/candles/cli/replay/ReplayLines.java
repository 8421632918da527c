package dev.candles.cli.replay;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.candles.core.candle.Candle;
import dev.candles.core.candle.RejectReason;
import dev.candles.core.candle.Trade;
import dev.candles.lake.json.JsonText;
import dev.candles.text.Cut;
import dev.candles.text.OneLine;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Writes what was found as JSON lines, one finding each, and counts all of it by kind. */
final class ReplayLines {
  private static final JsonFactory JSON =
      new JsonFactoryBuilder().characterEscapes(new ControlEscapes()).build();
  private static final int MAX_FRAME_CHARS = 400;

  private final String venue;
  private final @Nullable String onlySymbol;
  private final @Nullable String namelessSymbol;
  private final boolean candlesOnly;
  private final Consumer<String> out;
  private final Map<String, Long> counts = new LinkedHashMap<>();

  /**
   * @param onlySymbol findings about any other symbol are left out; null for all
   * @param namelessSymbol stands for a market whose name is not known, null if there is none
   * @param candlesOnly whether only final candles are written; all is counted
   */
  ReplayLines(
      String venue,
      @Nullable String onlySymbol,
      @Nullable String namelessSymbol,
      boolean candlesOnly,
      Consumer<String> out) {
    this.venue = venue;
    this.onlySymbol = onlySymbol;
    this.namelessSymbol = namelessSymbol;
    this.candlesOnly = candlesOnly;
    this.out = out;
    for (String kind :
        new String[] {
          "trade", "candle", "ack", "refused", "heartbeat", "status", "other", "reject", "final"
        }) {
      counts.put(kind, 0L);
    }
  }

  /** Counts something that has no line. */
  void count(String name, long more) {
    counts.merge(name, more, Long::sum);
  }

  long count(String name) {
    return counts.getOrDefault(name, 0L);
  }

  void trade(String symbol, Trade trade, boolean snapshot) {
    line(
        "trade",
        symbol,
        json -> {
          json.writeNumberField("trade_id", trade.id());
          json.writeNumberField("time_ms", trade.timeMs());
          json.writeNumberField("price", trade.price());
          json.writeNumberField("size", trade.size());
          json.writeBooleanField("snapshot", snapshot);
        });
  }

  void finalCandle(Candle candle) {
    if (skips(candle.stream().symbol())) {
      return;
    }
    count("final", 1);
    candle(candle, true);
  }

  /** A candle that may still change, or that nothing proves. */
  void formingCandle(Candle candle) {
    candle(candle, false);
  }

  private void candle(Candle candle, boolean proven) {
    line(
        "candle",
        candle.stream().symbol(),
        json -> {
          json.writeStringField("timeframe", candle.stream().timeframe().label());
          json.writeNumberField("open_time_ms", candle.openTimeMs());
          json.writeNumberField("open", candle.open());
          json.writeNumberField("high", candle.high());
          json.writeNumberField("low", candle.low());
          json.writeNumberField("close", candle.close());
          json.writeNumberField("volume", candle.volume());
          number(json, "trade_count", candle.tradeCount());
          number(json, "first_trade_id", candle.firstTradeId());
          number(json, "last_trade_id", candle.lastTradeId());
          json.writeBooleanField("final", proven);
          json.writeStringField("evidence", proven ? candle.evidence().name() : null);
          json.writeNumberField("revision", candle.revision());
        },
        !candlesOnly || proven);
  }

  private static void number(JsonGenerator json, String name, @Nullable Long value)
      throws IOException {
    if (value == null) {
      json.writeNullField(name);
    } else {
      json.writeNumberField(name, value);
    }
  }

  void ack(String symbol) {
    line("ack", symbol, json -> {});
  }

  void refused(String symbol, String detail) {
    line("refused", symbol, json -> json.writeStringField("detail", OneLine.of(detail)));
  }

  void heartbeat() {
    line("heartbeat", "", json -> {});
  }

  /** A heartbeat that names the last trade of a market; time in epoch ms, UTC. */
  void heartbeat(String symbol, long timeMs, long lastTradeId) {
    line(
        "heartbeat",
        symbol,
        json -> {
          json.writeNumberField("time_ms", timeMs);
          json.writeNumberField("last_trade_id", lastTradeId);
        });
  }

  void status(String detail) {
    line("status", "", json -> json.writeStringField("detail", OneLine.of(detail)));
  }

  void other(String channel) {
    line("other", "", json -> json.writeStringField("channel", OneLine.of(channel)));
  }

  /**
   * Something that is not believed.
   *
   * @param line in {@code file}, from 1
   */
  void reject(
      String symbol, RejectReason reason, String detail, String frame, String file, long line) {
    line(
        "reject",
        symbol,
        json -> {
          json.writeStringField("reason", reason.name());
          json.writeStringField("detail", OneLine.of(detail));
          json.writeStringField("file", file);
          json.writeNumberField("line", line);
          json.writeStringField("frame", Cut.to(MAX_FRAME_CHARS, frame));
        });
  }

  /** What one finding is about; {@code fields} writes what only its kind has. */
  private void line(String kind, String symbol, JsonText.Body fields) {
    line(kind, symbol, fields, !candlesOnly);
  }

  private void line(String kind, String symbol, JsonText.Body fields, boolean shown) {
    if (skips(symbol)) {
      return;
    }
    count(kind, 1);
    if (shown) {
      out.accept(
          JsonText.of(
              JSON,
              json -> {
                json.writeStringField("kind", kind);
                json.writeStringField("venue", venue);
                if (!symbol.isEmpty() && !symbol.equals(namelessSymbol)) {
                  json.writeStringField("symbol", symbol);
                }
                fields.write(json);
              }));
    }
  }

  private boolean skips(String symbol) {
    return onlySymbol != null && !symbol.isEmpty() && !symbol.equals(onlySymbol);
  }

  /** All counts as one line of JSON. */
  String countsLine(String replayed) {
    return JsonText.of(
        JSON,
        json -> {
          json.writeStringField("venue", venue);
          json.writeStringField("as", replayed);
          for (Map.Entry<String, Long> count : counts.entrySet()) {
            json.writeNumberField(count.getKey(), count.getValue());
          }
        });
  }
}
