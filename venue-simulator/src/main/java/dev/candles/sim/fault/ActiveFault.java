package dev.candles.sim.fault;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A fault that waits for its time, and remembers when it struck. Safe for many threads. */
final class ActiveFault {
  final Fault fault;
  private final long startMs;
  private final int salt;
  private long lastRound;
  private long lastMinute = Long.MIN_VALUE;

  ActiveFault(Fault fault, long startMs, int salt) {
    this.fault = fault;
    this.startMs = startMs;
    this.salt = salt;
  }

  boolean fits(FaultKind kind, String venue, @Nullable String symbol, long nowMs) {
    return fault.kind() == kind
        && fault.venue().equals(venue)
        && (fault.symbol() == null || fault.symbol().equals(symbol))
        && nowMs < fault.untilMs();
  }

  /** Whether it hits an opportunity: one per round, or every one while a round lasts. */
  boolean hits(long seed, long key, long nowMs) {
    boolean once = fault.duration().isZero() || fault.kind() == FaultKind.ACK_THEN_SILENCE;
    return once ? begins(seed, key, nowMs) : lucky(seed, key) || inRound(nowMs);
  }

  /** Whether a round begins now that was not begun yet, or chance says so. */
  synchronized boolean begins(long seed, long key, long nowMs) {
    if (fault.probability() != null) {
      return lucky(seed, key);
    }
    long round = round(nowMs);
    boolean begins = round > lastRound;
    lastRound = Math.max(round, lastRound);
    return begins;
  }

  /** Whether chance is asked for the first time in a market minute. */
  synchronized boolean firstIn(long minute) {
    boolean first = minute > lastMinute;
    lastMinute = Math.max(minute, lastMinute);
    return first;
  }

  private boolean lucky(long seed, long key) {
    Double probability = fault.probability();
    return probability != null && unit(seed, key) < probability;
  }

  private boolean inRound(long nowMs) {
    long round = round(nowMs);
    return round > 0 && nowMs < roundStart(round) + fault.duration().toMillis();
  }

  /** 0 before the first round. */
  private long round(long nowMs) {
    Long at = fault.atMs();
    Duration every = fault.every();
    if (at != null) {
      return nowMs >= at ? 1 : 0;
    }
    return every == null ? 0 : Math.max(0, (nowMs - startMs) / every.toMillis());
  }

  private long roundStart(long round) {
    Long at = fault.atMs();
    Duration every = fault.every();
    return at != null ? at : every == null ? 0 : startMs + round * every.toMillis();
  }

  private double unit(long seed, long key) {
    long z = seed * 0x9E3779B97F4A7C15L + salt + key * 0xD1342543DE82EF95L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return ((z ^ (z >>> 31)) >>> 11) * 0x1.0p-53;
  }
}
