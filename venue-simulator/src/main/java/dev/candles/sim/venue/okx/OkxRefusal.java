package dev.candles.sim.venue.okx;

import dev.candles.sim.venue.Refusal;

/** The errors with which OKX answers REST requests (okx.md section 5). */
final class OkxRefusal {
  private OkxRefusal() {}

  static Refusal of(int status, int code, String message) {
    return new Refusal(status, SimOkxFrames.envelope(Integer.toString(code), message, "[]"));
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
