package dev.candles.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.coverage.CoverageRow;
import dev.candles.core.coverage.IntervalState;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.coverage.Reason;
import dev.candles.core.repair.Confirmation;
import dev.candles.lake.view.LakeAccounts;
import dev.candles.sim.SimulatorConfig;
import dev.candles.sim.fault.Fault;
import dev.candles.sim.fault.FaultKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * A venue of which neither a closing word nor a trade id is used: REST confirms each minute,
 * through six hours of market time with lies, refusals, cuts and a {@code kill -9}. Another one
 * with {@code -Dcandles.seed}.
 */
@Order(2)
@Execution(ExecutionMode.CONCURRENT)
class ConfirmedVenueTest {
  private static final String VENUE = "coinbase";
  private static final long START_MS = Instant.parse("2026-03-02T21:00:00Z").toEpochMilli();
  private static final double SPEED = 120;
  private static final Duration LENGTH = Duration.ofHours(6);
  private static final long SEED = Long.getLong("candles.seed", 1);
  private static final String FINALITY = "finality: rest, limits: {silence_proof: absent_rows},";
  private static final Drill.Plan PLAN =
      new Drill.Plan(
          Scope.of(VENUE, List.of("BTC-USD", "SOL-USD"), List.of(Timeframe.M1, Timeframe.M5)),
          Duration.ofHours(1),
          FINALITY,
          "compaction_interval: 0s\n"); // the change log as it was written

  /**
   * After its end a minute is not missing sooner: its settle time of two minutes and half an hour.
   */
  private static final long WAIT_MS = Duration.ofMinutes(2).toMillis() + Confirmation.WITHIN_MS;

  @Test
  void sixHoursEqualTheTruthAndNoMinuteIsMissingBeforeItsTime() throws Exception {
    SplittableRandom random = new SplittableRandom(SEED);
    SimulatorConfig venue = SimulatorConfig.defaults().withSeed(SEED).withFaults(faults());
    try (Drill drill = Drill.open("confirmed", PLAN, START_MS, SPEED, venue)) {
      drill.say("seed %d", SEED);
      drill.start();
      drill.awaitWork();
      long killMs = START_MS + LENGTH.toMillis() * random.nextLong(30, 70) / 100;
      drill.awaitMarket(killMs);
      drill.kill();
      drill.start();
      drill.awaitStarted();
      drill.awaitMarket(START_MS + LENGTH.toMillis());
      Map<String, Long> told = drill.faultsEnd();
      assertThat(told).as("faults of each kind").hasSize(faults().size());
      long endMs = drill.equalsTruth();

      for (StreamKey stream : PLAN.streams()) {
        if (stream.timeframe() == Timeframe.BASE) {
          missing(drill, stream, endMs);
        }
      }
    }
  }

  private static void missing(Drill drill, StreamKey stream, long endMs) throws Exception {
    List<CoverageRow> rows =
        new ArrayList<>(
            new LakeAccounts(drill.lake).changes(stream::equals).getOrDefault(stream, List.of()));
    rows.removeIf(row -> row.state() != IntervalState.MISSING);
    rows.forEach(row -> drill.say("%s", row));
    assertThat(rows)
        .as("missing before its time")
        .isNotEmpty() // the history, at least
        .noneMatch(row -> row.toMs() > row.atMs() - WAIT_MS);
    Intervals late = Intervals.empty();
    for (CoverageRow row : rows) {
      if (row.reason() == Reason.NOT_CONFIRMED) {
        late = late.union(Intervals.of(row.fromMs(), row.toMs()));
      }
    }
    assertThat(late.length()).as("of %d ms", endMs - START_MS).isLessThan((endMs - START_MS) / 4);
  }

  private static List<Fault> faults() {
    return List.of(
        Fault.every(FaultKind.CUT, VENUE, Duration.ofMinutes(50)).lasting(Duration.ofMinutes(3)),
        Fault.chance(FaultKind.STALE_PAGE, VENUE, 0.2).by(Duration.ofMinutes(7)),
        Fault.chance(FaultKind.CACHED, VENUE, 0.1).by(Duration.ofMinutes(20)),
        Fault.chance(FaultKind.HALF_MADE, VENUE, 0.3),
        Fault.chance(FaultKind.SHORT_PAGE, VENUE, 0.1),
        Fault.chance(FaultKind.EMPTY_PAGE, VENUE, 0.1),
        Fault.chance(FaultKind.THROTTLE, VENUE, 0.05),
        Fault.chance(FaultKind.HTML, VENUE, 0.05),
        Fault.chance(FaultKind.DROP, VENUE, 0.05),
        Fault.chance(FaultKind.REPEAT, VENUE, 0.05),
        Fault.chance(FaultKind.REORDER, VENUE, 0.05));
  }
}
