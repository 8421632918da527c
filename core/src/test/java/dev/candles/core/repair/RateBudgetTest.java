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
    budget.closeUntil(500);
    assertThat(budget.opensAtMs(20)).isEqualTo(500);
    assertThat(budget.tryTake(499)).isFalse();
    assertThat(budget.tryTake(500)).isTrue();
  }
}
