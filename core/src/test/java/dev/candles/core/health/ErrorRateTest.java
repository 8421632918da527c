package dev.candles.core.health;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ErrorRateTest {
  private static final long START_MS = 1_767_571_200_000L;
  private static final long MINUTE = 60_000;

  private final ErrorRate rate = new ErrorRate();

  private void say(@Nullable FailureReason failure, long atMs) {
    rate.take(new HealthSignal("okx", HealthSignal.REST, failure, atMs));
  }

  @Test
  void whatFailsWhileEverythingStartsDoesNotCount() {
    assertThat(rate.percent(START_MS)).isEqualTo(ErrorRate.NOT_YET);
    say(FailureReason.TIMEOUT, START_MS);
    say(FailureReason.TIMEOUT, START_MS + ErrorRate.WARM_UP_MS - 1);
    assertThat(rate.percent(START_MS + ErrorRate.WARM_UP_MS - 1)).isEqualTo(ErrorRate.NOT_YET);
    assertThat(rate.percent(START_MS + ErrorRate.WARM_UP_MS)).isZero();
    say(FailureReason.TIMEOUT, START_MS + ErrorRate.WARM_UP_MS);
    assertThat(rate.percent(START_MS + ErrorRate.WARM_UP_MS)).isEqualTo(100);
  }

  @Test
  void aClockThatIsSetBackHidesNoFailure() {
    long aheadMs = START_MS + 300 * MINUTE;
    say(null, aheadMs);
    say(null, aheadMs + ErrorRate.WARM_UP_MS);
    say(null, START_MS);
    say(FailureReason.TIMEOUT, START_MS + ErrorRate.WARM_UP_MS);
    assertThat(rate.percent(START_MS + ErrorRate.WARM_UP_MS)).isEqualTo(100);
  }

  @Test
  void itIsTheShareOfFailuresWithinTheLastHour() {
    say(null, START_MS);
    long warmMs = START_MS + ErrorRate.WARM_UP_MS;
    say(FailureReason.TIMEOUT, warmMs);
    for (int n = 1; n < 4; n++) {
      say(null, warmMs + 30 * MINUTE);
    }
    assertThat(rate.percent(warmMs + 59 * MINUTE)).isEqualTo(25);
    assertThat(rate.percent(warmMs + 60 * MINUTE)).as("the failure is an hour old").isZero();
    say(FailureReason.TIMEOUT, warmMs + 60 * MINUTE);
    assertThat(rate.percent(warmMs + 60 * MINUTE))
        .as("the place of the old minute is taken anew")
        .isEqualTo(25);
    assertThat(rate.percent(warmMs + 200 * MINUTE)).as("nothing was said").isZero();
  }
}
