package dev.candles.core.watch;

/** How much an alert matters, in the words that it is told with. */
public enum Severity {
  /** Something is well again. */
  INFO,
  /** Look when there is time. */
  WARNING,
  /** Look now. */
  CRITICAL
}
