package dev.candles.sim.venue.okx;

import dev.candles.sim.venue.Refusal;

/** The errors with which OKX answers REST requests (okx.md section 5). */
final class OkxRefusal {
  private OkxRefusal() {}

  static Refusal of(int status, int code, String message) {
    return new Refusal(status, SimOkxFrames.envelope(Integer.toString(code), message, "[]"));
  }

  /** The venue's forms one after the other: without data, with HTTP 200, and with empty data. */
  static Refusal tooMany(long number) {
    String message = "Too Many Requests";
    return switch ((int) (number % 3)) {
      case 1 -> new Refusal(429, "{\"msg\":\"" + message + "\",\"code\":\"50011\"}");
      case 2 -> of(200, 50011, message);
      default -> of(429, 50011, message);
    };
  }

  static Refusal empty(String parameter) {
    return of(400, 50014, "Parameter " + parameter + " can not be empty");
  }

  static Refusal wrong(String parameter) {
    return of(400, 51000, "Parameter " + parameter + " error");
  }

  static Refusal unknownInstrument() {
    return of(200, 51001, "Instrument ID, Instrument ID code, or Spread ID doesn't exist.");
  }
}
