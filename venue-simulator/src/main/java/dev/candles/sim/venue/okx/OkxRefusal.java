package dev.candles.sim.venue.okx;

/** A REST request that OKX answers with an error (okx.md section 5). */
final class OkxRefusal extends Exception {
  private final int status;
  private final int code;

  OkxRefusal(int status, int code, String message) {
    super(message);
    this.status = status;
    this.code = code;
  }

  static OkxRefusal tooMany() {
    return new OkxRefusal(429, 50011, "Too Many Requests");
  }

  static OkxRefusal unavailable() {
    return new OkxRefusal(503, 50001, "Service temporarily unavailable. Please try again later.");
  }

  static OkxRefusal empty(String parameter) {
    return new OkxRefusal(400, 50014, "Parameter " + parameter + " can not be empty");
  }

  static OkxRefusal wrong(String parameter) {
    return new OkxRefusal(400, 51000, "Parameter " + parameter + " error");
  }

  static OkxRefusal unknownInstrument() {
    return new OkxRefusal(
        200, 51001, "Instrument ID, Instrument ID code, or Spread ID doesn't exist.");
  }

  int status() {
    return status;
  }

  String body() {
    return OkxFrames.envelope(Integer.toString(code), String.valueOf(getMessage()), "[]");
  }
}
