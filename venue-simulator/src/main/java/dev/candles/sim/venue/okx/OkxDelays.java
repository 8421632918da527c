package dev.candles.sim.venue.okx;

import java.time.Duration;

/**
 * By how much later than usual a closing word comes, market time.
 *
 * @param busy on the feed, of an interval whose last minute was traded
 * @param silent on the feed, of one whose last minute was silent
 * @param rest in REST, after it was due on the feed
 */
public record OkxDelays(Duration busy, Duration silent, Duration rest) {
  /** As documented or measured. */
  public static final OkxDelays NONE = new OkxDelays(Duration.ZERO, Duration.ZERO, Duration.ZERO);

  /**
   * @throws IllegalArgumentException if one is negative
   */
  public OkxDelays {
    if (busy.isNegative() || silent.isNegative() || rest.isNegative()) {
      throw new IllegalArgumentException(
          "must not be negative: busy=" + busy + ", silent=" + silent + ", rest=" + rest);
    }
  }
}
