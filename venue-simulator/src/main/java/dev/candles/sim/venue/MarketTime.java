package dev.candles.sim.venue;

import dev.candles.core.time.MarketClock;
import java.util.function.LongSupplier;

/**
 * Market time now.
 *
 * @param clock shared with whoever listens
 * @param realMs real time, epoch ms, UTC
 */
public record MarketTime(MarketClock clock, LongSupplier realMs) {
  /** A client on a busy machine is not thrown out for the speed of our clock. */
  private static final long SHORTEST_PATIENCE_REAL_MS = 5_000;

  /** By the machine's clock. */
  public static MarketTime of(MarketClock clock) {
    return new MarketTime(clock, System::currentTimeMillis);
  }

  /** Market time, epoch ms, UTC. */
  public long now() {
    return clock.marketAt(realMs.getAsLong());
  }

  /**
   * How long a venue waits for a sign of a client (market milliseconds): {@code marketMs}, and five
   * real seconds at least.
   */
  public long patience(long marketMs) {
    return clock.atLeast(marketMs, SHORTEST_PATIENCE_REAL_MS);
  }
}
