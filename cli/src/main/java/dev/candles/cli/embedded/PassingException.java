package dev.candles.cli.embedded;

/**
 * Nothing was started, for a reason that may pass by itself, as a disk without room does: exit code
 * 1, with which a supervisor tries again. The message is all the user needs.
 */
public final class PassingException extends Exception {
  private static final long serialVersionUID = 1L;

  public PassingException(String message, Throwable cause) {
    super(message, cause);
  }
}
