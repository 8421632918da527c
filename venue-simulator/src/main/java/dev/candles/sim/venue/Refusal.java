package dev.candles.sim.venue;

/** A REST request that the venue answers with an error, in its own form. */
public final class Refusal extends Exception {
  private final int status;
  private final String body;

  /**
   * @param status HTTP status; some venues refuse with 200
   * @param body JSON
   */
  public Refusal(int status, String body) {
    super("refused: status=" + status + ", body=" + body);
    this.status = status;
    this.body = body;
  }

  int status() {
    return status;
  }

  String body() {
    return body;
  }
}
