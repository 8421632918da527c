package dev.candles.sim.venue.okx;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.candles.sim.tape.TapeCandle;
import dev.candles.sim.tape.Trade;
import java.math.BigDecimal;
import java.util.List;

/** OKX's JSON, as text (okx.md sections 3 and 5). */
final class SimOkxFrames {
  private SimOkxFrames() {}

  /** Nine strings: time, prices, volumes, confirm. On spot both quote volumes are the same. */
  static String row(TapeCandle candle, boolean confirmed) {
    String quote = number(candle.quoteVolume());
    return "[\""
        + candle.openTimeMs()
        + "\",\""
        + number(candle.open())
        + "\",\""
        + number(candle.high())
        + "\",\""
        + number(candle.low())
        + "\",\""
        + number(candle.close())
        + "\",\""
        + number(candle.volume())
        + "\",\""
        + quote
        + "\",\""
        + quote
        + "\",\""
        + (confirmed ? 1 : 0)
        + "\"]";
  }

  /** A data frame of a channel. */
  static String push(String arg, List<String> rows) {
    return "{\"arg\":" + arg + ",\"data\":[" + String.join(",", rows) + "]}";
  }

  static String arg(String channel, String instId) {
    return "{\"channel\":" + quoted(channel) + ",\"instId\":" + quoted(instId) + "}";
  }

  static String ack(String id, String event, String arg, String connId) {
    return "{"
        + id(id)
        + "\"event\":\""
        + event
        + "\",\"arg\":"
        + arg
        + ",\"connId\":\""
        + connId
        + "\"}";
  }

  static String error(String id, int code, String message, String connId) {
    return "{"
        + id(id)
        + "\"event\":\"error\",\"msg\":"
        + quoted(message)
        + ",\"code\":\""
        + code
        + "\",\"connId\":\""
        + connId
        + "\"}";
  }

  /** The announcement of a service upgrade, on public only. */
  static String notice(String connId) {
    return "{\"event\":\"notice\",\"code\":\"64008\",\"msg\":\"The connection will soon be closed for"
        + " a service upgrade. Please reconnect.\",\"connId\":\""
        + connId
        + "\"}";
  }

  /** One element of channel {@code trades}: all matches of one taker order at one price. */
  static String aggregate(String instId, Trade last, BigDecimal size, int count) {
    return trade(instId, last, size)
        + ",\"count\":\""
        + count
        + "\",\"source\":\"0\",\"seqId\":"
        + last.id()
        + "}";
  }

  /** One match, as in channel {@code trades-all} and in REST. */
  static String single(String instId, Trade trade) {
    return trade(instId, trade, trade.size()) + ",\"source\":\"0\"}";
  }

  private static String trade(String instId, Trade trade, BigDecimal size) {
    return "{\"instId\":\""
        + instId
        + "\",\"tradeId\":\""
        + trade.id()
        + "\",\"px\":\""
        + number(trade.price())
        + "\",\"sz\":\""
        + number(size)
        + "\",\"side\":\""
        + (trade.buy() ? "buy" : "sell")
        + "\",\"ts\":\""
        + trade.timeMs()
        + "\"";
  }

  /** REST's envelope. */
  static String envelope(String code, String message, String data) {
    return "{\"code\":\"" + code + "\",\"msg\":" + quoted(message) + ",\"data\":" + data + "}";
  }

  /** Trimmed: no fixed decimals, no exponent. */
  static String number(BigDecimal value) {
    return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
  }

  static String quoted(String text) {
    return JsonNodeFactory.instance.textNode(text).toString();
  }

  private static String id(String id) {
    return id.isEmpty() ? "" : "\"id\":" + quoted(id) + ",";
  }
}
