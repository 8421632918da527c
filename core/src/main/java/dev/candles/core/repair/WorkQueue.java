package dev.candles.core.repair;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What is to be asked in one lane and when: due work in the order of the lane, the rest by its due
 * time. Kept in memory, about 200 bytes per open stream-day, and built anew from keyed state in
 * every attempt. Pure; not thread-safe.
 */
final class WorkQueue {
  private static final Comparator<RepairWork> NEWEST_FIRST =
      Comparator.comparingLong(RepairWork::marketMs)
          .reversed()
          .thenComparing(RepairWork::key)
          .thenComparing(RepairWork::kind);
  private static final Comparator<RepairWork> EARLIEST_DUE =
      Comparator.comparingLong(RepairWork::dueMs)
          .thenComparing(RepairWork::key)
          .thenComparing(RepairWork::kind);

  private final TreeSet<RepairWork> ready;
  private final TreeSet<RepairWork> waiting = new TreeSet<>(EARLIEST_DUE);
  private final Map<String, RepairWork> all = new HashMap<>();

  WorkQueue(RepairWork.Lane lane) {
    ready =
        new TreeSet<>(
            switch (lane) {
              case REPAIR -> NEWEST_FIRST;
              case CONFIRMATION -> EARLIEST_DUE;
            });
  }

  /** Adds work, or changes when it is due. */
  void put(RepairWork work) {
    remove(work.kind(), work.key());
    all.put(name(work.kind(), work.key()), work);
    waiting.add(work);
  }

  void remove(String kind, String key) {
    RepairWork old = all.remove(name(kind, key));
    if (old != null) {
      ready.remove(old);
      waiting.remove(old);
    }
  }

  /** Takes the first due work that {@code allowed} lets through. */
  @Nullable RepairWork take(long nowMs, Predicate<RepairWork> allowed) {
    while (!waiting.isEmpty() && waiting.first().dueMs() <= nowMs) {
      ready.add(waiting.pollFirst());
    }
    for (RepairWork work : ready) {
      if (allowed.test(work)) {
        remove(work.kind(), work.key());
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

  private static String name(String kind, String key) {
    return kind + " " + key;
  }
}
