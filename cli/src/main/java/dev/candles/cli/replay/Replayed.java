package dev.candles.cli.replay;

/** What a recording is taken for. */
public enum Replayed {
  /** Frames of the venue's feed. */
  WS("ws"),
  /** Answers of the venue's REST candles. */
  REST_CANDLES("rest-candles"),
  /** Answers of the venue's REST trades, folded over all pages. */
  REST_TRADES("rest-trades");

  private final String label;

  Replayed(String label) {
    this.label = label;
  }

  /** The word on the command line. */
  public String label() {
    return label;
  }
}
