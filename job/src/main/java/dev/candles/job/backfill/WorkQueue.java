package dev.candles.job.backfill;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What is to be asked and when: due work in order of the newest market time first, the rest by its
 * due time. Kept in memory, about 200 bytes per open stream-day, and built anew from keyed state in
 * every attempt. Pure; not thread-safe.
 */
final class WorkQueue {

  /** What is asked about. */
  enum Kind {
    /** The open intervals of a stream-day. */
    GAP,
    /** Final candles that may not hold. */
    RECHECK,
    /** Trades by their ids. */
    TRADES
  }

  /**
   * One thing to ask.
   *
   * @param marketMs what time it is about: the newest goes first
   * @param dueMs market time before which it is not asked
   */
  record Work(String key, Kind kind, long marketMs, long dueMs) {}

  private static final Comparator<Work> NEWEST_FIRST =
      Comparator.comparingLong(Work::marketMs)
          .reversed()
          .thenComparing(Work::key)
          .thenComparing(Work::kind);
  private static final Comparator<Work> EARLIEST_DUE =
      Comparator.comparingLong(Work::dueMs).thenComparing(Work::key).thenComparing(Work::kind);

  private final TreeSet<Work> ready = new TreeSet<>(NEWEST_FIRST);
  private final TreeSet<Work> waiting = new TreeSet<>(EARLIEST_DUE);
  private final Map<String, Work> all = new HashMap<>();

  /** Adds work, or changes when it is due. */
  void put(Work work) {
    remove(work.key(), work.kind());
    all.put(name(work.key(), work.kind()), work);
    waiting.add(work);
  }

  void remove(String key, Kind kind) {
    Work old = all.remove(name(key, kind));
    if (old != null) {
      ready.remove(old);
      waiting.remove(old);
    }
  }

  /** Takes the newest due work that {@code allowed} lets through. */
  @Nullable Work take(long nowMs, Predicate<Work> allowed) {
    while (!waiting.isEmpty() && waiting.first().dueMs() <= nowMs) {
      ready.add(waiting.pollFirst());
    }
    for (Work work : ready) {
      if (allowed.test(work)) {
        remove(work.key(), work.kind());
        return work;
      }
    }
    return null;
  }

  /** Whether something is due. */
  boolean hasDue(long nowMs) {
    return !ready.isEmpty() || (!waiting.isEmpty() && waiting.first().dueMs() <= nowMs);
  }

  /** When the next work that is not due yet will be (market time). */
  OptionalLong nextDueMs() {
    return waiting.isEmpty() ? OptionalLong.empty() : OptionalLong.of(waiting.first().dueMs());
  }

  int size() {
    return all.size();
  }

  private static String name(String key, Kind kind) {
    return kind + key;
  }
}
