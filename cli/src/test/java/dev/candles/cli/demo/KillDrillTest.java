package dev.candles.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.lake.layout.DataFiles;
import dev.candles.lake.layout.Folder;
import dev.candles.lake.layout.LakeLayout;
import dev.candles.lake.layout.Partition;
import dev.candles.lake.state.StateFiles;
import dev.candles.sim.SimulatorConfig;
import dev.candles.sim.fault.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * {@code kill -9} at any moment, and whatever else can happen to the files between two runs. The
 * full drill: {@code -Dcandles.kills=20}, another one with {@code -Dcandles.seed}.
 */
@Order(1)
@Execution(ExecutionMode.CONCURRENT)
class KillDrillTest {
  /** Half an hour before midnight, UTC, so that a day ends in the drill. */
  private static final long START_MS = Instant.parse("2026-03-01T23:30:00Z").toEpochMilli();

  private static final double SPEED = 60;
  private static final double SMALL_SPEED = 120;
  private static final long SEED = Long.getLong("candles.seed", 1);
  private static final Drill.Plan WHOLE = new Drill.Plan(DemoPlan.SCOPE, Duration.ofHours(6));
  private static final Drill.Plan SMALL =
      new Drill.Plan(
          Scope.of(
              Drill.VENUE, List.of("BTC-USDT", "DOGE-USDT"), List.of(Timeframe.M1, Timeframe.M5)),
          Duration.ofHours(2));

  /**
   * When to kill, in market seconds after a collector has come so far: a slow machine reaches all
   * of them too.
   *
   * @param after what it printed last, or empty for its start
   */
  private record Phase(String after, long fromSeconds, long toSeconds) {}

  private static final List<Phase> PHASES =
      List.of(
          new Phase("", 5, 180),
          new Phase("event=starting", 1, 300),
          new Phase("event=first_checkpoint", 1, 60),
          new Phase("event=first_checkpoint", 60, 720));

  @Test
  void killedAtAnyMomentNothingIsLostOrDoubled() throws Exception {
    int kills = Integer.getInteger("candles.kills", 3);
    SplittableRandom random = new SplittableRandom(SEED);
    try (Drill drill = open("kills", WHOLE, SPEED)) {
      drill.say("%d kills, seed %d", kills, SEED);
      drill.start();
      for (int i = 0; i < kills; i++) {
        Phase phase = PHASES.get((int) Math.floorMod(SEED + i, (long) PHASES.size()));
        drill.awaitLine(phase.after);
        long seconds = random.nextLong(phase.fromSeconds, phase.toSeconds);
        drill.say("kill %d of %d: %d s after '%s'", i + 1, kills, seconds, phase.after);
        drill.awaitMarket(drill.simulator.now() + 1_000 * seconds);
        drill.kill();
        drill.start();
      }
      drill.awaitStarted();
      long nowMs = drill.simulator.now();
      drill.equalsTruth(Math.max(Timeframe.M5.ceil(nowMs), WHOLE.scope().largest().ceil(START_MS)));
    }
  }

  @Test
  void withoutAnyCheckpointTheLakeIsEnoughAndASecondWriterIsRefused() throws Exception {
    try (Drill drill = open("no-checkpoint", SMALL, SMALL_SPEED)) {
      drill.start();
      drill.awaitWork();
      drill.kill();
      StateFiles state = new StateFiles(new LakeLayout(drill.lake));
      assertThat(state.newest(System.currentTimeMillis())).isPresent();
      drill.say("deleted: %d files of checkpoints", delete(state.checkpoints()));
      drill.say("deleted: %d files of savepoints", delete(state.savepoints()));
      long pid = drill.start().pid();
      drill.awaitStarted();
      assertThat(drill.collector().last("restore=none")).isPresent();
      aSecondWriterIsRefused(drill, pid);
      assertThat(drill.collector().isAlive()).as("the first goes on").isTrue();
      assertThat(drill.collector().pid()).isEqualTo(pid);
      drill.equalsTruth();
    }
  }

  @Test
  void anOldSavepointMakesNoDuplicateAndForgetsNoHole() throws Exception {
    try (Drill drill = open("old-savepoint", SMALL, SMALL_SPEED)) {
      drill.start();
      drill.awaitWork();
      Path savepoint = drill.stop();
      drill.start();
      drill.awaitWork();
      drill.awaitMarket(drill.simulator.now() + Duration.ofMinutes(5).toMillis());
      drill.kill();
      drill.start("--restore", savepoint.toString());
      drill.awaitStarted();
      assertThat(drill.collector().last("event=starting").orElseThrow())
          .contains("restore=" + savepoint);
      drill.equalsTruth();
    }
  }

  @Test
  void aDeletedFileIsFetchedAgain() throws Exception {
    try (Drill drill = open("deleted-file", SMALL, SMALL_SPEED)) {
      drill.start();
      drill.awaitWork();
      drill.kill();
      StreamKey stream = SMALL.streams().get(0);
      LakeLayout layout = new LakeLayout(drill.lake);
      List<Path> held =
          DataFiles.in(layout.partition(Folder.CANDLES, Partition.of(stream, START_MS)));
      assertThat(held).isNotEmpty();
      Path largest = held.stream().max(Comparator.comparingLong(f -> f.toFile().length())).get();
      Files.delete(largest);
      drill.say("deleted: 1 of %d files, %s", held.size(), drill.lake.relativize(largest));
      assertThat(drill.compare(START_MS).isEqual()).as("before the restart").isFalse();
      drill.start();
      drill.awaitLine("event=gap_detected");
      drill.equalsTruth();
    }
  }

  private static void aSecondWriterIsRefused(Drill drill, long pid) throws Exception {
    CollectorProcess second = drill.second();
    Optional<Integer> code = second.ended(Duration.ofMinutes(4));
    drill.say("the second: exit code %s, %s", code, second.tail());
    assertThat(code).contains(2);
    assertThat(second.tail()).contains("has a writer already", "pid=" + pid);
  }

  private static Drill open(String name, Drill.Plan plan, double speed) throws IOException {
    List<Fault> faults = DemoFaults.of(plan.scope().venues(), Long.MAX_VALUE);
    SimulatorConfig venues = SimulatorConfig.defaults().withSeed(SEED).withFaults(faults);
    return Drill.open(name, plan, START_MS, speed, venues);
  }

  private static int delete(Path folder) throws IOException {
    List<Path> deepestFirst = new ArrayList<>();
    if (Files.exists(folder)) {
      try (var tree = Files.walk(folder)) {
        tree.sorted(Comparator.reverseOrder()).forEach(deepestFirst::add);
      }
    }
    for (Path path : deepestFirst) {
      Files.delete(path);
    }
    return deepestFirst.size();
  }
}
