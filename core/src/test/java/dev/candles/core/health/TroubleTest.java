package dev.candles.core.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.feed.ConnectionEvent;
import dev.candles.core.health.VenueHealth.Snapshot;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When a trouble began, what of the venue failed in it, and what is remembered of it. */
class TroubleTest {
  private static final long START_MS = 1_768_000_000_000L;
  private static final long SECOND = 1_000;
  private static final long LATER_MS = START_MS + 3 * 86_400 * SECOND;
  private static final HealthRules RULES = HealthRules.RUNBOOK;

  private VenueHealth health = new VenueHealth(RULES, Snapshot.fresh(START_MS));

  private void fail(int source, long atMs) {
    health.take(new HealthSignal("okx", source, FailureReason.TIMEOUT, atMs));
  }

  private void succeed(int source, long atMs) {
    health.take(new HealthSignal("okx", source, null, atMs));
  }

  /** Fails every ten seconds. */
  private void cutFrom(long fromMs, int failures) {
    for (int n = 0; n < failures; n++) {
      fail(0, fromMs + 10 * n * SECOND);
    }
  }

  /** The states come later, and change within one outage. */
  @Test
  void aTroubleBeginsWithItsFirstFailureWhateverStatesFollow() {
    cutFrom(START_MS, 3);
    assertThat(health.state()).isEqualTo(HealthState.DEGRADED);
    assertThat(health.snapshot().troubleSinceMs()).isEqualTo(START_MS);
    cutFrom(START_MS + 30 * SECOND, 7);
    assertThat(health.state()).isEqualTo(HealthState.DOWN);
    assertThat(health.snapshot().sinceMs()).isGreaterThan(START_MS);
    assertThat(health.snapshot().troubleSinceMs()).isEqualTo(START_MS);
  }

  @Test
  void anIllVenueIsInTroubleUntilItIsHealthyAndThenItIsRemembered() {
    cutFrom(START_MS, 3);
    succeed(0, START_MS + 60 * SECOND);
    assertThat(health.snapshot().trouble())
        .as("its end is when everything answered")
        .isEqualTo(new Trouble(START_MS, START_MS + 60 * SECOND, true, false));
    succeed(0, START_MS + 70 * SECOND);
    succeed(0, START_MS + 80 * SECOND);
    assertThat(health.state()).isEqualTo(HealthState.HEALTHY);
    assertThat(health.snapshot().trouble()).isNull();
    assertThat(health.snapshot().past())
        .isEqualTo(new Trouble(START_MS, START_MS + 60 * SECOND, true, false));
    fail(0, START_MS + 90 * SECOND);
    succeed(0, START_MS + 91 * SECOND);
    assertThat(health.snapshot().past()).as("one failure is no outage").isNotNull();
    assertThat(health.snapshot().past().untilMs()).isEqualTo(START_MS + 60 * SECOND);
    assertThat(health.snapshot().trouble()).isNull();
  }

  @Test
  void itKnowsWhichPartsFailed() {
    fail(HealthSignal.REST, START_MS);
    assertThat(health.failsSinceMs(Part.REST)).isEqualTo(START_MS);
    assertThat(health.failsSinceMs(Part.FEED)).isEqualTo(VenueHealth.UNHEARD);
    health.take(HealthSignal.of(ConnectionEvent.begun("okx", 0, START_MS)));
    assertThat(health.failsSinceMs(Part.FEED)).as("begun").isEqualTo(VenueHealth.UNHEARD);
    succeed(0, START_MS + 1);
    assertThat(health.failsSinceMs(Part.FEED)).isZero();
    fail(HealthSignal.REST, START_MS + 2);
    succeed(HealthSignal.REST, START_MS + 3);
    assertThat(health.failsSinceMs(Part.REST)).isZero();
    fail(1, START_MS + 5);
    fail(0, START_MS + 6);
    fail(1, START_MS + 7);
    assertThat(health.failsSinceMs(Part.FEED)).as("of either connection").isEqualTo(START_MS + 5);
    succeed(1, START_MS + 8);
    assertThat(health.failsSinceMs(Part.FEED)).isEqualTo(START_MS + 6);
    Trouble trouble = health.snapshot().trouble();
    assertThat(trouble).isNotNull();
    assertThat(trouble.has(Part.FEED)).isTrue();
    assertThat(trouble.has(Part.REST)).as("that was over before").isFalse();
    fail(HealthSignal.REST, START_MS + 9);
    trouble = health.snapshot().trouble();
    assertThat(trouble).isEqualTo(new Trouble(START_MS + 5, START_MS + 9, true, true));
    assertThat(trouble.has(Part.REST)).isTrue();
  }

