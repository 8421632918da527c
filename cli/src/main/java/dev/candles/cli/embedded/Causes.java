package dev.candles.cli.embedded;

import java.util.ArrayList;
import java.util.List;

/** What is behind a failure. */
public final class Causes {
  private static final int DEEPEST = 50;

  private Causes() {}

  /** A failure, what caused it, and so on; a chain that has no end is cut. */
  public static List<Throwable> chain(Throwable failure) {
    List<Throwable> chain = new ArrayList<>(List.of(failure));
    Throwable cause = failure.getCause();
    while (cause != null && chain.size() <= DEEPEST) {
      chain.add(cause);
      cause = cause.getCause();
    }
    return chain;
  }

  /** The cause behind all causes; the failure itself if it has none. */
  public static Throwable root(Throwable failure) {
    List<Throwable> chain = chain(failure);
    return chain.get(chain.size() - 1);
  }
}
