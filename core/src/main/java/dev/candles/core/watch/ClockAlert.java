package dev.candles.core.watch;

import dev.candles.core.time.VenueClock;
import java.util.Locale;

/** What people are told of this machine's clock. Pure. */
public final class ClockAlert {
  private ClockAlert() {}

  /**
   * How the clock stands.
   *
   * @param offsetMs the venue's clock minus ours, 0 if that is not worth a word
   */
  public static Finding of(String venue, long offsetMs) {
    if (offsetMs == 0) {
      return new Finding("clock_right", Severity.INFO, "The clock agrees with that of " + venue);
    }
    String by =
        String.format(
            Locale.ROOT,
            "The clock of this machine is %d s %s that of %s",
            Math.abs(offsetMs) / 1_000,
            offsetMs > 0 ? "behind" : "ahead of",
            venue);
    return Math.abs(offsetMs) > VenueClock.MOST_OFF_MS
        ? new Finding(
            "clock_far_off", Severity.CRITICAL, by + ". Set it: more than 1 h is not made good")
        : new Finding(
            "clock_off", Severity.WARNING, by + ". Candles stay right; check NTP or chrony");
  }
}
