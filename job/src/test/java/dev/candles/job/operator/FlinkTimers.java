package dev.candles.job.operator;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.TreeMap;
import org.apache.flink.streaming.api.TimerService;
import org.jspecify.annotations.Nullable;

/**
 * Timers as {@code InternalTimerServiceImpl} keeps them: one queue for all keys, of which only the
 * head is scheduled, by a delay that is measured when it becomes the head. What has come waits for
 * its turn as a mail of the task, and cannot be cancelled any more. Beside the clock that is shown
 * goes a steady one, which no test can set.
 */
final class FlinkTimers implements TimerService {
  private static final int MOST_FIRED = 10_000;

  private record Scheduled(long timeMs, long dueSteadyMs) {}

  /** All that was ever set, in that order. */
  final List<Long> set = new ArrayList<>();

  private final TreeMap<Long, List<TimerChain>> queue = new TreeMap<>();
  private TimerChain key = new TimerChain();
  private final List<Scheduled> futures = new ArrayList<>();
  private final Deque<Long> mails = new ArrayDeque<>();
  private @Nullable Scheduled next;
  private long steadyMs;
  private long clockMs;

  /** Chains whose timer came, in that order. */
  final List<TimerChain> fired = new ArrayList<>();

  /** What a chain does in its turn, beside noting that its timer came. */
  Turn turn = (chain, timestamp) -> {};

  /** Told of a timer that came. */
  @FunctionalInterface
  interface Turn {
    void take(TimerChain chain, long timestamp);
  }

  /** What is set from now on is of this chain. */
  FlinkTimers of(TimerChain chain) {
    key = chain;
    return this;
  }

  /** The clock is set, and nothing else happens. */
  void setClock(long ms) {
    clockMs = ms;
  }

  /** Of the clock that nobody sets. */
  long steadyNs() {
    return steadyMs * 1_000_000;
  }

  /** How many callbacks are scheduled, or wait for their turn. */
  int live() {
    return futures.size() + mails.size();
  }

  /** Time passes, by any clock, and timers come and have their turn. */
  void pass(long ms) {
    passWithoutATurn(ms);
    turns();
  }

  /** Time passes, by any clock, while the task is at work. */
  void passWithoutATurn(long ms) {
    steadyMs += ms;
    clockMs += ms;
    come();
  }

  /** All that has come has its turn. */
  void turns() {
    for (Long time = mails.poll(); time != null; time = mails.poll()) {
      next = null;
      while (!queue.isEmpty() && queue.firstKey() <= time) {
        var head = queue.pollFirstEntry();
        for (TimerChain chain : head.getValue()) {
          fired.add(chain);
          chain.fired(head.getKey());
          turn.take(chain, head.getKey());
          if (fired.size() > MOST_FIRED) {
            throw new AssertionError("a turn does not end: fired=" + fired.size());
          }
        }
      }
      if (!queue.isEmpty() && next == null) {
        schedule(queue.firstKey());
      }
      come();
    }
  }

  private void come() {
    List<Scheduled> due = futures.stream().filter(f -> f.dueSteadyMs <= steadyMs).toList();
    futures.removeAll(due);
    due.stream()
        .sorted(Comparator.comparingLong(Scheduled::dueSteadyMs))
        .forEach(f -> mails.add(f.timeMs));
  }

  private void schedule(long timeMs) {
    next = new Scheduled(timeMs, steadyMs + Math.max(0, timeMs - clockMs));
    futures.add(next);
  }

  @Override
  public long currentProcessingTime() {
    return clockMs;
  }

  @Override
  public void registerProcessingTimeTimer(long timeMs) {
    set.add(timeMs);
    boolean first = queue.isEmpty() || timeMs < queue.firstKey();
    List<TimerChain> chains = queue.computeIfAbsent(timeMs, time -> new ArrayList<>());
    if (!chains.contains(key)) {
      chains.add(key);
    }
    if (first) {
      futures.remove(next);
      schedule(timeMs);
    }
  }

  @Override
  public long currentWatermark() {
    return Long.MIN_VALUE;
  }

  @Override
  public void registerEventTimeTimer(long timeMs) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void deleteProcessingTimeTimer(long timeMs) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void deleteEventTimeTimer(long timeMs) {
    throw new UnsupportedOperationException();
  }
}
