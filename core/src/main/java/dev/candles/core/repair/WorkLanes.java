package dev.candles.core.repair;

import dev.candles.core.repair.RepairWork.Lane;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The work of a venue. While several lanes have due work they take turns, request by request: none
 * starves another, and one alone has the whole budget. A lane whose first work has no budget holds
 * up no other. Kept in memory; not thread-safe.
 */
final class WorkLanes {
  private final Map<Lane, WorkQueue> queues = new EnumMap<>(Lane.class);

  /** Times of our clock before which the budget of a lane's first work is known to be used up. */
  private final Map<Lane, Long> refusedUntilMs = new EnumMap<>(Lane.class);

  /** Who had work last is last. */
  private final List<Lane> turns = new ArrayList<>(List.of(Lane.values()));

  WorkLanes() {
    for (Lane lane : Lane.values()) {
      queues.put(lane, new WorkQueue(lane));
    }
  }

  /** Adds work, or changes when it is due; it may be of another budget than what was refused. */
  void put(RepairWork work) {
    refusedUntilMs.remove(work.lane());
    queue(work.lane()).put(work);
  }

  void remove(Lane lane, String kind, String key) {
    queue(lane).remove(kind, key);
  }

  /** Puts work back whose budget has no room before {@code untilMs} of our clock. */
  void refused(RepairWork work, long untilMs) {
    queue(work.lane()).put(work);
    refusedUntilMs.put(work.lane(), untilMs);
  }

  /**
   * Takes due work that {@code allowed} lets through, of the lane whose turn it is if that has any.
   *
   * @param nowMs the venue's time, epoch ms
   * @param ourMs market time of our clock, epoch ms
   */
  @Nullable RepairWork take(long nowMs, long ourMs, Predicate<RepairWork> allowed) {
    for (Lane lane : turns) {
      RepairWork work = mayAskMs(lane) > ourMs ? null : queue(lane).take(nowMs, allowed);
      if (work != null) {
        turns.remove(lane);
        turns.add(lane);
        return work;
      }
    }
    return null;
  }

  boolean isEmpty() {
    return size() == 0;
  }

  int size() {
    return queues.values().stream().mapToInt(WorkQueue::size).sum();
  }

  /**
   * When there is something to ask next.
   *
   * @param nowMs the venue's time, epoch ms
   * @param ourMs market time of our clock, epoch ms
   * @param offsetMs how far the venue's clock is ahead of ours
   * @return market time of our clock, epoch ms; {@link Long#MAX_VALUE} if there is no work
   */
  long nextMs(long nowMs, long ourMs, long offsetMs) {
    long nextMs = Long.MAX_VALUE;
    for (Lane lane : Lane.values()) {
      nextMs = Math.min(nextMs, nextMs(lane, nowMs, ourMs, offsetMs));
    }
    return nextMs;
  }

  /** The same of one lane. */
  long nextMs(Lane lane, long nowMs, long ourMs, long offsetMs) {
    WorkQueue queue = queue(lane);
    if (queue.size() == 0) {
      return Long.MAX_VALUE;
    }
    long dueMs = queue.hasDue(nowMs) ? ourMs : queue.nextDueMs().orElseThrow() - offsetMs;
    return Math.max(dueMs, mayAskMs(lane));
  }

  private long mayAskMs(Lane lane) {
    return refusedUntilMs.getOrDefault(lane, Long.MIN_VALUE);
  }

  private WorkQueue queue(Lane lane) {
    WorkQueue queue = queues.get(lane);
    if (queue == null) {
      throw new IllegalStateException("no such lane: " + lane);
    }
    return queue;
  }
}
