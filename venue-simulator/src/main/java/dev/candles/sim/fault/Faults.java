package dev.candles.sim.fault;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Decides when a fault hits, and counts. A venue asks at each opportunity, only when the fault can
 * really be done. Chance is hashed from the seed and the opportunity, so a run can be repeated.
 * Safe for many threads.
 */
public final class Faults {
  private final long seed;
  private final List<Armed> armed;
  private final Map<FaultKind, AtomicLong> counts = new EnumMap<>(FaultKind.class);
  private volatile long untilMs = Long.MAX_VALUE;

  /**
   * @param startMs market time from which {@code every} counts, epoch ms, UTC
   */
  public Faults(List<Fault> faults, long seed, long startMs) {
    this.seed = seed;
    armed = new ArrayList<>();
    faults.forEach(fault -> armed.add(new Armed(fault, startMs, armed.size())));
    for (FaultKind kind : FaultKind.values()) {
      counts.put(kind, new AtomicLong());
    }
  }

  /** From this market time on (epoch ms, UTC) nothing is injected any more. */
  public void until(long ms) {
    untilMs = ms;
  }

  /** Whether anything may be injected at a market time (epoch ms, UTC). */
  public boolean live(long nowMs) {
    return nowMs < untilMs;
  }

  /**
   * An opportunity.
   *
   * @param symbol whose it is, null if of a whole connection
   * @param key names the opportunity among all of its kind: the same key, the same luck
   * @param nowMs market time, epoch ms, UTC
   * @return the fault to do now; it is counted
   */
  public Optional<Fault> strike(
      FaultKind kind, String venue, @Nullable String symbol, long key, long nowMs) {
    Optional<Fault> fault = peek(kind, venue, symbol, key, nowMs);
    fault.ifPresent(hit -> count(kind));
    return fault;
  }

  /** As {@link #strike}, for what can still fail: to be counted when it really hit. */
  public Optional<Fault> peek(
      FaultKind kind, String venue, @Nullable String symbol, long key, long nowMs) {
    return peek(kind, venue, symbol, key, nowMs, fault -> true);
  }

  /** As {@link #peek}, for what only some faults can do here: the others keep their turn. */
  public Optional<Fault> peek(
      FaultKind kind,
      String venue,
      @Nullable String symbol,
      long key,
      long nowMs,
      Predicate<Fault> feasible) {
    for (Armed one : armed) {
      if (one.fits(kind, venue, symbol, nowMs)
          && live(nowMs)
          && feasible.test(one.fault)
          && one.hits(seed, key, nowMs)) {
        return Optional.of(one.fault);
      }
    }
    return Optional.empty();
  }

  /**
   * Whether something that happens to a whole venue (stall, cut) begins now; asked at every tick.
   * Chance has one go per market minute. Not counted: see {@link #count}.
   */
  public Optional<Fault> begin(FaultKind kind, String venue, long nowMs) {
    long minute = Math.floorDiv(nowMs, 60_000L);
    for (Armed one : armed) {
      if (one.fits(kind, venue, null, nowMs)
          && live(nowMs)
          && (one.fault.probability() == null || one.firstIn(minute))
          && one.begins(seed, minute, nowMs)) {
        return Optional.of(one.fault);
      }
    }
    return Optional.empty();
  }

  /** Counts one that {@link #begin} gave and that really hit. */
  public void count(FaultKind kind) {
    of(kind).incrementAndGet();
  }

  /** How many of a kind were injected. */
  public long counted(FaultKind kind) {
    return of(kind).get();
  }

  /** How many were injected, by {@link FaultKind#label}; all kinds. */
  public Map<String, Long> counts() {
    Map<String, Long> all = new TreeMap<>();
    counts.forEach((kind, count) -> all.put(kind.label(), count.get()));
    return all;
  }

  private AtomicLong of(FaultKind kind) {
    AtomicLong count = counts.get(kind);
    if (count == null) {
      throw new IllegalStateException("kind without count: kind=" + kind);
    }
    return count;
  }
}
