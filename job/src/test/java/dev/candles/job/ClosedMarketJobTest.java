package dev.candles.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.candle.Timeframe;
import dev.candles.job.config.CollectorConfig;
import dev.candles.lake.layout.LakeLayout;
import dev.candles.lake.state.UnlistedSymbols;
import dev.candles.sim.Simulator;
import dev.candles.sources.venue.VenueSettings;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A market of each venue that is in its catalogue and not open yet when the collector starts. */
@Execution(ExecutionMode.CONCURRENT)
class ClosedMarketJobTest {
  private static final long MINUTE = Timeframe.M1.millis();
  private static final long FROM_MS = Timeframe.M5.floor(JobDrill.START_MS);
  private static final long OPENS_MS = JobDrill.START_MS + 15 * MINUTE;
  private static final Map<String, String> CLOSED =
      Map.of("okx", "ETH-USDT", "coinbase", "ETH-USD", "kraken", "ETH-USD");

  @TempDir private Path lake;

  @Test
  void aMarketThatIsClosedIsWaitedForAndCollectedFromItsOpeningOn() throws Exception {
    try (Simulator simulator = simulator()) {
      CollectorConfig config = config(simulator);
      TestCollector collector = new TestCollector(config);
      collector.start();
      awaitUnlisted(CLOSED.keySet());
      awaitUnlisted(Set.of());
      assertThat(simulator.now()).isGreaterThan(OPENS_MS);
      long horizon = Timeframe.M5.ceil(simulator.now() + 2 * MINUTE);
      JobDrill.awaitAccounted(simulator, config, FROM_MS, horizon);
      collector.stop();
      JobDrill.assertEqualsTruth(simulator, config, FROM_MS, horizon);
    }
  }

  /** Waits until the closed markets of these venues, and no others, are noted as not listed. */
  private void awaitUnlisted(Set<String> venues) {
    UnlistedSymbols unlisted = new UnlistedSymbols(new LakeLayout(lake));
    Set<String> expected =
        venues.stream().map(v -> v + "/" + CLOSED.get(v)).collect(Collectors.toSet());
    long deadline = System.currentTimeMillis() + JobDrill.DEADLINE_REAL_MS;
    while (true) {
      Set<String> noted =
          unlisted.all().stream()
              .map(symbol -> symbol.venue() + "/" + symbol.symbol())
              .collect(Collectors.toSet());
      if (noted.equals(expected)) {
        return;
      }
      assertThat(System.currentTimeMillis()).as("not listed: %s", noted).isLessThan(deadline);
      LockSupport.parkNanos(20_000_000L);
    }
  }

  private static Simulator simulator() throws Exception {
    return Simulator.start(
        JobDrill.venues(List.of("okx", "coinbase", "kraken"), JobDrill.START_MS)
            .withOpening("okx", CLOSED.get("okx"), OPENS_MS)
            .withOpening("coinbase", CLOSED.get("coinbase"), OPENS_MS)
            .withOpening("kraken", CLOSED.get("kraken"), OPENS_MS));
  }

  private CollectorConfig config(Simulator simulator) {
    List<VenueSettings> venues =
        CLOSED.keySet().stream().sorted().map(venue -> settings(venue, simulator)).toList();
    return JobDrill.config(
        venues,
        List.of(Timeframe.M1, Timeframe.M5),
        lake,
        Instant.ofEpochMilli(FROM_MS),
        simulator);
  }

  private static VenueSettings settings(String venue, Simulator simulator) {
    String open = venue.equals("okx") ? "BTC-USDT" : "BTC-USD";
    return JobDrill.settings(
        venue, List.of(open, CLOSED.get(venue)), simulator, simulator.rest(venue));
  }
}
