package dev.candles.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.candle.Timeframe;
import dev.candles.job.config.CollectorConfig;
import dev.candles.sim.Simulator;
import dev.candles.sim.SimulatorConfig;
import dev.candles.sim.fault.Fault;
import dev.candles.sim.fault.FaultKind;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The job against the simulated venue: crashed at a seeded moment, compared with the truth. */
@Order(1)
@Execution(ExecutionMode.CONCURRENT)
class CollectorJobTest {
  private static final long MINUTE = 60_000;
  private static final List<Timeframe> TIMEFRAMES =
      List.of(Timeframe.M1, Timeframe.M5, Timeframe.H1);

  @TempDir private Path lake;

  @ParameterizedTest
  @ValueSource(strings = {"okx", "coinbase", "kraken"})
  void withoutFaultsTheLakeEqualsTheTruth(String venue) throws Exception {
    try (Simulator simulator = simulator(List.of(venue), 1, List.of())) {
      CollectorConfig config = config(List.of(venue), simulator);
      TestCollector collector = new TestCollector(config);
      long fromMs = config.historyFromMs(simulator.now());
      collector.start();
      long horizon = Timeframe.M5.ceil(simulator.now() + 4 * MINUTE);
      JobDrill.awaitAccounted(simulator, config, fromMs, horizon);
      collector.stop();
      JobDrill.assertEqualsTruth(simulator, config, fromMs, horizon);
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void faultsAndACrashLeaveTheTruth(long seed) throws Exception {
    crashWithFaults(List.of("okx"), seed);
  }

  /** One venue states its last trade id each second, the other sends trades and nothing else. */
  @ParameterizedTest
  @MethodSource("tradeSeeds")
  void faultsAndACrashLeaveTheTruthWhereTradesAreFolded(long seed) throws Exception {
    crashWithFaults(List.of("coinbase", "kraken"), seed);
  }

  private void crashWithFaults(List<String> venues, long seed) throws Exception {
    SplittableRandom random = new SplittableRandom(seed);
    List<Fault> faults = new ArrayList<>();
    venues.forEach(venue -> faults.addAll(faults(venue, random)));
    try (Simulator simulator = simulator(venues, seed, faults)) {
      CollectorConfig config = config(venues, simulator);
      TestCollector collector = new TestCollector(config);
      long fromMs = config.historyFromMs(simulator.now());
      collector.start();
      collector.awaitCheckpoint(); // however slow the machine is, the faults hit a job that runs
      JobDrill.awaitMarket(simulator, simulator.now() + random.nextLong(1 * MINUTE, 14 * MINUTE));
      collector.crash();
      collector.start();
      JobDrill.awaitMarket(simulator, simulator.now() + random.nextLong(18 * MINUTE, 24 * MINUTE));
      long horizon = Timeframe.M5.ceil(simulator.now());
      simulator.faults().until(horizon);
      JobDrill.awaitAccounted(simulator, config, fromMs, horizon);
      awaitSettled(simulator, config, fromMs, horizon);
      collector.stop();
      System.out.println("seed " + seed + " injected " + simulator.faults().counts());
      assertThat(simulator.faults().counts().values()).anySatisfy(n -> assertThat(n).isPositive());
      JobDrill.assertEqualsTruth(simulator, config, fromMs, horizon);
    }
  }

  private static List<String> symbols(String venue) {
    return venue.equals("okx")
        ? List.of("BTC-USDT", "ETH-USDT", "DOGE-USDT")
        : List.of("BTC-USD", "ETH-USD", "DOGE-USD");
  }

  static LongStream tradeSeeds() {
    long first = Long.getLong("candles.job.trade.first", 0);
    return LongStream.range(first, first + Long.getLong("candles.job.trade.seeds", 2));
  }

  static LongStream seeds() {
    return LongStream.range(0, Long.getLong("candles.job.seeds", 5));
  }

  private static List<Fault> faults(String venue, SplittableRandom random) {
    List<Fault> faults = new ArrayList<>();
    for (FaultKind kind :
        List.of(
            FaultKind.DROP,
            FaultKind.REPEAT,
            FaultKind.REORDER,
            FaultKind.LATE_CORRECTION,
            FaultKind.THROTTLE,
            FaultKind.HTML,
            FaultKind.EMPTY_PAGE,
            FaultKind.SHORT_PAGE,
            FaultKind.STALE_PAGE,
            FaultKind.MALFORMED)) {
      faults.add(Fault.chance(kind, venue, random.nextDouble(0.05, 0.25)));
    }
    faults.add(
        Fault.every(FaultKind.CUT, venue, Duration.ofSeconds(random.nextLong(400, 900)))
            .lasting(Duration.ofSeconds(random.nextLong(30, 120))));
    faults.add(
        Fault.every(FaultKind.STALL, venue, Duration.ofSeconds(random.nextLong(500, 900)))
            .lasting(Duration.ofSeconds(random.nextLong(60, 150))));
    faults.add(
        Fault.every(FaultKind.SILENT_SYMBOL, venue, Duration.ofSeconds(300))
            .forSymbol(symbols(venue).get(1)));
    return faults;
  }

  private static Simulator simulator(List<String> venues, long seed, List<Fault> faults)
      throws Exception {
    SimulatorConfig config = JobDrill.venues(venues, JobDrill.START_MS);
    for (String venue : venues) {
      config = config.withSymbols(venue, symbols(venue));
    }
    return Simulator.start(config.withSeed(seed).withFaults(faults));
  }

  private CollectorConfig config(List<String> venues, Simulator simulator) {
    return JobDrill.config(
        venues.stream()
            .map(v -> JobDrill.settings(v, symbols(v), simulator, simulator.rest(v)))
            .toList(),
        TIMEFRAMES,
        lake,
        Instant.parse("2026-03-02T08:00:00Z"),
        simulator);
  }

  /** Corrections that came in silence are found by reading again, which takes its time. */
  private static void awaitSettled(
      Simulator simulator, CollectorConfig config, long fromMs, long horizon) throws Exception {
    long deadline = System.currentTimeMillis() + JobDrill.DEADLINE_REAL_MS;
    while (!JobDrill.compare(simulator, config, fromMs, horizon).isEqual()
        && System.currentTimeMillis() < deadline) {
      LockSupport.parkNanos(500_000_000L);
    }
  }
}
