package dev.candles.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.candle.Timeframe;
import dev.candles.job.config.CollectorConfig;
import dev.candles.sim.Simulator;
import dev.candles.sim.truth.LakeComparison;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Venues that are as nobody has verified that they are not: okx's history lags by a day and a half,
 * so that for half a day no call has its rows, and its pages hold a hundred; kraken's trades begin
 * behind {@code since} and may be asked for every other second. What no call has is there when the
 * collector comes again, half a day later.
 */
@Execution(ExecutionMode.CONCURRENT)
class UnverifiedVenuesJobTest {
  private static final Duration LAG = Duration.ofHours(36);

  /** okx's recent candles: 1,440 minutes. */
  private static final Duration RECENT = Duration.ofHours(24);

  private static final long SINCE_MS = JobDrill.START_MS - Duration.ofHours(38).toMillis();
  private static final long LATER_MS = JobDrill.START_MS + Duration.ofHours(14).toMillis();
  private static final List<String> VENUES = List.of("okx", "kraken");

  @TempDir private Path lake;

  @Test
  void whatNoCallHasIsNotInventedAndComesLater() throws Exception {
    try (Simulator simulator = simulator(JobDrill.START_MS)) {
      TestCollector collector = new TestCollector(config(VENUES, simulator));
      collector.start();
      long horizon = Timeframe.M5.floor(JobDrill.START_MS);
      CollectorConfig okx = config(List.of("okx"), simulator);
      long laggingMs = JobDrill.START_MS - LAG.toMillis();
      long recentMs = JobDrill.START_MS - RECENT.toMillis() + Duration.ofHours(1).toMillis();
      JobDrill.awaitAccounted(simulator, okx, SINCE_MS, laggingMs);
      JobDrill.awaitAccounted(simulator, okx, recentMs, horizon);
      JobDrill.awaitAccounted(simulator, config(List.of("kraken"), simulator), SINCE_MS, horizon);
      collector.stop();
      LakeComparison comparison = JobDrill.compare(simulator, okx, SINCE_MS, horizon);
      assertThat(comparison.streams())
          .as(comparison.table())
          .allMatch(stream -> stream.wrong() + stream.invented() == 0)
          .allMatch(stream -> stream.missing() > 0);
    }
    try (Simulator simulator = simulator(LATER_MS)) {
      CollectorConfig config = config(VENUES, simulator);
      TestCollector collector = new TestCollector(config);
      collector.start();
      long horizon = Timeframe.M5.floor(LATER_MS);
      JobDrill.awaitAccounted(simulator, config, SINCE_MS, horizon);
      collector.stop();
      JobDrill.assertEqualsTruth(simulator, config, SINCE_MS, horizon);
    }
  }

  private static Simulator simulator(long startMs) throws Exception {
    return Simulator.start(
        JobDrill.venues(VENUES, startMs)
            .withTradesPerMinute(3)
            .withExclusiveSince()
            .withCallEvery(Duration.ofSeconds(2))
            .withHistoryLag(LAG)
            .withPageRows(100));
  }

  private CollectorConfig config(List<String> venues, Simulator simulator) {
    return JobDrill.bitcoin(venues, lake, Instant.ofEpochMilli(SINCE_MS), simulator);
  }
}
