package dev.candles.cli;

/** A command that ran as a job's main program did not end with 0; it has said why itself. */
public final class BatchEndedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final int exitCode;

  BatchEndedException(String message, int exitCode) {
    super(message);
    this.exitCode = exitCode;
  }

  /** What the command would have ended its process with: 1 or 2. */
  public int exitCode() {
    return exitCode;
  }
}
