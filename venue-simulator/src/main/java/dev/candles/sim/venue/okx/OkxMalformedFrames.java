package dev.candles.sim.venue.okx;

/** Extra frames that nobody may believe. */
final class OkxMalformedFrames {
  private static final int HUGE_BYTES = 10 * 1024 * 1024;
  private static final int KINDS = 14;

  private OkxMalformedFrames() {}

  /** One of many impossible frames, chosen by the interval that just closed. */
  static String frame(String arg, String instId, String channel, long closingMs) {
    long open = closingMs;
    int kind = Math.floorMod(Long.hashCode(closingMs / 60_000 * 0x9E3779B97F4A7C15L), KINDS);
    return switch (kind) {
      case 0 -> "{\"arg\":" + arg + ",\"data\":[[\"" + open + "\",\"1";
      case 1 -> row(arg, open + ",1,1,1,1,1,1,1,1");
      case 2 -> row(arg, strings(open, "NaN", "NaN", "NaN", "NaN", "1"));
      case 3 -> row(arg, strings(open, "-5", "-4", "-6", "-5", "1"));
      case 4 -> row(arg, strings(open, "5", "4", "6", "5", "1"));
      case 5 -> row(arg, strings(open + 1_234, "5", "6", "4", "5", "1"));
      case 6 -> row(arg, strings(open + 3_153_600_000_000L, "5", "6", "4", "5", "1"));
      case 7 -> row(SimOkxFrames.arg("candle7m", instId), strings(open, "5", "6", "4", "5", "1"));
      case 8 ->
          row(SimOkxFrames.arg(channel, "../../BTC-USDT"), strings(open, "5", "6", "4", "5", "1"));
      case 9 -> row(SimOkxFrames.arg(channel, "BTC/USDT"), strings(open, "5", "6", "4", "5", "1"));
      case 10 -> row(arg, strings(open, "5", "6", "4", "5", "-1"));
      case 11 -> "{\"arg\":" + arg + ",\"data\":{\"ts\":\"" + open + "\"}}";
      case 12 -> row(arg, "\"" + open + "\",\"5\",\"6\"");
      default -> "[null,true,{\"data\":[[]]}]";
    };
  }

  /** A frame of 10 MB. */
  static String huge(String arg) {
    return "{\"arg\":" + arg + ",\"data\":[[\"" + "9".repeat(HUGE_BYTES) + "\"]]}";
  }

  private static String row(String arg, String cells) {
    return "{\"arg\":" + arg + ",\"data\":[[" + cells + "]]}";
  }

  private static String strings(
      long open, String o, String high, String low, String close, String volume) {
    String quote = volume;
    return "\""
        + String.join("\",\"", Long.toString(open), o, high, low, close, volume, quote, quote, "1")
        + "\"";
  }
}
