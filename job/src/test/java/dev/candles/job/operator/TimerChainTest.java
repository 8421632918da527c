package dev.candles.job.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.streaming.api.TimerService;
import org.junit.jupiter.api.Test;

/** Timers that are each set thirty seconds ahead, by a clock that the test sets. */
class TimerChainTest {
  private final Timers timers = new Timers();
  private final TimerChain chain = new TimerChain();

  /** Notes what is set. */
  private static final class Timers implements TimerService {
    private final List<Long> set = new ArrayList<>();
    private long nowMs;

    @Override
    public long currentProcessingTime() {
      return nowMs;
    }

    @Override
    public long currentWatermark() {
      return Long.MIN_VALUE;
    }

    @Override
    public void registerProcessingTimeTimer(long timeMs) {
      set.add(timeMs);
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

  private void armAhead() {
    chain.arm(timers, timers.nowMs + 30_000);
  }

  @Test
  void aClockThatIsSetBackStopsNoTimer() {
    timers.nowMs = 18_000_000;
    armAhead();
    armAhead();
    assertThat(timers.set).containsExactly(18_030_000L);
    timers.nowMs = 1_000;
    armAhead();
    armAhead();
    assertThat(timers.set).as("one chain").containsExactly(18_030_000L, 31_000L);
  }

  /** Flink waits for as long as a timer was away when it was set, whatever the clock shows then. */
  @Test
  void aTimerThatComesBeforeItsTimeByASetClockIsFollowedByAnother() {
    timers.nowMs = 100_000;
    armAhead();
    timers.nowMs = 120_000;
    chain.fired(130_000);
    armAhead();
    assertThat(timers.set).containsExactly(130_000L, 150_000L);
    chain.fired(130_000);
    armAhead();
    assertThat(timers.set).as("one chain").hasSize(2);
  }
}
