package dev.candles.core.repair;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RateBudgetTest {
  @ParameterizedTest
  @MethodSource("dev.candles.core.Seeds#seeds")
  void noWindowHoldsMoreThanAllowedAndNoneIsWasted(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int requests = random.nextInt(1, 40);
    long window = random.nextInt(100, 3000);
    RateBudget budget = new RateBudget(requests, window, 0);
    List<Long> sent = new ArrayList<>();
    long now = 0;
    while (now < 20 * window) {
      now += random.nextInt(1, (int) window / 10);
      boolean room = sent.size() < requests || sent.get(sent.size() - requests) <= now - window;
      long atMs = now;
      long used = sent.stream().filter(sentMs -> sentMs > atMs - window).count();
      assertThat(budget.left(now)).isEqualTo((int) (now < window ? 0 : requests - used));
      long opens = budget.opensAtMs(now);
      long full = room ? now : sent.get(sent.size() - requests) + window;
      assertThat(opens).isEqualTo(Math.max(full, window));
      boolean taken = budget.tryTake(now);
      assertThat(taken).isEqualTo(room && now >= window);
      if (taken) {
        sent.add(now);
      }
    }
    for (int i = requests; i < sent.size(); i++) {
      assertThat(sent.get(i) - sent.get(i - requests)).isGreaterThanOrEqualTo(window);
    }
  }

  @Test
  void aRefusalClosesIt() {
    RateBudget budget = new RateBudget(1, 10, 0);
    budget.refused(0, 500);
    assertThat(budget.opensAtMs(20)).isEqualTo(500);
    assertThat(budget.tryTake(499)).isFalse();
    assertThat(budget.tryTake(500)).isTrue();
  }

  @Test
  void aRefusedWindowIsLongerAndBecomesShorterWhereNothingIsRefused() {
    RateBudget budget = new RateBudget(1, 1_000, 0);
    assertThat(budget.tryTake(1_000)).isTrue();
    assertThat(budget.refused(1_000, 1_000)).isTrue();
    assertThat(budget.opensAtMs(1_001)).isEqualTo(2_500);
    assertThat(budget.tryTake(2_500)).isTrue();
    assertThat(budget.refused(2_500, 2_500)).isTrue();
    assertThat(budget.opensAtMs(2_501)).isEqualTo(2_500 + 2_250);
    long later = 2_500 + 600_000;
    assertThat(budget.tryTake(later)).isTrue();
    assertThat(budget.opensAtMs(later + 1)).isEqualTo(later + 2_025);
    long muchLater = later + 20 * 600_000;
    assertThat(budget.tryTake(muchLater)).isTrue();
    assertThat(budget.opensAtMs(muchLater + 1)).as("as it was").isEqualTo(muchLater + 1_000);
  }

  /** Four may be on their way when the first of them is refused. */
  @Test
  void requestsThatWereOnTheirWayTeachNothing() {
    RateBudget budget = new RateBudget(4, 1_000, 0);
    for (int i = 0; i < 4; i++) {
      assertThat(budget.tryTake(1_000)).isTrue();
    }
    assertThat(budget.refused(1_000, 6_000)).isTrue();
    for (int i = 1; i < 4; i++) {
      assertThat(budget.refused(1_000 + i, 6_000 + i)).isFalse();
    }
    assertThat(budget.opensAtMs(1_100)).isEqualTo(6_003);
    for (int i = 0; i < 4; i++) {
      assertThat(budget.tryTake(6_003)).isTrue();
    }
    assertThat(budget.opensAtMs(6_004)).isEqualTo(6_003 + 1_500);
  }

  @Test
  void aVenueThatRefusesAllIsAskedThirtyTwoTimesAsSeldomAtLast() {
    RateBudget budget = new RateBudget(1, 1_000, 0);
    long now = 1_000;
    for (int i = 0; i < 50; i++) {
      assertThat(budget.tryTake(now)).isTrue();
      assertThat(budget.refused(now, now)).isTrue();
      now = budget.opensAtMs(now + 1);
    }
    assertThat(budget.tryTake(now)).isTrue();
    assertThat(budget.opensAtMs(now + 1) - now).isEqualTo(32_000);
  }
}
