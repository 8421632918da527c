package dev.candles.cli.embedded;

/** The collector met an error of the machine that would be met for ever; the message says which. */
public final class LastingException extends Exception {
  private static final long serialVersionUID = 1L;

  private final int exitCode;

  LastingException(String message, int exitCode, Throwable cause) {
    super(message, cause);
    this.exitCode = exitCode;
  }

  /**
   * What the process ends with: 2, or, with which a supervisor may try again, 3 for memory and 1
   * for a disk without room.
   */
  public int exitCode() {
    return exitCode;
  }
}
