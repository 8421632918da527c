package dev.candles.cli.cluster;

import dev.candles.cli.embedded.Causes;
import dev.candles.text.OneLine;

/** What comes from a cluster, fit for one line. */
final class Answers {
  private Answers() {}

  /** The cause behind all causes, in one line. */
  static String why(Throwable error) {
    return Causes.words(error);
  }

  /** The cause behind all causes of a stack trace that came as a text. */
  static String rootOf(String stackTrace) {
    String line = stackTrace.lines().findFirst().orElse("");
    for (String each : stackTrace.lines().filter(l -> l.startsWith("Caused by: ")).toList()) {
      line = each.substring("Caused by: ".length());
    }
    return OneLine.of(line);
  }
}
