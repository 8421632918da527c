package dev.candles.sim.venue;

import dev.candles.sim.fault.Faults;

/** Until when a venue is away. Safe for many threads. */
public final class Outage {
  private final String venue;
  private final Faults faults;
  private volatile long socketsUntilMs = Long.MIN_VALUE;
  private volatile long restUntilMs = Long.MIN_VALUE;

  public Outage(String venue, Faults faults) {
    this.venue = venue;
    this.faults = faults;
  }

  void begin(long untilMs, boolean rest) {
    socketsUntilMs = Math.max(socketsUntilMs, untilMs);
    if (rest) {
      restUntilMs = Math.max(restUntilMs, untilMs);
    }
  }

  boolean ofSockets(long nowMs) {
    return nowMs < socketsUntilMs && faults.live(venue, nowMs);
  }

  /** Whether REST is away at a market time (epoch ms). */
  public boolean ofRest(long nowMs) {
    return nowMs < restUntilMs && faults.live(venue, nowMs);
  }
}
