package dev.candles.fuzz;

/** An input after which something does not hold that must. */
final class Find extends AssertionError {
  private static final long serialVersionUID = 1L;

  Find(String message) {
    super(message);
  }

  Find(String message, Throwable cause) {
    super(message, cause);
  }

  static void unless(boolean holds, String what, Object found) {
    if (!holds) {
      throw new Find(what + ": " + found);
    }
  }

  /** A refusal must say why. */
  static void unlessSaid(Exception refusal) {
    String message = refusal.getMessage();
    if (message == null || message.isBlank()) {
      throw new Find("refused without a word", refusal);
    }
  }
}
