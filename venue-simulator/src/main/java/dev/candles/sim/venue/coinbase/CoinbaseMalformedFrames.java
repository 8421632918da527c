package dev.candles.sim.venue.coinbase;

import dev.candles.sim.tape.Trade;
import java.time.Instant;

/** Extra frames that nobody may believe. */
final class CoinbaseMalformedFrames {
  private static final int HUGE_BYTES = 10 * 1024 * 1024;
  private static final int KINDS = 14;
  private static final long CENTURY_S = 3_155_760_000L;

  private CoinbaseMalformedFrames() {}

  /** One of many impossible frames, chosen by the minute; each claims to be the next trade. */
  static String frame(String product, Trade last, long minuteMs) {
    String id = Long.toString(last.id() + 1);
    String time = Instant.ofEpochMilli(minuteMs).toString();
    int kind = Math.floorMod(Long.hashCode(minuteMs / 60_000 * 0x9E3779B97F4A7C15L), KINDS);
    return switch (kind) {
      case 0 -> match(product, id, "\"5\"", "\"1\"", time).substring(0, 60);
      case 1 -> match(product, id, "\"NaN\"", "\"1\"", time);
      case 2 -> match(product, id, "\"-5\"", "\"1\"", time);
      case 3 -> match(product, id, "\"5\"", "\"-1\"", time);
      case 4 -> match(product, id, "\"0\"", "\"1\"", time);
      case 5 -> match(product, id, "\"5\"", "\"1\"", "yesterday");
      case 6 -> match(product, id, "\"5\"", "\"1\"", time(minuteMs, CENTURY_S));
      case 7 -> match("../../" + product, id, "\"5\"", "\"1\"", time);
      case 8 -> match(product.replace('-', '/'), id, "\"5\"", "\"1\"", time);
      case 9 -> match(product, "-1", "\"5\"", "\"1\"", time);
      case 10 -> match(product, "{}", "\"5\"", "\"1\"", time);
      case 11 -> "{\"type\":\"match\",\"product_id\":\"" + product + "\",\"trade_id\":" + id + "}";
      case 12 -> match(product, id, "null", "[1]", time);
      default -> "[null,true,{\"type\":[]}]";
    };
  }

  /** A frame of 10 MB. */
  static String huge(String product) {
    return match(product, "1", "\"5\"", "\"" + "9".repeat(HUGE_BYTES) + "\"", "1970");
  }

  private static String time(long ms, long laterSeconds) {
    return Instant.ofEpochMilli(ms).plusSeconds(laterSeconds).toString();
  }

  private static String match(String product, String id, String price, String size, String time) {
    return "{\"type\":\"match\",\"trade_id\":"
        + id
        + ",\"side\":\"buy\",\"size\":"
        + size
        + ",\"price\":"
        + price
        + ",\"product_id\":\""
        + product
        + "\",\"sequence\":1,\"time\":\""
        + time
        + "\"}";
  }
}
