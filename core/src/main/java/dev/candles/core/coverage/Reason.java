package dev.candles.core.coverage;

/** Why intervals are missing or given up. */
public enum Reason {
  /** Before the first live interval of this run: history, or the time the collector was away. */
  HISTORY("history from before the collector started"),
  /** Its end and grace passed without the venue's closing word. */
  NOT_CLOSED("the venue did not close them in time"),
  /** The feed went on with a later interval. */
  SKIPPED("the feed went on without them"),
  /** The venue says that the market was not listed yet. */
  BEFORE_LISTING("the market was not listed yet"),
  /** Complete answers over a day prove neither a candle nor silence. */
  NO_PROOF("what the venue answers proves neither a candle nor silence"),
  /** A part of a larger interval has this state. */
  BASE("a minute in them is missing"),
  /** None needed; of a gap: nobody has noted it. */
  NONE("nobody has accounted for them yet"),
  /**
   * Told of gaps and never written: {@link #HISTORY} noted after a stream's first, and after what
   * was known by then, so the collector was away.
   */
  AWAY("the collector was away"),
  /** REST was to confirm it and did not within half an hour after it could have. */
  NOT_CONFIRMED("REST did not confirm them in time"),
  /** The venue keeps nothing as old, and did not answer with it. */
  BEYOND_DEPTH("they are older than what the venue keeps");

  private final String words;

  Reason(String words) {
    this.words = words;
  }

  /** Why these intervals are or were a gap, for people: the same words wherever it is told. */
  public String words() {
    return words;
  }
}
