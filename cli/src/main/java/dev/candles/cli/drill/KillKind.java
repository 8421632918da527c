package dev.candles.cli.drill;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What is killed. */
public enum KillKind {
  /** The collector of {@code ./candles run}. */
  COLLECTOR,
  /** A TaskManager that has a part of the job. */
  TASKMANAGER,
  /** The JobManager that leads. */
  JOBMANAGER,
  /** Every process at once. */
  MACHINE,
  /** One of the others of a cluster, by chance. */
  ANY;

  /**
   * Reads the word of the command line.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static KillKind parse(String text) {
    return Arrays.stream(values())
        .filter(kind -> kind.label().equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    String.format(
                        Locale.ROOT,
                        "--kill: found '%s', expected %s",
                        text,
                        Arrays.stream(values())
                            .map(KillKind::label)
                            .collect(Collectors.joining(", ")))));
  }

  /** Its word. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether nothing is left that could go on, until somebody starts it again. */
  boolean endsAll() {
    return this == COLLECTOR || this == MACHINE;
  }
}
