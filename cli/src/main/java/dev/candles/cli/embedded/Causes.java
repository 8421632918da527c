package dev.candles.cli.embedded;

/** What is behind a failure. */
public final class Causes {
  private static final int DEEPEST = 50;

  private Causes() {}

  /** The cause behind all causes; the failure itself if it has none. */
  public static Throwable root(Throwable failure) {
    Throwable root = failure;
    for (int depth = 0; root.getCause() != null && depth < DEEPEST; depth++) {
      root = root.getCause();
    }
    return root;
  }
}
