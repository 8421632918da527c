package dev.candles.cli.classes;

import java.util.Locale;

/** JVMs that load about the same classes from the same class path, and so share an archive. */
public enum Family {
  /** {@code ./candles run}. */
  RUN,
  /** Every other command. */
  TOOL,
  /** Of {@code ./candles cluster start}. */
  JOBMANAGER,
  /** Of {@code ./candles cluster start}. */
  TASKMANAGER;

  /** How the names of its files begin. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