  @Test
  void aRestartKnowsSinceWhen() {
    cutFrom(START_MS, 3);
    restart();
    fail(0, START_MS + 40 * SECOND);
    assertThat(health.snapshot().troubleSinceMs()).isEqualTo(START_MS);
  }

  private void restart() {
    health = new VenueHealth(RULES, health.snapshot());
  }

  /** As a collector that runs does. */
  private void watch(long fromMs, long toMs) {
    for (long atMs = fromMs; atMs <= toMs; atMs += VenueHealth.QUIET_MS) {
      health.tick(atMs);
    }
  }

  /** One failure just before a stop, and three days later some at the start. */
  @Test
  void aTroubleDoesNotReachBackOverATimeInWhichNoCollectorRan() {
    fail(0, START_MS);
    restart();
    cutFrom(LATER_MS, 3);
    assertThat(health.state()).isEqualTo(HealthState.DEGRADED);
    assertThat(health.snapshot().trouble())
        .isEqualTo(new Trouble(LATER_MS, LATER_MS + 20 * SECOND, true, false));
    assertThat(health.snapshot().past()).as("it was healthy before").isNull();
  }

  /** Stopped while it was degraded or down: whether signals or the timer come first. */
  @ParameterizedTest
  @CsvSource({"3, false", "3, true", "10, false", "10, true"})
  void anOutageEndsWithItsLastFailureBeforeTheCollectorWasStopped(int failures, boolean ticks) {
    cutFrom(START_MS, failures);
    long lastMs = START_MS + 10 * (failures - 1) * SECOND;
    restart();
    if (ticks) {
      health.tick(LATER_MS);
    }
    for (int n = 0; n < 3; n++) {
      succeed(0, LATER_MS + n * SECOND);
    }
    assertThat(health.state()).isEqualTo(HealthState.HEALTHY);
    assertThat(health.snapshot().trouble()).isNull();
    assertThat(health.snapshot().past()).isEqualTo(new Trouble(START_MS, lastMs, true, false));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whoIsDownAfterTheMachineSleptIsInAnotherTrouble(boolean ticks) {
    cutFrom(START_MS, 10);
    long awakeMs = ticks ? LATER_MS - SECOND : LATER_MS;
    if (ticks) {
      health.tick(awakeMs);
    }
    fail(0, LATER_MS);
    assertThat(health.state()).isEqualTo(HealthState.DOWN);
    assertThat(health.snapshot().troubleSinceMs()).isEqualTo(awakeMs);
    Trouble past = health.snapshot().past();
    assertThat(past).isEqualTo(new Trouble(START_MS, START_MS + 90 * SECOND, true, false));
    for (int n = 1; n < 4; n++) {
      succeed(0, LATER_MS + n * SECOND);
    }
    assertThat(health.snapshot().past())
        .isEqualTo(new Trouble(awakeMs, LATER_MS + SECOND, true, false));
  }

  @Test
  void whoIsStillIllAtTheStartIsInOneTroubleUntilTheFirstWordOfIt() {
    cutFrom(START_MS, 3);
    restart();
    for (int connection = 0; connection < 2; connection++) {
      long atMs = LATER_MS + connection * SECOND;
      health.take(HealthSignal.of(ConnectionEvent.begun("okx", connection, atMs)));
      assertThat(health.snapshot().troubleSinceMs()).isEqualTo(LATER_MS);
    }
  }

  /** A pause shorter than the window is part of it: its failures count still. */
  @Test
  void aTroubleGoesOnOverAShortStop() {
    cutFrom(START_MS, 3);
    restart();
    fail(0, START_MS + RULES.windowMs());
    assertThat(health.snapshot().troubleSinceMs()).isEqualTo(START_MS);
  }

  /** REST was asked in vain, and nothing was asked since: it has not answered. */
  @Test
  void whoIsDownAndWatchedIsInTheSameTroubleHoweverLongNothingIsAsked() {
    for (int n = 0; n < 10; n++) {
      fail(HealthSignal.REST, START_MS);
    }
    watch(START_MS, LATER_MS);
    assertThat(health.state()).isEqualTo(HealthState.DOWN);
    assertThat(health.snapshot().troubleSinceMs()).isEqualTo(START_MS);
    assertThat(health.snapshot().past()).isNull();
  }

  /** Whether the timer comes between or not: each hour is a trouble of its own. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whatFailsMoreSeldomThanFailuresCountIsANewTroubleEachTime(boolean ticks) {
    fail(HealthSignal.REST, START_MS);
    long nextMs = START_MS + RULES.windowMs();
    watch(START_MS, ticks ? nextMs : nextMs - 1);
    fail(HealthSignal.REST, nextMs);
    assertThat(health.snapshot().troubleSinceMs()).isEqualTo(nextMs);
    assertThat(health.snapshot().past()).as("one failure is no outage").isNull();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aDegradedVenueThatGoesQuietWasInTroubleUntilItsLastFailure(boolean ticks) {
    cutFrom(START_MS, 3);
    long lastMs = START_MS + 20 * SECOND;
    long quietMs = lastMs + RULES.windowMs();
    watch(lastMs, quietMs - 1);
    if (!ticks) {
      health.take(HealthSignal.of(ConnectionEvent.begun("okx", 1, quietMs)));
    }
    health.tick(quietMs);
    assertThat(health.state()).isEqualTo(HealthState.HEALTHY);
    assertThat(health.snapshot().trouble()).isNull();
    assertThat(health.snapshot().past()).isEqualTo(new Trouble(START_MS, lastMs, true, false));
  }

  /** As earlier builds kept it. */
  @Test
  void anIllVenueOfWhichOnlyTheStateIsKnownIsInTroubleSinceItsFirstFailure() {
    var first = new VenueHealth.Failure(START_MS - 5 * SECOND, FailureReason.TIMEOUT);
    assertThat(Snapshot.of(HealthState.DOWN, START_MS, 2, List.of(first)).troubleSinceMs())
        .isEqualTo(START_MS - 5 * SECOND);
    assertThat(Snapshot.of(HealthState.DEGRADED, START_MS, 1, List.of()).troubleSinceMs())
        .isEqualTo(START_MS);
    assertThat(Snapshot.of(HealthState.HEALTHY, START_MS, 1, List.of(first)).trouble()).isNull();
  }

  @Test
  void whatNobodyAsksAgainIsOverWhenItsFailureCountsNoMore() {
    fail(HealthSignal.REST, START_MS);
    health.tick(START_MS + RULES.windowMs() - 1);
    assertThat(health.snapshot().troubleSinceMs()).isEqualTo(START_MS);
    health.tick(START_MS + RULES.windowMs());
    assertThat(health.snapshot().trouble()).isNull();
    assertThat(health.snapshot().past()).isNull();
  }

  @Test
  void aClockThatIsSetBackLeavesNoTroubleInTheFuture() {
    long aheadMs = START_MS + RULES.windowMs();
    succeed(1, aheadMs);
    cutFrom(aheadMs, 3);
    health.tick(aheadMs + 60 * SECOND);
    health.tick(START_MS);
    assertThat(health.snapshot().troubleSinceMs()).isEqualTo(START_MS);
    assertThat(health.failsSinceMs(Part.FEED)).isEqualTo(START_MS);
  }

  static LongStream seeds() {
    return LongStream.range(0, 100);
  }

  /** Whatever happens, restarts included. */
  @ParameterizedTest
  @MethodSource("seeds")
  void whoeverIsIllIsInTroubleAndATroubleDoesNotMove(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double failing = random.nextDouble();
    long atMs = START_MS;
    long sinceMs = 0;
    for (int n = 0; n < 500; n++) {
      atMs += random.nextLong(60 * SECOND);
      if (random.nextInt(40) == 0) {
        restart();
      } else if (random.nextInt(4) == 0) {
        health.tick(atMs);
      } else if (random.nextDouble() < failing) {
        fail(random.nextInt(3) - 1, atMs);
      } else {
        succeed(random.nextInt(3) - 1, atMs);
      }
      long nowSinceMs = health.snapshot().troubleSinceMs();
      if (health.state() != HealthState.HEALTHY) {
        assertThat(nowSinceMs).as("step %d", n).isPositive();
      }
      if (sinceMs != 0 && nowSinceMs != 0) {
        assertThat(nowSinceMs).as("step %d", n).isEqualTo(sinceMs);
      }
      sinceMs = nowSinceMs;
      Trouble past = health.snapshot().past();
      assertThat(past == null || past.untilMs() >= past.fromMs()).isTrue();
    }
  }
}
