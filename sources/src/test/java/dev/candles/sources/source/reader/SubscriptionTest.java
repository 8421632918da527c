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
  void theFirstRowInProgressAfterAskingIsNoWordThatItIsServedAgain() {
    subscription.asked(T0);
    assertThat(subscription.forming(T0 + 1)).as("nothing was interrupted").isTrue();
    subscription.row(T0 + 1, T0 + 1);
    subscription.askedAgain(T0 + 75_000);
    assertThat(subscription.forming(T0 + 75_030)).isFalse();
    assertThat(subscription.silent(T0 + 224_000, 75_000)).as("but it is a row").isFalse();
    assertThat(subscription.silent(T0 + 225_030, 75_000)).isTrue();
    assertThat(subscription.forming(T0 + 76_000)).isTrue();
    assertThat(subscription.row(T0 + 76_000, T0 + 76_000)).hasValue(T0 + 1);
  }

  /** Ten minutes doubled five times were more than five hours. */
  @Test
  void noMarketIsLeftUnaskedForLongerThanFortyMinutesHoweverQuietItMayBe() {
    long minute = 60_000;
    subscription.asked(T0);
    subscription.refuse();
    assertThat(subscription.silent(T0 + 40 * minute - 1, 10 * minute)).isFalse();
    assertThat(subscription.silent(T0 + 40 * minute, 10 * minute)).isTrue();
    assertThat(subscription.silent(T0 + 45 * minute, 60 * minute)).as("its own silence").isFalse();
    assertThat(subscription.silent(T0 + 320_000, 10_000)).as("nor doubled more often").isTrue();
  }

  @Test
  void aRefusalIsNewsOnce() {
    assertThat(subscription.refuse()).isTrue();
    subscription.asked(T0);
    assertThat(subscription.refused()).isFalse();
    assertThat(subscription.refuse()).isFalse();
    assertThat(subscription.refused()).isTrue();
    assertThat(subscription.forming(T0)).isFalse();
    assertThat(subscription.refused()).as("it is no better yet").isTrue();
    assertThat(subscription.row(T0, T0)).isPresent();
    assertThat(subscription.refused()).isFalse();
    assertThat(subscription.refuse()).as("news again").isTrue();
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
