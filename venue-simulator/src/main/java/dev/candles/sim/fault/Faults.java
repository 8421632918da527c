package dev.candles.sim.fault;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Decides when a fault hits, and counts. A venue asks at each opportunity, only when the fault can
 * really be done. Chance is hashed from the seed and the opportunity, so a run can be repeated.
 * Safe for many threads.
 */
public final class Faults {
  private final long seed;
  private final long startMs;
  private final List<ActiveFault> armed;
  private final Map<Struck, Long> counts = new ConcurrentHashMap<>();
  private final Map<String, Long> untilOf = new ConcurrentHashMap<>();
  private volatile long untilMs = Long.MAX_VALUE;

  private record Struck(FaultKind kind, String venue) {}

  /**
   * @param startMs market time from which {@code every} counts, epoch ms, UTC
   */
  public Faults(List<Fault> faults, long seed, long startMs) {
    this.seed = seed;
    this.startMs = startMs;
    armed = new CopyOnWriteArrayList<>();
    faults.forEach(this::add);
  }

  /** One more, of which the time has not come yet. */
  public synchronized void add(Fault fault) {
    armed.add(new ActiveFault(fault, startMs, armed.size()));
  }

  /** From this market time on (epoch ms, UTC) nothing is injected any more, for good. */
  public void until(long ms) {
    untilMs = Math.min(untilMs, ms);
  }

  /** The same for one venue alone. */
  public void until(String venue, long ms) {
    untilOf.merge(venue, ms, Math::min);
  }

  /** Whether anything may be injected at a venue at a market time (epoch ms, UTC). */
  public boolean live(String venue, long nowMs) {
    return nowMs < untilMs && nowMs < untilOf.getOrDefault(venue, Long.MAX_VALUE);
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
    fault.ifPresent(hit -> count(kind, venue));
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
    for (ActiveFault one : armed) {
      if (one.fits(kind, venue, symbol, nowMs)
          && live(venue, nowMs)
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
    for (ActiveFault one : armed) {
      if (one.fits(kind, venue, null, nowMs)
          && live(venue, nowMs)
          && (one.fault.probability() == null || one.firstIn(minute))
          && one.begins(seed, minute, nowMs)) {
        return Optional.of(one.fault);
      }
    }
    return Optional.empty();
  }

  /** Counts one that {@link #begin} or {@link #peek} gave and that really hit. */
  public void count(FaultKind kind, String venue) {
    counts.merge(new Struck(kind, venue), 1L, Long::sum);
  }

  /** A number by chance that belongs to something of a market, always the same. */
  public long noise(String venue, String symbol, long key) {
    long z = (seed * 31 + venue.hashCode()) * 31 + symbol.hashCode();
    return mix(mix(z * 0x9E3779B97F4A7C15L) ^ (key * 0xD1342543DE82EF95L));
  }

  private static long mix(long value) {
    long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** How many of a kind were injected, at all venues. */
  public long counted(FaultKind kind) {
    return counts.entrySet().stream()
        .filter(entry -> entry.getKey().kind == kind)
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  /** How many of a kind were injected at one venue. */
  public long counted(FaultKind kind, String venue) {
    return counts.getOrDefault(new Struck(kind, venue), 0L);
  }

  /** How many were injected at all venues, by {@link FaultKind#label}; all kinds. */
  public Map<String, Long> counts() {
    Map<String, Long> all = new TreeMap<>();
    for (FaultKind kind : FaultKind.values()) {
      all.put(kind.label(), counted(kind));
    }
    return all;
  }
}
