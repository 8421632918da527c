package dev.candles.sources.source.reader;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.candle.Market;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import org.junit.jupiter.api.Test;

class SubscriptionTest {
  private static final long T0 = 1_767_225_600_000L;
  private final Subscription subscription =
      new Subscription(new Market("A-B", "A-B", 0), new StreamKey("okx", "A-B", Timeframe.M1), T0);

  @Test
  void theFirstRowEverIsNoInterruption() {
    subscription.asked(T0 + 1);
    assertThat(subscription.row(T0 + 2, T0 + 2)).isEmpty();
  }

  @Test
  void theFirstRowAfterAnInterruptionTellsSinceWhenAndOnlyIt() {
    subscription.row(T0 + 5, T0 + 5);
    subscription.interrupt();
    assertThat(subscription.row(T0 + 900, T0 + 900)).hasValue(T0 + 5);
    assertThat(subscription.row(T0 + 901, T0 + 901)).isEmpty();
  }

  @Test
  void aDeadMarketIsAskedForEverMoreRarely() {
    subscription.asked(T0);
    long now = T0;
    long[] waits = {75, 150, 300, 600, 1_200, 2_400, 2_400, 2_400};
    for (long wait : waits) {
      assertThat(subscription.silent(now + wait * 1_000 - 1, 75_000)).isFalse();
      now += wait * 1_000;
      assertThat(subscription.silent(now, 75_000)).isTrue();
      subscription.askedAgain(now);
    }
    subscription.row(now, now);
    assertThat(subscription.silent(now + 75_000, 75_000)).isTrue();
  }

  @Test
  void aRefusalIsNewsOnce() {
    assertThat(subscription.refuse()).isTrue();
    subscription.asked(T0);
    assertThat(subscription.refused()).isFalse();
    assertThat(subscription.refuse()).isFalse();
    assertThat(subscription.refused()).isTrue();
    assertThat(subscription.row(T0, T0)).isPresent();
  }

  @Test
  void eachIntervalIsToldOnceOrFoldedAndALaterFoldSkipsTheEarlierOnes() {
    assertThat(subscription.clockDue(T0 + 65_999, 6_000)).isFalse();
    assertThat(subscription.clockDue(T0 + 66_000, 6_000)).isTrue();
    assertThat(subscription.clock()).isEqualTo(T0 + 60_000);
    assertThat(subscription.clockDue(T0 + 66_000, 6_000)).isFalse();

    subscription.over(T0 + 240_000);
    subscription.over(T0 + 60_000);
    assertThat(subscription.clockDue(T0 + 300_000 + 5_999, 6_000)).isFalse();
    assertThat(subscription.clockDue(T0 + 300_000 + 6_000, 6_000)).isTrue();
    assertThat(subscription.clock()).isEqualTo(T0 + 300_000);
  }
}
