package dev.candles.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.candle.Candle;
import dev.candles.core.candle.Evidence;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.job.config.CollectorConfig;
import dev.candles.lake.view.FileLake;
import dev.candles.sim.Simulator;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * A kraken market with about a thousand trades a minute: a page of trades ends within a minute, and
 * the next one repeats the trade at the border. The first minutes are older than the venue's
 * candles reach, so that only its trades tell of them; later the link is lost for two minutes.
 */
@Execution(ExecutionMode.CONCURRENT)
class BusyMinutesJobTest {
  private static final int PAGE = 1_000;
  private static final int OLDER_MINUTES = 8;
  private static final StreamKey BTC = new StreamKey("kraken", "BTC-USD", Timeframe.M1);

  /** The venue's candles reach 720 minutes back. */
  private static final long FROM_MS =
      Timeframe.M5.floor(JobDrill.START_MS) - (720 + OLDER_MINUTES) * Timeframe.M1.millis();

  @TempDir private Path lake;

  @Test
  void minutesOfMoreTradesThanAPageEqualTheTruth() throws Exception {
    try (Simulator simulator =
        Simulator.start(
            JobDrill.venues(List.of("kraken"), JobDrill.START_MS)
                .withSymbols("kraken", List.of("BTC-USD"))
                .withTradesPerMinute(PAGE))) {
      CollectorConfig config = config(simulator);
      TestCollector collector = new TestCollector(config);
      collector.start();
      long liveMs = Timeframe.M5.ceil(JobDrill.START_MS + 10 * Timeframe.M1.millis());
      JobDrill.awaitAccounted(simulator, config, FROM_MS, liveMs);
      JobDrill.cut(simulator, "kraken", Duration.ofMinutes(2));
      long horizon = Timeframe.M5.ceil(simulator.now() + 5 * Timeframe.M1.millis());
      JobDrill.awaitAccounted(simulator, config, FROM_MS, horizon);
      collector.stop();
      JobDrill.assertEqualsTruth(simulator, config, FROM_MS, horizon);
      assertBusyMinutesWereReadTradeByTrade(config);
    }
  }

  private static void assertBusyMinutesWereReadTradeByTrade(CollectorConfig config)
      throws Exception {
    long reachMs = FROM_MS + OLDER_MINUTES * Timeframe.M1.millis();
    List<Candle> older = new FileLake(config.lake().directory()).candles(BTC, FROM_MS, reachMs);
    assertThat(older).allMatch(candle -> candle.evidence() == Evidence.REST_TRADES);
    assertThat(older).filteredOn(candle -> candle.tradeCount() > PAGE).isNotEmpty();
    assertThat(older)
        .allMatch(c -> c.tradeCount() == c.lastTradeId() - c.firstTradeId() + 1, "without a hole");
  }

  private CollectorConfig config(Simulator simulator) {
    return JobDrill.config(
        List.of(
            JobDrill.settings("kraken", List.of("BTC-USD"), simulator, simulator.rest("kraken"))),
        List.of(Timeframe.M1, Timeframe.M5),
        lake,
        Instant.ofEpochMilli(FROM_MS),
        simulator);
  }
}
