package dev.candles.cli.status;

import dev.candles.cli.advice.Advice;
import java.util.OptionalLong;

/**
 * Something that is not as it should be, as an operator asks about it. Times are market time, epoch
 * ms, UTC.
 *
 * @param what what is wrong
 * @param sinceMs since when; empty if nobody can tell
 * @param doing what is being done about it, or has to be done
 * @param nextMs when it is tried again
 * @param over when it is over, in words
 * @param overMs the same by the clock, where the pace of late tells it; when it ended, if it has
 * @param lost whether data is lost
 */
public record Concern(
    Level level,
    String what,
    OptionalLong sinceMs,
    String doing,
    OptionalLong nextMs,
    String over,
    OptionalLong overMs,
    String lost) {

  /** One of which nobody can tell by the clock when it is tried again and when it is over. */
  static Concern of(
      Level level, String what, OptionalLong sinceMs, String doing, String over, String lost) {
    OptionalLong unknown = OptionalLong.empty();
    return new Concern(level, what, sinceMs, doing, unknown, over, unknown, lost);
  }

  /** The same, with the options that its commands need. */
  Concern with(Advice advice) {
    return new Concern(
        level,
        advice.in(what),
        sinceMs,
        advice.in(doing),
        nextMs,
        advice.in(over),
        overMs,
        advice.in(lost));
  }

  /** How much it matters; the worst first. */
  public enum Level {
    /** Somebody has to do something. */
    ACT("TO DO"),
    /** It is not well, and is being mended. */
    MENDED("IN REPAIR"),
    /** To know. */
    NOTE("NOTE");

    private final String words;

    Level(String words) {
      this.words = words;
    }

    /** As people read it. */
    public String words() {
      return words;
    }
  }
}
