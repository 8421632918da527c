package dev.candles.sources.source.enumerator;

import dev.candles.core.time.MarketClock;
import dev.candles.core.time.VenueClock;
import dev.candles.sources.source.split.ConnectionSplit;
import dev.candles.sources.transport.RestResponse;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * The venue's time since an answer of it told one, carried on by a clock that nobody sets. So
 * whoever is told it may sit on another machine, whose clock is off by something else. Thread-safe.
 */
final class VenueTime {
  private final MarketClock clock;
  private final LongSupplier realClock;
  private final LongSupplier steadyClock;
  private long dateMs = ConnectionSplit.UNKNOWN;
  private long steadyMs;

  /**
   * @param realClock real time, epoch ms
   * @param steadyClock real milliseconds of any origin
   */
  VenueTime(MarketClock clock, LongSupplier realClock, LongSupplier steadyClock) {
    this.clock = clock;
    this.realClock = realClock;
    this.steadyClock = steadyClock;
  }

  /**
   * An answer came.
   *
   * @param answeredMs its {@code Date}, epoch ms, UTC, or {@link RestResponse#ABSENT}
   * @return by how much it is ahead of us, if that is more than is ever believed; never in a
   *     simulated time, which a server need not know of
   */
  synchronized OptionalLong answered(long answeredMs) {
    if (answeredMs == RestResponse.ABSENT) {
      return OptionalLong.empty();
    }
    long offMs = answeredMs - clock.marketAt(realClock.getAsLong());
    if (Math.abs(offMs) <= VenueClock.MOST_OFF_MS) {
      dateMs = answeredMs;
      steadyMs = steadyClock.getAsLong();
      return OptionalLong.empty();
    }
    return clock.equals(MarketClock.real()) ? OptionalLong.of(offMs) : OptionalLong.empty();
  }

  /**
   * Never later than it is at the venue, epoch ms, UTC; {@link ConnectionSplit#UNKNOWN} before the
   * first answer.
   */
  synchronized long nowMs() {
    return dateMs == ConnectionSplit.UNKNOWN
        ? ConnectionSplit.UNKNOWN
        : dateMs + clock.marketDuration(steadyClock.getAsLong() - steadyMs);
  }
}
