package dev.candles.sim.truth;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.sim.fault.Faults;
import dev.candles.sim.venue.HttpServer;
import dev.candles.sim.venue.SimRequest;
import dev.candles.sim.venue.SimResponse;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;

/**
 * The truth over HTTP: {@code /candles} and {@code /empty} with {@code venue symbol timeframe from
 * to} (epoch ms), and {@code /faults}.
 */
public final class TruthServer implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int MAX_INTERVALS = 2_000_000;

  private final Truth truth;
  private final Faults faults;
  private final HttpServer http;

  /**
   * @param at where; port 0 for any free one
   * @throws IOException if it cannot be bound
   */
  public TruthServer(Truth truth, Faults faults, InetSocketAddress at) throws IOException {
    this.truth = truth;
    this.faults = faults;
    http = HttpServer.start("truth", at, this::answer);
  }

  /** Where it listens. */
  public URI address() {
    return http.address();
  }

  @Override
  public void close() {
    http.close();
  }

  private SimResponse answer(SimRequest question) {
    long date = System.currentTimeMillis();
    return switch (question.path()) {
      case "/candles" -> SimResponse.json(200, candles(question), date);
      case "/empty" -> SimResponse.json(200, empty(question), date);
      case "/faults" -> SimResponse.json(200, JSON.valueToTree(faults.counts()).toString(), date);
      default -> SimResponse.json(404, "{\"error\":\"no such path\"}", date);
    };
  }

  private String candles(SimRequest question) {
    Range range = range(question);
    ArrayNode rows = JSON.createArrayNode();
    truth.candles(range.stream, range.fromMs, range.toMs).forEach(c -> rows.add(node(c)));
    return rows.toString();
  }

  private String empty(SimRequest question) {
    Range range = range(question);
    ArrayNode rows = JSON.createArrayNode();
    truth.empties(range.stream, range.fromMs, range.toMs).forEach(rows::add);
    return rows.toString();
  }

  private static ObjectNode node(TrueCandle candle) {
    ObjectNode node =
        JSON.createObjectNode()
            .put("open_time_ms", candle.openTimeMs())
            .put("open", candle.open())
            .put("high", candle.high())
            .put("low", candle.low())
            .put("close", candle.close())
            .put("volume", candle.volume())
            .put("quote_volume", candle.quoteVolume())
            .put("taker_buy_volume", candle.takerBuyVolume())
            .put("trade_count", candle.tradeCount())
            .put("first_trade_id", candle.firstTradeId())
            .put("last_trade_id", candle.lastTradeId());
    TrueCandle original = candle.original();
    if (original != null) {
      node.set("original", node(original));
    }
    return node;
  }

  private static Range range(SimRequest question) {
    Timeframe timeframe =
        Timeframe.of(question.get("timeframe"))
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "timeframe is none of "
                            + Timeframe.labels()
                            + ": timeframe="
                            + question.get("timeframe")));
    StreamKey stream = new StreamKey(question.get("venue"), question.get("symbol"), timeframe);
    long from = number(question, "from");
    long to = number(question, "to");
    if (to < from || (to - from) / timeframe.millis() > MAX_INTERVALS) {
      throw new IllegalArgumentException(
          "range must hold 0 to " + MAX_INTERVALS + " intervals: from=" + from + ", to=" + to);
    }
    return new Range(stream, from, to);
  }

  private static long number(SimRequest question, String name) {
    try {
      return question.whole(name);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "not epoch milliseconds: " + name + "=" + question.get(name), e);
    }
  }

  private record Range(StreamKey stream, long fromMs, long toMs) {}
}
