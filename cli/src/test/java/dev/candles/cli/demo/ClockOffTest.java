package dev.candles.cli.demo;

import dev.candles.core.candle.Timeframe;
import dev.candles.sim.Simulator;
import dev.candles.sim.SimulatorConfig;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The collector's own clock is behind that of the venues, until somebody sets it right. */
@Execution(ExecutionMode.CONCURRENT)
class ClockOffTest {
  private static final long START_MS = Instant.parse("2026-03-02T12:00:00Z").toEpochMilli();
  private static final double SPEED = 60;
  private static final Duration BEHIND = Duration.ofSeconds(-90);

  @Test
  void aClockThatWasOffLeavesNothingBehindOnceItIsRight() throws Exception {
    Scope scope = Scope.usual(Simulator.VENUES, Timeframe.M1, Timeframe.M5);
    Drill.Plan plan = new Drill.Plan(scope, Duration.ofHours(1));
    SimulatorConfig venues = SimulatorConfig.defaults();
    try (Drill drill = Drill.open("clock-off", plan, START_MS, SPEED, venues)) {
      drill.clockOff(BEHIND);
      drill.start();
      drill.awaitStarted();
      drill.awaitMarket(drill.simulator.now() + Duration.ofMinutes(20).toMillis());
      drill.stop();
      drill.clockOff(Duration.ZERO);
      drill.start();
      drill.awaitStarted();
      drill.equalsTruth();
    }
  }
}
