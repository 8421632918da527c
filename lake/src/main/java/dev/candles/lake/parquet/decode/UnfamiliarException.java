package dev.candles.lake.parquet.decode;

import java.io.IOException;

/**
 * Something in a file is not exactly as our writer makes it. That says nothing of whether the file
 * is good: the library is asked then. Has no stack trace, as files of other tools are common.
 */
public final class UnfamiliarException extends IOException {
  private static final long serialVersionUID = 1L;

  UnfamiliarException(String what) {
    super("not as our writer makes it: " + what);
  }

  @Override
  public synchronized Throwable fillInStackTrace() {
    return this;
  }

  /** Requires what our writer always does. */
  static void require(boolean familiar, String what) throws UnfamiliarException {
    if (!familiar) {
      throw new UnfamiliarException(what);
    }
  }
}
