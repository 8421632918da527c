package dev.candles.cli.demo;

import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.sim.SimulatorConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * A real quarter of a day of okx, six minutes a second: what comes out is what was recorded. The
 * whole day: {@code -Dcandles.recorded.hours=24}.
 */
@Execution(ExecutionMode.CONCURRENT)
class RecordedDayTest {
  private static final String SYMBOL = "BTC-USDT";
  private static final long START_MS = Instant.parse("2026-01-02T00:00:00Z").toEpochMilli();
  private static final Duration HISTORY = Duration.ofHours(6);

  /** A deadline of one real second is six market minutes. */
  private static final double SPEED = 360;

  private static final List<Timeframe> TIMEFRAMES =
      List.of(Timeframe.M1, Timeframe.M5, Timeframe.M15, Timeframe.H1);

  @Test
  void aRecordedDayIsCollectedAsItWas() throws Exception {
    Recording recording = Recording.read("okx/BTC-USDT-SWAP_1m_2026-01-01_10.csv.gz", "date");
    int hours = Integer.getInteger("candles.recorded.hours", 6);
    Drill.Plan plan = new Drill.Plan(Scope.of(Drill.VENUE, List.of(SYMBOL), TIMEFRAMES), HISTORY);
    SimulatorConfig venue =
        SimulatorConfig.defaults().withTape(Drill.VENUE, SYMBOL, recording.file());
    try (Drill drill = Drill.open("recorded", plan, START_MS, SPEED, venue)) {
      drill.start();
      drill.awaitWork();
      drill.awaitMarket(START_MS + Duration.ofHours(hours).toMillis());
      long horizonMs = drill.equalsTruth();
      for (StreamKey stream : plan.streams()) {
        recording.isHeld(drill, stream, START_MS - HISTORY.toMillis(), horizonMs);
      }
    }
  }
}
