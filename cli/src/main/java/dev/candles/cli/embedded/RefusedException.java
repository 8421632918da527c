package dev.candles.cli.embedded;

/** Nothing was started, for a reason that the user can change; the message is all they need. */
public final class RefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  public RefusedException(String message) {
    super(message);
  }

  public RefusedException(String message, Throwable cause) {
    super(message, cause);
  }
}
