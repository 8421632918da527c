package dev.candles.core.repair;

import dev.candles.core.repair.RepairWork.Lane;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The work of a venue, a lane for each kind. While several lanes have due work they take turns,
 * request by request: confirmations with all repairs, and the repairs among themselves. None
 * starves another, and one alone has the whole budget; a lane in which neither the newest nor what
 * has waited longest has budget holds up no other. So a lane has at least every sixth request, and
 * in a lane {@link WorkQueue} says who is next. Kept in memory; not thread-safe.
 */
final class WorkLanes {
  private final Map<Lane, WorkQueue> queues = new EnumMap<>(Lane.class);

  /** Lanes of repairs; who had a request last is last. */
  private final List<Lane> repairs = new ArrayList<>();

  private boolean confirmed;

  WorkLanes() {
    for (Lane lane : Lane.values()) {
      queues.put(lane, new WorkQueue(lane));
      if (lane.isRepair()) {
        repairs.add(lane);
      }
    }
  }

  /** Adds work, or changes when it is due. */
  void put(RepairWork work) {
    queue(work.lane()).put(work);
  }

  void remove(Lane lane, String key) {
    queue(lane).remove(key);
  }

  /**
   * Takes due work, of the lane whose turn it is if that has any: {@link #asked} or {@link
   * #refused} says what came of it.
   *
   * @param nowMs the venue's time, epoch ms
   * @param waitMs a time that never goes back, see {@link dev.candles.core.time.ForwardTime}
   * @param days which stream-days may be written
   * @param busy whether an answer to the same question is still awaited
   */
  @Nullable RepairWork take(
      long nowMs, long waitMs, StreamDayQuota days, Predicate<RepairWork> busy) {
    Set<String> only = days.only();
    Predicate<RepairWork> held = only == null ? busy : busy.or(work -> work.isHeld(only));
    for (Lane lane : turns()) {
      WorkQueue queue = queue(lane);
      RepairWork work =
          queue.mayAskMs() > waitMs
              ? null
              : queue.take(nowMs, lane == Lane.GAP ? only : null, held);
      if (work != null) {
        return work;
      }
    }
    return null;
  }

  private List<Lane> turns() {
    List<Lane> turns = new ArrayList<>(repairs);
    turns.add(confirmed ? turns.size() : 0, Lane.CONFIRMATION);
    return turns;
  }

  /** The work that was taken last is asked. */
  void asked(RepairWork work) {
    queue(work.lane()).asked();
    confirmed = !work.lane().isRepair();
    if (repairs.remove(work.lane())) {
      repairs.add(work.lane());
    }
  }

  /** The work that was taken last has no budget before {@code untilMs}: it keeps its turn. */
  void refused(RepairWork work, long untilMs) {
    queue(work.lane()).refused(untilMs);
  }

  boolean isEmpty() {
    return size() == 0;
  }

  int size() {
    return queues.values().stream().mapToInt(WorkQueue::size).sum();
  }

  /** How much work there is in a lane. */
  int size(Lane lane) {
    return queue(lane).size();
  }

  /**
   * When there is something to ask next.
   *
   * @param nowMs the venue's time, epoch ms
   * @param waitMs as in {@link #take}
   * @param offsetMs how far the venue's time is ahead of {@code waitMs}
   * @return by the time of {@code waitMs}; {@link Long#MAX_VALUE} if there is no work
   */
  long nextMs(long nowMs, long waitMs, long offsetMs) {
    return Math.min(
        nextRepairMs(nowMs, waitMs, offsetMs), nextMs(Lane.CONFIRMATION, nowMs, waitMs, offsetMs));
  }

  /** The same of repairs alone. */
  long nextRepairMs(long nowMs, long waitMs, long offsetMs) {
    long nextMs = Long.MAX_VALUE;
    for (Lane lane : repairs) {
      nextMs = Math.min(nextMs, nextMs(lane, nowMs, waitMs, offsetMs));
    }
    return nextMs;
  }

  private long nextMs(Lane lane, long nowMs, long waitMs, long offsetMs) {
    WorkQueue queue = queue(lane);
    if (queue.size() == 0) {
      return Long.MAX_VALUE;
    }
    long dueMs = queue.hasDue(nowMs) ? waitMs : queue.nextDueMs().orElseThrow() - offsetMs;
    return Math.max(dueMs, queue.mayAskMs());
  }

  private WorkQueue queue(Lane lane) {
    WorkQueue queue = queues.get(lane);
    if (queue == null) {
      throw new IllegalStateException("no such lane: " + lane);
    }
    return queue;
  }
}
