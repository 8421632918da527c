package dev.candles.job.codec;

import java.io.IOException;

/** What was written is nothing that this build can read; says so, and the way out, in one line. */
public final class UnreadableStateException extends IOException {
  private static final long serialVersionUID = 1;

  /** What helps. */
  public static final String WAY_OUT =
      "start with --restore none, which loses nothing: the lake says what is there";

  /**
   * @param found what was found, and what was expected
   */
  public UnreadableStateException(String found) {
    super("state cannot be read: " + found + "; " + WAY_OUT);
  }
}
