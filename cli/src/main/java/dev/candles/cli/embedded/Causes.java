package dev.candles.cli.embedded;

import dev.candles.text.FailureText;
import dev.candles.text.OneLine;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** What is behind a failure. */
public final class Causes {
  private static final String FULL = "No space left on device|Disk quota exceeded";

  private static final Predicate<String> OF_A_FULL_DISK = Pattern.compile(FULL).asPredicate();
  private static final Predicate<String> OF_THE_DISK =
      Pattern.compile(FULL + "|Too many open files|Input/output error|Stale file handle")
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

  /** What the cause behind all causes is, for people, in one line. */
  public static String words(Throwable failure) {
    return OneLine.of(FailureText.of(root(failure)));
  }

  /** Whether a disk is to blame, or files, which may be there again. */
  static boolean ofTheDisk(Throwable failure) {
    return said(failure, OF_THE_DISK);
  }

  /** Whether a disk without room is to blame. */
  static boolean ofAFullDisk(Throwable failure) {
    return said(failure, OF_A_FULL_DISK);
  }

  private static boolean said(Throwable failure, Predicate<String> words) {
    return chain(failure).stream().map(cause -> String.valueOf(cause.getMessage())).anyMatch(words);
  }
}
