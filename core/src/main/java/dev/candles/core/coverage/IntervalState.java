package dev.candles.core.coverage;

import org.jspecify.annotations.Nullable;

/** The state in which an interval ends; every interval of every stream ends in exactly one. */
public enum IntervalState {
  /** The lake holds its candle. */
  FINAL("its candle is there"),
  /** Proven to hold no trade. */
  VERIFIED_EMPTY("proven to hold no trade"),
  /** Not known yet; its repair is scheduled. */
  MISSING("not known yet, its repair is scheduled"),
  /** The venue cannot give it any more. */
  UNRECOVERABLE("given up, asked for once a day: the venue does not give it"),
  /** Not a state of an interval: a row that says how far the stream is accounted for. */
  THROUGH("accounted for up to here");

  private static final String UNKNOWN = "UNKNOWN";

  private final String words;

  IntervalState(String words) {
    this.words = words;
  }

  /** What it says of an interval, for people: the same words wherever it is told. */
  public String words() {
    return words;
  }

  /** The name of a state, {@code UNKNOWN} for none. */
  public static String nameOf(@Nullable IntervalState state) {
    return state == null ? UNKNOWN : state.name();
  }

  /** The words of a state, or of none. */
  public static String wordsOf(@Nullable IntervalState state) {
    return state == null ? "nothing is written of it yet" : state.words;
  }
}
