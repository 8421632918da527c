package dev.candles.core.time;

import java.time.Instant;

/**
 * Which times a lake can be about, epoch ms, UTC. Whoever reads a lake has a few numbers for each
 * day from its first time to its last, so a time far from any market's life must not be believed.
 * Pure.
 */
public final class LakeTime {
  /** Where a clock that was never set begins less the longest history, and some days. */
  private static final long FIRST_MS = Instant.parse("1950-01-01T00:00:00Z").toEpochMilli();

  /** A century after the latest time that a configuration may name. */
  private static final long END_MS = Instant.parse("2300-01-01T00:00:00Z").toEpochMilli();

  /** Nothing that is collected was traded before. */
  private static final long FIRST_TRADES_MS = Instant.parse("2009-01-01T00:00:00Z").toEpochMilli();

  private LakeTime() {}

  /**
   * Whether a lake can be about {@code [fromMs, toMs)}: no build has written anything else,
   * whatever its clock said.
   */
  public static boolean holds(long fromMs, long toMs) {
    return fromMs >= FIRST_MS && toMs <= END_MS;
  }

  /** Whether a clock that says {@code nowMs} was ever set: without a battery one begins in 1970. */
  public static boolean isOfASetClock(long nowMs) {
    return nowMs >= FIRST_TRADES_MS;
  }
}
