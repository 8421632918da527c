package dev.candles.core.time;

import java.io.Serializable;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * Maps real time to market time. Every duration in a rule is market time; only checkpoints and
 * socket time-outs are real. Comes with the configuration and so survives restarts.
 *
 * @param realMs real instant of the origin, epoch ms
 * @param marketMs market instant of the origin, epoch ms
 * @param speed market milliseconds per real millisecond, above zero
 */
public record MarketClock(long realMs, long marketMs, double speed) implements Serializable {
  /** No deadline of a live connection is shorter than this in real time, whatever the speed. */
  public static final long SHORTEST_DEADLINE_REAL_MS = 1_000;

  /**
   * @throws IllegalArgumentException if {@code speed} is not above zero and finite
   */
  public MarketClock {
    if (!(speed > 0) || Double.isInfinite(speed)) {
      throw new IllegalArgumentException("clock speed must be above zero: speed=" + speed);
    }
  }

  /** Market time is real time. */
  public static MarketClock real() {
    return new MarketClock(0, 0, 1.0);
  }

  /** Whether market time is real time. */
  public boolean isReal() {
    return speed == 1.0 && realMs == marketMs;
  }

  /** For people, like {@code simulated clock, 60×}; empty if market time is real time. */
  public Optional<String> told() {
    return isReal()
        ? Optional.empty()
        : Optional.of(
            "simulated clock, "
                + BigDecimal.valueOf(speed).stripTrailingZeros().toPlainString()
                + "×");
  }

  /** Market instant (epoch ms) of a real instant (epoch ms). */
  public long marketAt(long real) {
    return speed == 1.0
        ? real - realMs + marketMs
        : marketMs + (long) Math.floor((real - realMs) * speed);
  }

  /** First real instant (epoch ms) at which {@link #marketAt} has reached {@code market}. */
  public long realAt(long market) {
    if (speed == 1.0) {
      return market - marketMs + realMs;
    }
    long real = realMs + (long) Math.floor((market - marketMs) / speed);
    while (marketAt(real) < market) {
      real++;
    }
    return real;
  }

  /** Real milliseconds that a market duration takes, rounded up. */
  public long realDuration(long marketDurationMs) {
    return (long) Math.ceil(marketDurationMs / speed);
  }

  /** Market milliseconds that pass in a real duration. */
  public long marketDuration(long realDurationMs) {
    return (long) Math.floor(realDurationMs * speed);
  }

  /**
   * A liveness, ping, ack, grace or confirm deadline in market milliseconds, stretched so that it
   * is never shorter than one real second.
   */
  public long deadline(long marketDurationMs) {
    return atLeast(marketDurationMs, SHORTEST_DEADLINE_REAL_MS);
  }

  /** A duration in market milliseconds, stretched so that it takes {@code realMs} at least. */
  public long atLeast(long marketDurationMs, long realMs) {
    return Math.max(marketDurationMs, marketDuration(realMs));
  }
}
