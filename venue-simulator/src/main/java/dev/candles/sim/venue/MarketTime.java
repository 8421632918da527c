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

  /** By the machine's clock. */
  public static MarketTime of(MarketClock clock) {
    return new MarketTime(clock, System::currentTimeMillis);
  }

  /** Market time, epoch ms, UTC. */
  public long now() {
    return clock.marketAt(realMs.getAsLong());
  }
}
