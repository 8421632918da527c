package dev.candles.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.coverage.CoverageRow;
import dev.candles.core.coverage.IntervalState;
import dev.candles.core.coverage.Reason;
import dev.candles.job.config.CollectorConfig;
import dev.candles.lake.view.LakeAccounts;
import dev.candles.sim.Simulator;
import dev.candles.sim.venue.okx.OkxDelays;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * An okx whose closing words of busy minutes come after the collector has stopped to wait for them,
 * and in REST later still. It waits for at least a real second, twenty of the market.
 */
@Execution(ExecutionMode.CONCURRENT)
class LateConfirmationJobTest {
  private static final StreamKey BTC = new StreamKey("okx", "BTC-USDT", Timeframe.M1);
  private static final long MINUTE = Timeframe.M1.millis();
  private static final double SPEED = 20;
  private static final OkxDelays LATE =
      new OkxDelays(Duration.ofSeconds(50), Duration.ZERO, Duration.ofSeconds(10));

  @TempDir private Path lake;

  @Test
  void aMinuteThatIsConfirmedAfterItsGraceIsMissingAndThenFinal() throws Exception {
    long fromMs = Timeframe.M5.floor(JobDrill.START_MS);
    try (Simulator simulator =
        Simulator.start(
            JobDrill.venues(List.of("okx"), JobDrill.START_MS)
                .withSilence(0.3)
                .startingAt(JobDrill.START_MS, SPEED)
                .withDelays(LATE))) {
      CollectorConfig config =
          JobDrill.bitcoin(List.of("okx"), lake, Instant.ofEpochMilli(fromMs), simulator);
      TestCollector collector = new TestCollector(config);
      collector.start();
      collector.awaitCheckpoint();
      long horizon = Timeframe.M5.ceil(simulator.now()) + 5 * MINUTE;
      JobDrill.awaitAccounted(simulator, config, fromMs, horizon);
      collector.stop();
      JobDrill.assertEqualsTruth(simulator, config, fromMs, horizon);
      assertSomeWereMissingFirst();
    }
  }

  private void assertSomeWereMissingFirst() throws Exception {
    assertThat(new LakeAccounts(lake).changes(BTC::equals).get(BTC))
        .filteredOn(row -> row.state() == IntervalState.MISSING)
        .extracting(CoverageRow::reason)
        .contains(Reason.NOT_CLOSED);
  }
}
