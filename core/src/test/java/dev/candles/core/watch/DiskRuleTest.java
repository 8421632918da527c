package dev.candles.core.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class DiskRuleTest {
  private static final long MB = 1_000_000;
  private static final long HOUR = 3_600_000;
  private static final long DISK = 100_000 * MB;
  private static final DiskBounds BOUNDS = new DiskBounds(200 * MB, 48 * HOUR);

  static LongStream seeds() {
    return LongStream.range(0, Integer.getInteger("repair.seeds", 200));
  }

  private static DiskLevel at(long freeMb) {
    DiskRule rule = new DiskRule(BOUNDS);
    rule.take(DISK, DISK, 0);
    return rule.take(freeMb * MB, DISK, 1).level();
  }

  @ParameterizedTest
  @CsvSource({
    "1000, ROOMY",
    "999, SHORT",
    "600, SHORT",
    "599, NO_REPORTS",
    "400, NO_REPORTS",
    "399, NO_COMPACTION",
    "300, NO_COMPACTION",
    "299, NO_REJECTS",
    "200, NO_REJECTS",
    "199, NO_CHECKPOINTS",
    "0, NO_CHECKPOINTS"
  })
  void aLevelIsEnteredBelowItsMultipleOfTheReserve(long freeMb, DiskLevel level) {
    assertThat(at(freeMb)).isEqualTo(level);
  }

  @ParameterizedTest
  @CsvSource({
    "239, NO_CHECKPOINTS", "240, NO_REJECTS", "359, NO_REJECTS", "360, NO_COMPACTION",
    "480, NO_REPORTS", "720, SHORT", "1199, SHORT", "1200, ROOMY"
  })
  void aLevelIsLeftWhenAFifthMoreIsFree(long freeMb, DiskLevel level) {
    DiskRule rule = new DiskRule(BOUNDS);
    rule.take(0, DISK, 0);

    assertThat(rule.take(freeMb * MB, DISK, 1).level()).isEqualTo(level);
  }

  @Test
  void ofASmallDiskATenthIsTheReserve() {
    DiskRule rule = new DiskRule(BOUNDS);
    rule.take(64 * MB, 64 * MB, 0);

    assertThat(rule.take(33 * MB, 64 * MB, 0).level()).isEqualTo(DiskLevel.ROOMY);
    assertThat(rule.take(7 * MB, 64 * MB, 1).level()).isEqualTo(DiskLevel.NO_REJECTS);
    assertThat(rule.take(6 * MB, 64 * MB, 2).level()).isEqualTo(DiskLevel.NO_CHECKPOINTS);
  }

  @Test
  void aDiskThatFillsWithinTwoDaysIsShortWhateverIsFree() {
    DiskRule rule = new DiskRule(BOUNDS);
    for (long hour = 0; hour < 6; hour++) {
      assertThat(rule.take(DISK - hour * 10_000 * MB, DISK, hour * HOUR).level())
          .as("too young to foretell, hour %d", hour)
          .isEqualTo(DiskLevel.ROOMY);
    }

    DiskStanding short6 = rule.take(DISK - 60_000 * MB, DISK, 6 * HOUR);
    assertThat(short6.level()).isEqualTo(DiskLevel.SHORT);
    assertThat(short6.fullInMs()).isBetween(3 * HOUR, 4 * HOUR);
    assertThat(short6.finding().orElseThrow().text())
        .contains("40 GB of 100 GB free, full in 3 h if it");
    for (long hour = 7; hour < 12; hour++) {
      assertThat(rule.take(DISK - 60_000 * MB, DISK, hour * HOUR).level())
          .as("most of the growth is within six hours, hour %d", hour)
          .isEqualTo(DiskLevel.SHORT);
    }
    assertThat(rule.take(DISK - 60_000 * MB, DISK, 12 * HOUR).level())
        .as("it does not grow any more")
        .isEqualTo(DiskLevel.ROOMY);
  }

  @Test
  void growthIsTakenBackOnlyWhenTheDiskLastsTwiceAsLong() {
    DiskRule rule = new DiskRule(BOUNDS);
    long free = 7_900;
    for (long hour = 0; hour <= 18; hour++) {
      DiskLevel level = rule.take(free * MB, DISK, hour * HOUR).level();
      if (hour == 6 || hour == 12) { // it lasts for 41 h, then for 55 h
        assertThat(level).as("hour %d", hour).isEqualTo(DiskLevel.SHORT);
      } else if (hour == 18) {
        assertThat(level).isEqualTo(DiskLevel.ROOMY);
      }
      free -= hour < 6 ? 167 : hour < 12 ? 111 : 20;
    }
  }

  @Test
  void aSmallLakeOnALargeDiskIsNoTrouble() {
    DiskRule rule = new DiskRule(BOUNDS);
    long free = 5_000 * MB; // of 5 per cent that are free it takes 45 MB a day
    for (long hour = 0; hour < 48; hour++) {
      free -= 2 * MB;
      assertThat(rule.take(free, DISK, hour * HOUR).level()).isEqualTo(DiskLevel.ROOMY);
    }
  }

  @Test
  void growthIsNotForetoldIfThatIsSwitchedOff() {
    DiskRule rule = new DiskRule(new DiskBounds(200 * MB, 0));
    rule.take(DISK, DISK, 0);

    assertThat(rule.take(2_000 * MB, DISK, 6 * HOUR).level()).isEqualTo(DiskLevel.ROOMY);
  }

  private static String kind(DiskStanding standing) {
    return standing.finding().map(Finding::kind).orElse("unknown");
  }

  @ParameterizedTest
  @CsvSource({"239, disk_full", "240, disk_nearly_full", "1199, disk_nearly_full"})
  void aStartTakesNothingBackThatStillHolds(long freeMb, String kind) {
    assertThat(kind(new DiskRule(BOUNDS).take(freeMb * MB, DISK, 0))).isEqualTo(kind);
  }

  @Test
  void aStartDoesNotSayThatAllIsWellBeforeItKnowsTheGrowth() {
    DiskRule rule = new DiskRule(BOUNDS);
    assertThat(kind(rule.take(5_000 * MB, DISK, 0))).isEqualTo("unknown");
    assertThat(kind(rule.take(5_000 * MB, DISK, 6 * HOUR - 1))).isEqualTo("unknown");
    assertThat(kind(rule.take(5_000 * MB, DISK, 6 * HOUR))).isEqualTo("disk_well");
    DiskRule never = new DiskRule(new DiskBounds(200 * MB, 0));
    assertThat(kind(never.take(5_000 * MB, DISK, 0))).as("not foretold").isEqualTo("disk_well");
  }

  @Test
  void aDiskThatWasShortAndHasRoomAgainIsWellAtOnce() {
    DiskRule rule = new DiskRule(BOUNDS);
    rule.take(900 * MB, DISK, 0);
    assertThat(kind(rule.take(5_000 * MB, DISK, 1))).isEqualTo("disk_well");
  }

  @Test
  void withoutAReserveADiskIsNeverShortOfBytes() {
    DiskRule rule = new DiskRule(new DiskBounds(0, 0));
    assertThat(rule.take(0, DISK, 0).level()).isEqualTo(DiskLevel.ROOMY);
  }

  /** Whatever a disk does: a level never changes but across its bounds, and not back at once. */
  @ParameterizedTest
  @MethodSource("seeds")
  void levelsFollowSpaceWithASlackOfAFifth(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    DiskRule rule = new DiskRule(new DiskBounds(200 * MB, 0));
    for (int step = 0; step < 500; step++) {
      long free = random.nextLong(1_400 * MB);
      DiskLevel level = rule.take(free, DISK, step).level();
      for (DiskLevel one : DiskLevel.values()) {
        long bound = one.bound(200 * MB);
        if (free < bound) {
          assertThat(level.stops(one)).as("%d free: %s", free, one).isTrue();
        } else if (one != DiskLevel.ROOMY && free >= bound + bound / 5) {
          assertThat(level.stops(one)).as("%d free: %s", free, one).isFalse();
        }
      }
      assertThat(rule.take(free, DISK, step).level()).as("the same again").isEqualTo(level);
    }
  }

  @Test
  void aLevelLeavesOutWhatThoseBeforeItDoAndKeepsItsNumber() {
    assertThat(DiskLevel.ROOMY.leftOut()).isEmpty();
    assertThat(DiskLevel.SHORT.leftOut()).isEmpty();
    assertThat(DiskLevel.NO_COMPACTION.leftOut()).containsExactly("reports", "compaction");
    assertThat(DiskLevel.NO_CHECKPOINTS.leftOut())
        .containsExactly("reports", "compaction", "rejects", "checkpoints");
    assertThat(LongStream.rangeClosed(-1, 6).mapToObj(DiskLevel::of).map(l -> l.orElse(null)))
        .as("rules of alerts and a dashboard name these numbers")
        .containsExactly(
            null,
            DiskLevel.ROOMY,
            DiskLevel.SHORT,
            DiskLevel.NO_REPORTS,
            DiskLevel.NO_COMPACTION,
            DiskLevel.NO_REJECTS,
            DiskLevel.NO_CHECKPOINTS,
            null);
  }

  @Test
  void whatPeopleAreToldFitsALine() {
    DiskRule rule = new DiskRule(BOUNDS);
    for (long free : new long[] {900 * MB, DISK, 300 * MB, 0}) {
      Finding finding = rule.take(free, DISK, 0).finding().orElseThrow();
      assertThat(finding.text()).hasSizeLessThanOrEqualTo(200).contains("of 100 GB free");
    }
    assertThat(kind(rule.take(0, DISK, 0))).isEqualTo("disk_full");
    assertThat(kind(rule.take(250 * MB, DISK, 0))).isEqualTo("disk_nearly_full");
    assertThat(kind(rule.take(DISK, DISK, 0))).isEqualTo("disk_well");
  }
}
