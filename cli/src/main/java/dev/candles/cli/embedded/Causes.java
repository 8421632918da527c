package dev.candles.cli.embedded;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** What is behind a failure. */
public final class Causes {
  private static final Predicate<String> OF_THE_DISK =
      Pattern.compile(
              "No space left on device|Too many open files|Disk quota exceeded|Input/output error")
          .asPredicate();

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

  /** Whether a disk is to blame, which may have room again. */
  static boolean ofTheDisk(Throwable failure) {
    return chain(failure).stream()
        .map(cause -> String.valueOf(cause.getMessage()))
        .anyMatch(OF_THE_DISK);
  }
}
