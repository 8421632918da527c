package dev.candles.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.candle.Timeframe;
import dev.candles.sim.Simulator;
import dev.candles.sim.SimulatorConfig;
import dev.candles.sim.fault.Fault;
import dev.candles.sim.fault.FaultKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The lies of the rules' adversary, told to the real collector: while it fills its history and for
 * half an hour of market time after, REST and clocks say what is not so, links are cut and the
 * process is killed; then all is as the truth has it. One seed; {@code -Dcandles.lies=20} for more.
 */
@Execution(ExecutionMode.CONCURRENT)
class LyingVenueTest {
  private static final long START_MS = Instant.parse("2026-03-02T12:00:00Z").toEpochMilli();
  private static final double SPEED = 60;
  private static final long LIES_MS = Duration.ofMinutes(15).toMillis();
  private static final List<FaultKind> PAGES =
      List.of(
          FaultKind.SHORT_PAGE,
          FaultKind.EMPTY_PAGE,
          FaultKind.MISSING_ROW,
          FaultKind.HALF_MADE,
          FaultKind.STALE_PAGE,
          FaultKind.CACHED);
  private static final long[] CLOCKS_OFF_S = {0, -90, 90, -600, 600};

  static LongStream seeds() {
    long first = Long.getLong("candles.seed", 1);
    return LongStream.range(first, first + Integer.getInteger("candles.lies", 1));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void whateverAVenueSaysForAWhileAllIsRightOnceItIsTrue(long seed) throws Exception {
    SplittableRandom random = new SplittableRandom(seed);
    Scope scope = Scope.usual(Simulator.VENUES, Timeframe.M1, Timeframe.M5);
    Drill.Plan plan = new Drill.Plan(scope, Duration.ofHours(2));
    List<Fault> lies = lies(random);
    SimulatorConfig venues = SimulatorConfig.defaults().withSeed(seed).withFaults(lies);
    try (Drill drill = Drill.open("lies-" + seed, plan, START_MS, SPEED, venues)) {
      lies.forEach(lie -> drill.say("%s", lie));
      Duration off = Duration.ofSeconds(CLOCKS_OFF_S[(int) (seed % CLOCKS_OFF_S.length)]);
      drill.say("seed %d, the collector's clock is off by %s", seed, off);
      drill.clockOff(off);
      drill.start();
      drill.awaitStarted();
      drill.awaitMarket(drill.simulator.now() + random.nextLong(60_000, LIES_MS));
      drill.kill();
      drill.start();
      drill.awaitStarted();
      drill.awaitMarket(drill.simulator.now() + LIES_MS);
      Map<String, Long> told = drill.faultsEnd();
      assertThat(PAGES.stream().mapToLong(lie -> told.getOrDefault(lie.label(), 0L)).sum())
          .as("lies told: %s", told)
          .isPositive();
      drill.stop();
      drill.clockOff(Duration.ZERO);
      drill.start();
      drill.awaitStarted();
      drill.equalsTruth();
    }
  }

  /** Two kinds of page at each venue, seldom or always; a clock; cuts, so that REST is asked. */
  private static List<Fault> lies(SplittableRandom random) {
    List<Fault> lies = new ArrayList<>();
    for (String venue : Simulator.VENUES) {
      Set<FaultKind> possible = Simulator.faultKinds(venue);
      for (int i = 0; i < 2; i++) {
        FaultKind kind = PAGES.get(random.nextInt(PAGES.size()));
        Fault lie = Fault.chance(kind, venue, random.nextBoolean() ? 1 : 0.3);
        boolean old = kind == FaultKind.STALE_PAGE || kind == FaultKind.CACHED;
        lies.add(old ? lie.by(Duration.ofMinutes(random.nextLong(1, 60))) : lie);
      }
      if (random.nextBoolean()) {
        Duration off = Duration.ofSeconds(random.nextLong(-600, 600));
        lies.add(Fault.every(FaultKind.CLOCK_SKEW, venue, Duration.ofMinutes(7)).by(off));
      }
      Duration cuts = Duration.ofMinutes(random.nextLong(6, 15));
      lies.add(Fault.every(FaultKind.CUT, venue, cuts).lasting(Duration.ofMinutes(2)));
      lies.add(Fault.every(FaultKind.LATE_CORRECTION, venue, Duration.ofMinutes(8)));
      lies.removeIf(lie -> !possible.contains(lie.kind()) && lie.venue().equals(venue));
    }
    return lies;
  }
}
