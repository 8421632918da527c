package dev.candles.job.operator;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.apache.flink.streaming.api.TimerService;
import org.jspecify.annotations.Nullable;

/**
 * Timers as {@code InternalTimerServiceImpl} keeps them: one queue for all keys, of which only the
 * head is scheduled, by a delay that is measured when it becomes the head. Beside the clock that is
 * shown goes a steady one, which no test can set.
 */
final class FlinkTimers implements TimerService {
  /** All that was ever set, in that order. */
  final List<Long> set = new ArrayList<>();

  private final TreeMap<Long, List<TimerChain>> queue = new TreeMap<>();
  private TimerChain key = new TimerChain();
  private @Nullable Long scheduled;
  private long scheduledSteadyMs;
  private long steadyMs;
  private long clockMs;

  /** Chains whose timer came, in that order. */
  final List<TimerChain> fired = new ArrayList<>();

  /** What is set from now on is of this chain. */
  FlinkTimers of(TimerChain chain) {
    key = chain;
    return this;
  }

  /** The clock is set, and nothing else happens. */
  void setClock(long ms) {
    clockMs = ms;
  }

  /** Time passes, by any clock, and timers come. */
  void pass(long ms) {
    steadyMs += ms;
    clockMs += ms;
    while (scheduled != null && scheduledSteadyMs <= steadyMs) {
      long time = scheduled;
      scheduled = null;
      while (!queue.isEmpty() && queue.firstKey() <= time) {
        var head = queue.pollFirstEntry();
        for (TimerChain chain : head.getValue()) {
          fired.add(chain);
          chain.fired(head.getKey());
        }
      }
      if (!queue.isEmpty() && scheduled == null) {
        schedule(queue.firstKey());
      }
    }
  }

  private void schedule(long timeMs) {
    scheduled = timeMs;
    scheduledSteadyMs = steadyMs + Math.max(0, timeMs - clockMs);
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
