package dev.candles.cli.drill;

/** The drill cannot go on: what collects did not come back, or did not start. */
final class DrillFailedException extends Exception {
  private static final long serialVersionUID = 1L;

  DrillFailedException(String message) {
    super(message);
  }
}
