package dev.candles.core.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class VenueClockTest {
  private static final long T0 = 1_767_571_200_000L;
  private static final long MINUTE = 60_000;
  private static final long HOUR = 60 * MINUTE;

  private final VenueClock clock = new VenueClock();

  /** A second of a feed that stamps each second, with 40 ms of transit. */
  private void second(int second, long oursAheadMs) {
    long venueMs = T0 + second * 1_000L;
    clock.ticked(venueMs + oursAheadMs, second * 1_000L);
    assertThat(clock.stamped(venueMs, venueMs + 40 + oursAheadMs)).isTrue();
  }

  @Test
  void beforeAnyStampItIsOurs() {
    assertThat(clock.isKnown()).isFalse();
    assertThat(clock.offsetMs()).isZero();
    assertThat(clock.at(T0)).isEqualTo(T0);
    assertThat(clock.news()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {-90_000, 90_000, 180_000, 600_000, -600_000, 3_500_000, -3_500_000})
  void theFirstStampTellsHowFarOurClockIsOff(long oursAheadMs) {
    assertThat(clock.stamped(T0, T0 + oursAheadMs)).isTrue();
    assertThat(clock.offsetMs()).isEqualTo(-oursAheadMs);
    assertThat(clock.at(T0 + oursAheadMs + 5_000)).isEqualTo(T0 + 5_000);
  }

  @Test
  void theDateOfAnAnswerCountsLikeAStamp() {
    clock.answered(T0, T0 + 90_900);
    assertThat(clock.isKnown()).isTrue();
    assertThat(clock.at(T0 + 90_900)).isEqualTo(T0);
    assertThat(clock.stamped(T0 + 950, T0 + 91_000)).isTrue();
    assertThat(clock.offsetMs()).as("the stamp is finer").isEqualTo(-90_050);
    clock.answered(T0 - 45 * MINUTE, T0 + 92_000);
    assertThat(clock.offsetMs()).as("an old answer of a cache").isEqualTo(-90_050);
  }

  @ParameterizedTest
  @ValueSource(longs = {60_041, 600_000, HOUR, 24 * HOUR})
  void aLoneAbsurdStampIsRefusedAndMovesNothing(long aheadMs) {
    for (int second = 0; second < 300; second++) {
      second(second, 0);
      if (second % 7 == 0) {
        long ourMs = T0 + second * 1_000L + 50;
        assertThat(clock.stamped(T0 + second * 1_000L + aheadMs, ourMs)).isFalse();
      }
      assertThat(clock.offsetMs()).isBetween(-1_040L, 0L);
    }
  }

  @Test
  void thingsThatLieInOneFrameCountOnce() {
    second(0, 0);
    for (int i = 0; i < 5; i++) {
      assertThat(clock.stamped(T0 + 10 * MINUTE + i, T0 + 2_000)).isFalse();
    }
    assertThat(clock.offsetMs()).isEqualTo(-40);
  }

  @Test
  void threeAbsurdStampsThatDisagreeMoveNothing() {
    second(0, 0);
    for (int i = 1; i < 10; i++) {
      assertThat(clock.stamped(T0 + i * 2 * MINUTE, T0 + i * 1_000)).isFalse();
    }
    assertThat(clock.offsetMs()).isEqualTo(-40);
  }

  @Test
  void threeStampsInARowThatAgreeSayThatOurClockWasSetBack() {
    second(0, 0);
    for (int i = 1; i <= 3; i++) {
      long ourMs = T0 + 2 * MINUTE + i * 1_000;
      assertThat(clock.stamped(ourMs + 3 * MINUTE, ourMs)).isEqualTo(i == 3);
    }
    assertThat(clock.offsetMs()).isEqualTo(3 * MINUTE);
  }

  @ParameterizedTest
  @ValueSource(longs = {30_000, 90_000, 180_000, 600_000})
  void aClockThatIsPutForwardIsFollowedWithinTwoMinutesUnseen(long stepMs) {
    for (int second = 0; second < 400; second++) {
      long venueMs = T0 + second * 1_000L;
      long ourMs = venueMs + (second < 200 ? 0 : stepMs);
      assertThat(clock.stamped(venueMs, ourMs + 40)).isTrue();
      if (second >= 200 + 121) {
        assertThat(clock.at(ourMs)).isBetween(venueMs - 40, venueMs);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {-600_000, -180_000, -90_000, -1_000, 30_000, 90_000, 180_000, 600_000})
  void aClockThatIsSetWhileItTicksLosesNoStampAndNoTime(long stepMs) {
    for (int second = 0; second < 400; second++) {
      second(second, second < 200 ? 0 : stepMs);
      long venueMs = T0 + second * 1_000L;
      long ourMs = venueMs + (second < 200 ? 0 : stepMs);
      assertThat(clock.at(ourMs + 100)).isBetween(venueMs - 1_100, venueMs + 100);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {10_000, 180_000, 600_000, 3_000_000})
  void aMachineThatSleptIsNotTakenForAClockThatIsSet(long pausedMs) {
    for (int second = 0; second < 60; second++) {
      second(second, 0);
    }
    long afterMs = T0 + 60_000 + pausedMs;
    clock.ticked(afterMs, 60_000);
    assertThat(clock.at(afterMs)).as("doubtful, so early").isLessThan(T0 + 61_000);
    assertThat(clock.stamped(afterMs + 500, afterMs + 540)).as("no frame is lost").isTrue();
    assertThat(clock.at(afterMs + 540)).isEqualTo(afterMs + 500);
  }

  @Test
  void aSleepOfAQuietFeedEndsItself() {
    second(0, 0);
    for (long ourMs = T0 + HOUR; ourMs < T0 + HOUR + 3 * MINUTE; ourMs += 100) {
      clock.ticked(ourMs, ourMs - T0 - HOUR);
    }
    assertThat(clock.at(T0 + HOUR + 3 * MINUTE)).isEqualTo(T0 + HOUR + 3 * MINUTE - 40);
  }

  @Test
  void aBusyFeedLosesNothingWhenOurClockIsSetBackUnseen() {
    clock.stamped(T0, T0 + 40);
    for (int second = 1; second < 10; second++) {
      long stampMs = T0 + second * 1_000L;
      assertThat(clock.stamped(stampMs, stampMs + 40 - 30 * MINUTE)).isTrue();
      assertThat(clock.at(stampMs + 40 - 30 * MINUTE)).isEqualTo(stampMs);
    }
  }

  @Test
  void aProcessThatStoodStillKnowsTheTimeAtOnce() {
    second(0, 0);
    clock.ticked(T0 + HOUR, HOUR);
    assertThat(clock.at(T0 + HOUR)).isEqualTo(T0 + HOUR - 40);
  }

  @Test
  void aFeedThatCatchesUpIsBelievedAllTheWay() {
    for (int second = 0; second < 60; second++) {
      second(second, 0);
    }
    for (int second = 60; second < 600; second++) {
      long ourMs = T0 + 600_000 + second;
      assertThat(clock.stamped(T0 + second * 1_000L, ourMs)).isTrue();
    }
    assertThat(clock.at(T0 + 600_600)).isLessThanOrEqualTo(T0 + 600_600);
  }

  @ParameterizedTest
  @MethodSource("dev.candles.core.Seeds#seeds")
  void itIsNeverLaterThanTheVenueWhereOurClockOnlyIsOff(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    long oursAheadMs = random.nextLong(-600_000, 600_000);
    long venueMs = T0;
    for (int i = 0; i < 2_000; i++) {
      venueMs += random.nextLong(1, 3_000);
      long ourMs = venueMs + oursAheadMs;
      clock.ticked(ourMs, venueMs);
      long transitMs = random.nextLong(1, random.nextInt(50) == 0 ? 30_000 : 200);
      if (random.nextInt(20) == 0) {
        clock.answered(Math.floorDiv(venueMs - transitMs, 1_000L) * 1_000, ourMs);
      } else {
        assertThat(clock.stamped(venueMs - transitMs, ourMs)).isTrue();
      }
      assertThat(clock.at(ourMs)).isLessThanOrEqualTo(venueMs);
      assertThat(clock.offsetMs()).isBetween(-VenueClock.MOST_OFF_MS, VenueClock.MOST_OFF_MS);
    }
    assertThat(clock.offsetMs()).isBetween(-oursAheadMs - 5_000, -oursAheadMs);
  }

  @Test
  void moreThanAnHourIsNeverBelievedButTold() {
    for (int i = 0; i < 10; i++) {
      assertThat(clock.stamped(T0 + i * 1_000, T0 - 2 * HOUR + i * 1_000)).isFalse();
    }
    assertThat(clock.isKnown()).isFalse();
    assertThat(clock.news()).isEqualTo(OptionalLong.of(2 * HOUR));
    assertThat(clock.news()).isEmpty();
  }

  @Test
  void anOffsetIsToldOnceAndAgainWhenItChanges() {
    clock.stamped(T0, T0 + 4_900);
    assertThat(clock.news()).as("a feed may be so late").isEmpty();
    clock.stamped(T0 + 1_999, T0);
    assertThat(clock.news()).as("two seconds are nobody's business").isEmpty();
    clock.stamped(T0 + 2_001, T0);
    assertThat(clock.news()).isEqualTo(OptionalLong.of(2_001));
    clock.stamped(T0 + 5 * MINUTE, T0 + 8 * MINUTE);
    clock.stamped(T0 + 7 * MINUTE, T0 + 10 * MINUTE);
    assertThat(clock.news()).isEqualTo(OptionalLong.of(-3 * MINUTE));
    clock.stamped(T0 + 7 * MINUTE + 1_000, T0 + 10 * MINUTE);
    assertThat(clock.news()).as("about the same").isEmpty();
    clock.stamped(T0 + 7 * MINUTE + 30_000, T0 + 10 * MINUTE);
    assertThat(clock.news()).isEqualTo(OptionalLong.of(-3 * MINUTE + 30_000));
    assertThat(clock.news()).isEmpty();
  }

  /** Frames that waited while the machine was busy are read one by one, the stalest first. */
  @Test
  void theFirstFramesOfABusyMachineAreNoOffset() {
    for (int late = 24; late >= 0; late--) {
      clock.stamped(T0 - late * 1_000L, T0);
      assertThat(clock.news()).as("%d s late", late).isEmpty();
      assertThat(clock.isJudged()).isFalse();
    }
    clock.stamped(T0 + MINUTE, T0 + MINUTE + 40);
    assertThat(clock.news()).isEmpty();
    assertThat(clock.isJudged()).isTrue();
    assertThat(clock.toldMs()).isZero();
  }

  @Test
  void aVenueThatIsBehindForAMinuteIsTold() {
    clock.stamped(T0, T0 + 90_000);
    clock.stamped(T0 + MINUTE - 1, T0 + MINUTE - 1 + 90_000);
    assertThat(clock.news()).as("not yet a minute").isEmpty();
    clock.stamped(T0 + MINUTE, T0 + MINUTE + 90_000);
    assertThat(clock.news()).isEqualTo(OptionalLong.of(-90_000));
    assertThat(clock.isJudged()).isTrue();
  }

  @Test
  void whereMarketTimeIsFastTheBoundsAreARealSecond() {
    VenueClock fast = new VenueClock(600_000);
    fast.stamped(T0, T0 + 2_300_000);
    assertThat(fast.news()).as("an answer that is almost four real seconds late").isEmpty();
    VenueClock off = new VenueClock(600_000);
    off.stamped(T0, T0 + 2_500_000);
    off.stamped(T0 + 600_000, T0 + 3_100_000);
    assertThat(off.news()).isEqualTo(OptionalLong.of(-2_500_000));
    assertThat(fast.stamped(T0 + 400_000, T0 + 2_301_000)).isTrue();
  }
}
