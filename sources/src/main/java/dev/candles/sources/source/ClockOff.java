package dev.candles.sources.source;

import dev.candles.core.time.VenueClock;
import dev.candles.text.LogValue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the operator that the clock of this machine is not the venue's. */
public final class ClockOff {
  private static final Logger LOG = LoggerFactory.getLogger(ClockOff.class);

  private ClockOff() {}

  /**
   * Logs it.
   *
   * @param offsetMs the venue's clock minus ours
   */
  public static void warn(String venue, long offsetMs) {
    LOG.warn(
        "event=clock_off venue={} by_ms={} advice={}",
        venue,
        offsetMs,
        LogValue.of(advice(offsetMs)));
  }

  static String advice(long offsetMs) {
    String check = "check NTP or chrony on this machine; ";
    return Math.abs(offsetMs) > VenueClock.MOST_OFF_MS
        ? check + "more than an hour is not made good: set the clock"
        : check + "candles are judged by the venue's clock and stay right";
  }
}
