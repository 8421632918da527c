package dev.candles.job.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Timers that are each set thirty seconds ahead, or at once, by a clock that the test sets. */
class TimerChainTest {
  private static final long NOON = 43_200_000;
  private static final long SECOND = 1_000;

  private final FlinkTimers timers = new FlinkTimers();
  private final TimerChain chain = new TimerChain(timers::steadyNs);
  private final TimerChain other = new TimerChain(timers::steadyNs);

  private void armAhead() {
    chain.arm(timers.of(chain), timers.currentProcessingTime() + 30_000);
  }

  private void armIn(TimerChain of, Duration time) {
    of.arm(timers.of(of), timers.currentProcessingTime() + time.toMillis());
  }

  @Test
  void aClockThatIsSetBackStopsNoTimer() {
    timers.setClock(18_000_000);
    armAhead();
    armAhead();
    assertThat(timers.set).containsExactly(18_030_000L);
    timers.setClock(1_000);
    armAhead();
    armAhead();
    assertThat(timers.set).as("one chain").containsExactly(18_030_000L, 31_000L);
  }

  /** Flink waits for as long as a timer was away when it was set, whatever the clock shows then. */
  @Test
  void aTimerThatComesBeforeItsTimeByASetClockIsFollowedByAnother() {
    timers.setClock(100_000);
    armAhead();
    timers.setClock(90_000);
    timers.pass(30_000);
    assertThat(timers.fired).containsExactly(chain);
    armAhead();
    assertThat(timers.set).containsExactly(130_000L, 150_000L);
    chain.fired(130_000);
    armAhead();
    assertThat(timers.set).as("one chain").hasSize(2);
  }

  /** It was put to sleep for the night, or its clock was set forward. */
  @Test
  void whatIsDueAfterALeapOfTheClockIsLookedAtNow() {
    timers.setClock(NOON);
    armIn(chain, Duration.ofMinutes(20));
    timers.setClock(NOON + Duration.ofHours(8).toMillis());
    chain.armNow(timers.of(chain));
    timers.pass(SECOND);
    assertThat(timers.fired).contains(chain);
  }

  /** Flink sets the earliest timer of all keys alone. */
  @Test
  void noKeyWaitsBehindATimerThatAnotherHadSetBeforeTheLeap() {
    timers.setClock(NOON);
    armIn(other, Duration.ofMinutes(20));
    chain.armNow(timers.of(chain));
    timers.pass(SECOND);
    timers.fired.clear();
    timers.setClock(NOON + Duration.ofHours(8).toMillis());
    chain.armNow(timers.of(chain));
    timers.pass(SECOND);
    assertThat(timers.fired).as("and that one is overdue").containsExactly(chain, other);
  }

  @Test
  void whatIsOverdueIsLookedAtByWhoeverWaitsForLater() {
    timers.setClock(NOON);
    armIn(chain, Duration.ofMinutes(20));
    timers.setClock(NOON + Duration.ofHours(8).toMillis());
    armAhead();
    armAhead();
    timers.pass(SECOND);
    assertThat(timers.fired).contains(chain);
    assertThat(timers.set).as("one chain").hasSize(2);
  }

  /** Flink would go on with each of the two. */
  @Test
  void noTimerIsScheduledTwiceWhileWhatHasComeWaitsForItsTurn() {
    timers.setClock(NOON);
    armIn(other, Duration.ofHours(1));
    for (int i = 0; i < 100; i++) {
      armIn(chain, Duration.ofMillis(20));
      timers.passWithoutATurn(21);
      chain.armNow(timers.of(chain));
      armIn(other, Duration.ofSeconds(30));
      timers.turns();
    }
    assertThat(timers.live()).isOne();
  }

  @Test
  void manyWhoCannotWaitHaveOneTimer() {
    timers.setClock(NOON);
    for (int i = 0; i < 1_000; i++) {
      chain.armNow(timers.of(chain));
    }
    assertThat(timers.set).hasSize(1);
    timers.pass(1);
    assertThat(timers.fired).containsExactly(chain);
    for (int i = 0; i < 1_000; i++) {
      chain.armNow(timers.of(chain));
    }
    assertThat(timers.set).hasSize(2).endsWith(NOON + 2);
    timers.pass(1);
    assertThat(timers.fired).containsExactly(chain, chain);
  }

  /** Flink fires all that is set for the time of a turn or before within it. */
  @Test
  void aTurnEndsThoughTheClockWasSetBackAndShowsLessThanItsTimer() {
    timers.turn = (of, firedMs) -> of.armAgain(timers.of(of), firedMs, inThirtySeconds());
    timers.setClock(NOON);
    armAhead();
    timers.setClock(NOON - 60_000);
    timers.pass(30_001);
    assertThat(timers.fired).containsExactly(chain);
    assertThat(timers.set).containsExactly(NOON + 30_000, NOON + 60_000);
    armAhead();
    timers.pass(30_001);
    assertThat(timers.fired).as("an element asks for it sooner").containsExactly(chain, chain);
  }

  private long inThirtySeconds() {
    return timers.currentProcessingTime() + 30_000;
  }

  /** As of the venues of one subtask: the later timer had come, and an earlier one is set. */
  @Test
  void aTurnEndsWhereAnEarlierTimerIsSetAfterTheClockWasSetBack() {
    timers.turn = (of, firedMs) -> of.armAgain(timers.of(of), firedMs, inThirtySeconds());
    timers.setClock(NOON);
    armAhead();
    timers.setClock(NOON - 600_000);
    timers.passWithoutATurn(30_001);
    other.armNow(timers.of(other));
    timers.turns();
    assertThat(timers.fired).hasSizeLessThan(30).contains(chain, other);
  }
}
