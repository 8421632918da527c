package dev.candles.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.coverage.CoverageRow;
import dev.candles.core.coverage.IntervalState;
import dev.candles.job.config.CollectorConfig;
import dev.candles.lake.view.LakeAccounts;
import dev.candles.sim.Simulator;
import dev.candles.sim.fault.Fault;
import dev.candles.sim.fault.FaultKind;
import dev.candles.sim.truth.TrueCandle;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Minutes that were proven empty, in which somebody turns out to have traded: a trade that comes
 * late, or a second closing row. Every other minute is silent. On kraken the next trade proves it,
 * so that a late one comes before there is a proof.
 */
@Execution(ExecutionMode.CONCURRENT)
class BrokenSilenceJobTest {
  private static final long MINUTE = Timeframe.M1.millis();

  @TempDir private Path lake;

  @ParameterizedTest
  @CsvSource({"okx, true", "coinbase, true", "kraken, false"})
  void aMinuteThatWasProvenEmptyBecomesACandleOfEachTimeframe(String venue, boolean isProvenEarly)
      throws Exception {
    Fault late = Fault.chance(FaultKind.LATE_CORRECTION, venue, 0.5).by(Duration.ofSeconds(12));
    try (Simulator simulator =
        Simulator.start(
            JobDrill.venues(List.of(venue), JobDrill.START_MS)
                .withSilence(0.5)
                .withTradesPerMinute(2)
                .withFaults(List.of(late)))) {
      CollectorConfig config =
          JobDrill.bitcoin(List.of(venue), lake, Instant.ofEpochMilli(fromMs()), simulator);
      TestCollector collector = new TestCollector(config);
      collector.start();
      collector.awaitCheckpoint(); // however slow the machine is, it listens
      JobDrill.awaitMarket(simulator, simulator.now() + 10 * MINUTE);
      long deadline = System.currentTimeMillis() + JobDrill.DEADLINE_REAL_MS;
      while ((simulator.faults().counted(FaultKind.LATE_CORRECTION) == 0
              || (isProvenEarly && broken(simulator, config) == 0))
          && System.currentTimeMillis() < deadline) {
        LockSupport.parkNanos(500_000_000L);
      }
      long horizon = Timeframe.M5.ceil(simulator.now());
      simulator.faults().until(horizon);
      JobDrill.awaitAccounted(simulator, config, fromMs(), horizon);
      JobDrill.awaitMarket(simulator, horizon + 2 * MINUTE);
      collector.stop();
      JobDrill.assertEqualsTruth(simulator, config, fromMs(), horizon);
      assertThat(simulator.faults().counted(FaultKind.LATE_CORRECTION)).isPositive();
      assertThat(!isProvenEarly || broken(simulator, config) > 0).isTrue();
    }
  }

  /** Minutes that were called empty by the lake and are candles by the truth. */
  private static long broken(Simulator simulator, CollectorConfig config) throws Exception {
    StreamKey minutes =
        config.streams().stream()
            .filter(stream -> stream.timeframe() == Timeframe.M1)
            .findFirst()
            .orElseThrow();
    List<CoverageRow> empties =
        new LakeAccounts(config.lake().path())
            .changes(minutes::equals).getOrDefault(minutes, List.of()).stream()
                .filter(row -> row.state() == IntervalState.VERIFIED_EMPTY)
                .toList();
    return simulator.truth().candles(minutes, fromMs(), simulator.now()).stream()
        .map(TrueCandle::openTimeMs)
        .filter(open -> empties.stream().anyMatch(r -> r.fromMs() <= open && open < r.toMs()))
        .count();
  }

  private static long fromMs() {
    return Timeframe.M5.floor(JobDrill.START_MS);
  }
}
