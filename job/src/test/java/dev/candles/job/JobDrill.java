package dev.candles.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.time.MarketClock;
import dev.candles.job.config.AlertConfig;
import dev.candles.job.config.CheckpointConfig;
import dev.candles.job.config.CollectorConfig;
import dev.candles.job.config.CompactionConfig;
import dev.candles.job.config.DiskConfig;
import dev.candles.job.config.HealthConfig;
import dev.candles.job.config.HistoryConfig;
import dev.candles.job.config.LakeConfig;
import dev.candles.job.config.LoggingConfig;
import dev.candles.job.config.MarketsConfig;
import dev.candles.job.config.QualityConfig;
import dev.candles.job.config.WebUiConfig;
import dev.candles.lake.view.DoubledKeys;
import dev.candles.lake.view.FileLake;
import dev.candles.sim.Simulator;
import dev.candles.sim.SimulatorConfig;
import dev.candles.sim.fault.Fault;
import dev.candles.sim.fault.FaultKind;
import dev.candles.sim.truth.LakeCheck;
import dev.candles.sim.truth.LakeComparison;
import dev.candles.sources.venue.VenueProfile;
import dev.candles.sources.venue.VenueSettings;
import dev.candles.sources.venue.Venues;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/** Simulated venues, the real job's configuration for them, and the comparison with the truth. */
final class JobDrill {
  /** Market time at which most drills begin: shortly before an hour's end. */
  static final long START_MS = Instant.parse("2026-03-02T11:57:00Z").toEpochMilli();

  static final long DEADLINE_REAL_MS = 480_000;
  private static final double SPEED = 60;

  private JobDrill() {}

  /** These venues, from a market time (epoch ms, UTC) on, sixty times as fast as the real ones. */
  static SimulatorConfig venues(List<String> venues, long startMs) {
    return SimulatorConfig.defaults()
        .withVenues(venues)
        .withClock(new MarketClock(System.currentTimeMillis(), startMs, SPEED));
  }

  /**
   * Some symbols of a simulated venue.
   *
   * @param rest where its REST is
   */
  static VenueSettings settings(String venue, List<String> symbols, Simulator simulator, URI rest) {
    String path = Map.of("okx", "/ws/v5/business", "coinbase", "", "kraken", "/v2").get(venue);
    VenueProfile own = Venues.byName(venue).orElseThrow().profile();
    return new VenueSettings(own.at(URI.create(simulator.ws(venue) + path), rest), symbols);
  }

  /** Bitcoin of these venues, 1m and 5m, from {@code since} on. */
  static CollectorConfig bitcoin(
      List<String> venues, Path lake, Instant since, Simulator simulator) {
    return config(
        venues.stream()
            .map(
                venue ->
                    settings(
                        venue,
                        List.of(venue.equals("okx") ? "BTC-USDT" : "BTC-USD"),
                        simulator,
                        simulator.rest(venue)))
            .toList(),
        List.of(Timeframe.M1, Timeframe.M5),
        lake,
        since,
        simulator);
  }

  static CollectorConfig config(
      List<VenueSettings> venues,
      List<Timeframe> timeframes,
      Path lake,
      Instant since,
      Simulator simulator) {
    return new CollectorConfig(
        new MarketsConfig(venues, timeframes),
        new LakeConfig(lake.toString()),
        HistoryConfig.since(since),
        CheckpointConfig.defaults().every(Duration.ofMillis(1_000)),
        CompactionConfig.defaults().never(),
        DiskConfig.defaults(),
        QualityConfig.off(),
        new WebUiConfig(0, WebUiConfig.NONE, WebUiConfig.NONE),
        new LoggingConfig("INFO"),
        HealthConfig.defaults(),
        AlertConfig.none(),
        simulator.clock());
  }

  static void assertEqualsTruth(
      Simulator simulator, CollectorConfig config, long fromMs, long horizon) throws Exception {
    LakeComparison comparison = compare(simulator, config, fromMs, horizon);
    assertThat(comparison.isEqual()).as(comparison.table()).isTrue();
    assertThat(DoubledKeys.count(config.lake().path())).isZero();
    assertThat(comparison.streams()).allSatisfy(s -> assertThat(s.expected()).isPositive());
  }

  static LakeComparison compare(
      Simulator simulator, CollectorConfig config, long fromMs, long horizon) throws Exception {
    return new LakeCheck(simulator.truth(), new FileLake(config.lake().directory()))
        .compare(config.streams(), fromMs, horizon);
  }

  /** Waits until a market time (epoch ms, UTC). */
  static void awaitMarket(Simulator simulator, long marketMs) {
    while (simulator.now() < marketMs) {
      LockSupport.parkNanos(20_000_000L);
    }
  }

  /** Takes a venue's links away now, again if there was none; ends when it is back. */
  static void cut(Simulator simulator, String venue, Duration lasting) {
    long before = simulator.faults().counted(FaultKind.CUT, venue);
    while (simulator.faults().counted(FaultKind.CUT, venue) == before) {
      long nowMs = simulator.now();
      simulator.faults().add(Fault.at(FaultKind.CUT, venue, nowMs).lasting(lasting));
      awaitMarket(simulator, nowMs + lasting.toMillis());
    }
  }

  /** Waits until no interval before {@code horizon} (market epoch ms) is unknown. */
  static void awaitAccounted(Simulator simulator, CollectorConfig config, long fromMs, long horizon)
      throws Exception {
    LakeCheck check = new LakeCheck(simulator.truth(), new FileLake(config.lake().directory()));
    List<StreamKey> all = config.streams();
    long deadline = System.currentTimeMillis() + DEADLINE_REAL_MS;
    while (simulator.now() < horizon || check.accounted(all, fromMs, horizon).size() < all.size()) {
      assertThat(System.currentTimeMillis())
          .as(() -> "accounted through the horizon, but for " + unknown(config, fromMs, horizon))
          .isLessThan(deadline);
      LockSupport.parkNanos(500_000_000L);
    }
  }

  private static String unknown(CollectorConfig config, long fromMs, long horizon) {
    try {
      return new FileLake(config.lake().directory())
          .scan(config.streams(), fromMs, horizon, horizon).stream()
              .map(held -> held.stream() + " " + held.unknown())
              .collect(Collectors.joining("; "));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
