package dev.candles.cli.drill;

import java.util.List;

/**
 * One of the runbook's pass criteria.
 *
 * @param text what it asks
 * @param met whether it is met
 * @param timeOnly whether what is not met is a time, which a busy machine may miss
 * @param found what was found
 */
record Criterion(String text, boolean met, boolean timeOnly, String found) {
  /** {@code ✓ text: found}. */
  String line() {
    return (met ? "✓ " : "✗ ") + text + ": " + found;
  }

  /**
   * Whether these let the drill pass.
   *
   * @param strict whether a time that was missed counts
   */
  static boolean pass(List<Criterion> criteria, boolean strict) {
    return criteria.stream().allMatch(each -> each.met || (each.timeOnly && !strict));
  }
}
