package dev.candles.sim.venue.kraken;

import dev.candles.sim.tape.Trade;
import java.time.Instant;

/** Extra frames that nobody may believe. */
final class KrakenMalformedFrames {
  private static final int HUGE_BYTES = 10 * 1024 * 1024;
  private static final int KINDS = 14;
  private static final long CENTURY_S = 3_155_760_000L;

  private KrakenMalformedFrames() {}

  /** One of many impossible frames, chosen by the minute; each claims to be the next trade. */
  static String frame(String symbol, Trade last, long minuteMs) {
    String id = Long.toString(last.id() + 1);
    String time = Instant.ofEpochMilli(minuteMs).toString();
    int kind = Math.floorMod(Long.hashCode(minuteMs / 60_000 * 0x9E3779B97F4A7C15L), KINDS);
    return switch (kind) {
      case 0 -> trade(symbol, id, "5", "1", time).substring(0, 70);
      case 1 -> trade(symbol, id, "\"NaN\"", "1", time);
      case 2 -> trade(symbol, id, "-5", "1", time);
      case 3 -> trade(symbol, id, "5", "-1", time);
      case 4 -> trade(symbol, id, "0", "1", time);
      case 5 -> trade(symbol, id, "5", "1", "yesterday");
      case 6 -> trade(symbol, id, "5", "1", Instant.parse(time).plusSeconds(CENTURY_S).toString());
      case 7 -> trade("../../" + symbol, id, "5", "1", time);
      case 8 -> trade("XBTUSD", id, "5", "1", time);
      case 9 -> trade(symbol, "-1", "5", "1", time);
      case 10 -> trade(symbol, "{}", "5", "1", time);
      case 11 -> trade(symbol, id, "1e999999999", "1", time);
      case 12 ->
          "{\"channel\":\"trade\",\"type\":\"update\",\"data\":{\"symbol\":\"" + symbol + "\"}}";
      default -> "[null,true,{\"channel\":[]}]";
    };
  }

  /** A frame of 10 MB. */
  static String huge(String symbol) {
    return trade(symbol, "9".repeat(HUGE_BYTES), "5", "1", "1970");
  }

  private static String trade(String symbol, String id, String price, String qty, String time) {
    return "{\"channel\":\"trade\",\"type\":\"update\",\"data\":[{\"symbol\":\""
        + symbol
        + "\",\"side\":\"buy\",\"price\":"
        + price
        + ",\"qty\":"
        + qty
        + ",\"ord_type\":\"limit\",\"trade_id\":"
        + id
        + ",\"timestamp\":\""
        + time
        + "\"}]}";
  }
}
