package dev.candles.core.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

/** When changes are said to have been, where the clock was set back between them. */
class ChangeStampTest {
  private static final long START_MS = 1_768_000_000_000L;
  private static final long MINUTE = 60_000;
  private static final HealthRules RULES = HealthRules.RUNBOOK;

  private final VenueHealth health = new VenueHealth(RULES, VenueHealth.Snapshot.fresh(START_MS));

  private Transition recoveredAfterAStepBack(long backMs) {
    for (int i = 0; i < RULES.downAt(); i++) {
      health.take(new HealthSignal("okx", 0, FailureReason.TIMEOUT, START_MS));
    }
    long nowMs = START_MS - backMs;
    health.tick(nowMs);
    Optional<Transition> change = Optional.empty();
    for (int i = 0; i < RULES.recoverAfter(); i++) {
      change = health.take(new HealthSignal("okx", 0, null, nowMs));
    }
    assertThat(health.snapshot().sinceMs()).isEqualTo(nowMs);
    return change.orElseThrow();
  }

  /** People are not told what happened before that of which they were told last. */
  @Test
  void aChangeIsLaterThanTheOneBeforeThoughTheClockWasSetBack() {
    assertThat(recoveredAfterAStepBack(3 * MINUTE).atMs())
        .as("degraded and down before it")
        .isEqualTo(START_MS + 2);
  }

  /** The step back and the restart are in the same hour. */
  @Test
  void aChangeAfterARestartIsLaterThanTheOneBefore() {
    recoveredAfterAStepBack(3 * MINUTE);
    VenueHealth restarted = new VenueHealth(RULES, health.snapshot());
    Optional<Transition> change = Optional.empty();
    for (int i = 0; change.isEmpty() && i < RULES.degradedAt(); i++) {
      change =
          restarted.take(new HealthSignal("okx", 0, FailureReason.TIMEOUT, START_MS - 2 * MINUTE));
    }
    assertThat(change.orElseThrow().atMs()).isEqualTo(START_MS + 3);
  }

  @Test
  void aClockThatWasWrongByADayStampsNothingMore() {
    assertThat(recoveredAfterAStepBack(1_440 * MINUTE).atMs()).isEqualTo(START_MS - 1_440 * MINUTE);
  }
}
