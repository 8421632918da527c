package dev.candles.cli.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.candles.cli.drill.DrillPlan.Kill;
import dev.candles.cli.drill.DrillPlan.Options;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DrillPlanTest {
  private static final Duration INTERVAL = Duration.ofSeconds(3);
  private static final Duration DOWNTIME = Duration.ofMinutes(5);

  private static DrillPlan plan(
      String kind, boolean cluster, boolean freeze, int kills, long seed) {
    return DrillPlan.of(new Options(kind, cluster, freeze, kills, seed, 60, INTERVAL, DOWNTIME));
  }

  private static Set<KillKind> kinds(List<Kill> kills) {
    return kills.stream().map(Kill::kind).collect(Collectors.toSet());
  }

  @Test
  void theSameSeedIsTheSamePlanAndAnotherOneIsNot() {
    assertThat(plan("any", true, true, 20, 7)).isEqualTo(plan("any", true, true, 20, 7));
    assertThat(plan("any", true, true, 20, 7).kills())
        .isNotEqualTo(plan("any", true, true, 20, 8).kills());
  }

  @Test
  void anyThreeKillsHoldEveryKindOnce() {
    for (int seed = 0; seed < 50; seed++) {
      List<Kill> kills = plan("any", true, false, 6, seed).kills();
      for (List<Kill> three : List.of(kills.subList(0, 3), kills.subList(3, 6))) {
        assertThat(kinds(three))
            .as("seed %d", seed)
            .containsExactlyInAnyOrder(KillKind.TASKMANAGER, KillKind.JOBMANAGER, KillKind.MACHINE);
      }
    }
  }

  @Test
  void chanceFreezesAPartOfThoseThatOthersSurvive() {
    List<Kill> kills = plan("any", true, true, 60, 1).kills();
    List<Kill> survived = kills.stream().filter(kill -> !kill.kind().endsAll()).toList();

    assertThat(survived.stream().filter(Kill::freeze).count()).isBetween(5L, 35L);
    assertThat(kills).filteredOn(Kill::freeze).allMatch(kill -> !kill.kind().endsAll());
    assertThat(plan("taskmanager", false, true, 9, 1).kills()).allMatch(Kill::freeze);
    assertThat(plan("any", true, false, 60, 1).kills()).noneMatch(Kill::freeze);
  }

  @ParameterizedTest
  @CsvSource({
    "'',          false, COLLECTOR,   false, false",
    "collector,   false, COLLECTOR,   false, false",
    "machine,     false, MACHINE,     false, false",
    "machine,     true,  MACHINE,     true,  true",
    "taskmanager, false, TASKMANAGER, true,  false",
    "jobmanager,  false, JOBMANAGER,  true,  true"
  })
  void aMemberOfAClusterNeedsOneAndAJobManagerAStandby(
      String word, boolean asked, KillKind kind, boolean cluster, boolean standby) {
    DrillPlan plan = plan(word, asked, false, 1, 1);

    assertThat(kinds(plan.kills())).containsExactly(kind);
    assertThat(plan.cluster()).isEqualTo(cluster);
    assertThat(plan.standby()).isEqualTo(standby);
  }

  @Test
  void onAClusterEverythingIsKilledUnlessSaidOtherwise() {
    assertThat(plan("", true, false, 3, 1)).isEqualTo(plan("any", true, false, 3, 1));
  }

  @Test
  void killsAreNumberedAndAtMomentsOfChance() {
    List<Kill> kills = plan("collector", false, false, 30, 3).kills();

    assertThat(kills)
        .extracting(Kill::number)
        .isEqualTo(IntStream.rangeClosed(1, 30).boxed().toList());
    assertThat(kills.stream().map(Kill::afterMs).distinct().count()).isGreaterThan(20);
    assertThat(kills.get(0).afterMs()).isBetween(600_000L, 1_200_000L);
  }

  @ParameterizedTest
  @CsvSource({
    "taskmanagers, false, false, 1,   60,  3,  5,    --kill: found 'taskmanagers'",
    "collector,    true,  false, 1,   60,  3,  5,    --kill: found 'collector'",
    "machine,      true,  true,  1,   60,  3,  5,    --freeze: found --kill machine",
    "collector,    false, true,  1,   60,  3,  5,    --freeze: found --kill collector",
    "collector,    false, false, 0,   60,  3,  5,    --kills: found '0'",
    "collector,    false, false, 101, 60,  3,  5,    --kills: found '101'",
    "collector,    false, false, 1,   0,   3,  5,    --speed: found '0.0'",
    "collector,    false, false, 1,   NaN, 3,  5,    --speed: found 'NaN'",
    "collector,    false, false, 1,   601, 3,  5,    --speed: found '601.0'",
    "collector,    false, false, 1,   60,  0,  5,    --interval",
    "collector,    false, false, 1,   60,  3,  1441, --downtime"
  })
  void whatIsNoDrillIsRefusedWithWhatWasFound(
      String kind,
      boolean cluster,
      boolean freeze,
      int kills,
      double speed,
      long intervalSeconds,
      long downtimeMinutes,
      String message) {
    Options options =
        new Options(
            kind,
            cluster,
            freeze,
            kills,
            1,
            speed,
            Duration.ofSeconds(intervalSeconds),
            Duration.ofMinutes(downtimeMinutes));

    assertThatThrownBy(() -> DrillPlan.of(options))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message)
        .hasMessageContaining("expected");
  }
}
