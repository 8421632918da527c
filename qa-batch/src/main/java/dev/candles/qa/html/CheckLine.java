package dev.candles.qa.html;

/**
 * One check as the page lists it.
 *
 * @param number as in the runbook, 1 to 12
 * @param text what it found, one line
 */
public record CheckLine(int number, String title, Verdict verdict, String text) {
  /** How it ended. */
  public enum Verdict {
    PASS,
    WARN,
    FAIL
  }
}
