package dev.candles.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.candle.Candle;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.health.FailureReason;
import dev.candles.job.config.CollectorConfig;
import dev.candles.lake.view.FileLake;
import dev.candles.sim.Simulator;
import dev.candles.sim.fault.Fault;
import dev.candles.sim.fault.FaultKind;
import dev.candles.sources.metrics.CollectorMetric;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One run with faults, read as Prometheus would: before the lake is looked at, and behind it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CollectorMetricsTest {
  private static final long MINUTE = 60_000;
  private static final Map<String, List<String>> SYMBOLS =
      Map.of("okx", List.of("BTC-USDT", "ETH-USDT"), "coinbase", List.of("BTC-USD", "ETH-USD"));
  private static final List<String> VENUES = List.of("okx", "coinbase");
  private static final List<Timeframe> TIMEFRAMES = List.of(Timeframe.M1, Timeframe.M5);

  private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(10);

  private record Faulty(CollectorMetric metric, String venue) {}

  private static final List<Faulty> FAULTY =
      List.of(
          new Faulty(CollectorMetric.DUPLICATES, "okx"),
          new Faulty(CollectorMetric.REJECTS, "okx"),
          new Faulty(CollectorMetric.RECONNECTS, "coinbase"),
          new Faulty(CollectorMetric.REPAIR_FAILURES, "coinbase"));

  private static final Path DEPLOYED =
      Path.of(System.getProperty("repository.root", ".."), "deploy", "compose");

  /** Of frames that came too late to be believed, which a slow machine has too. */
  private static final List<String> UNTIMELY = List.of("not_over", "absurd_time");

  private Simulator simulator;
  private CollectorConfig config;
  private TestCollector collector;
  private Scrape before;
  private Scrape behind;
  private Map<StreamKey, Long> rows;
  private Map<String, Long> injected;

  @BeforeAll
  void run(@TempDir Path lake) throws Exception {
    simulator =
        Simulator.start(
            JobDrill.venues(VENUES, JobDrill.START_MS)
                .withSymbols("okx", SYMBOLS.get("okx"))
                .withSymbols("coinbase", SYMBOLS.get("coinbase"))
                .withFaults(
                    List.of(
                        Fault.chance(FaultKind.REPEAT, "okx", 0.5),
                        Fault.chance(FaultKind.MALFORMED, "okx", 0.2),
                        Fault.chance(FaultKind.HTML, "coinbase", 0.1),
                        Fault.every(FaultKind.CUT, "coinbase", Duration.ofSeconds(300))
                            .lasting(Duration.ofSeconds(10)))));
    config =
        JobDrill.config(
            VENUES.stream()
                .map(v -> JobDrill.settings(v, SYMBOLS.get(v), simulator, simulator.rest(v)))
                .toList(),
            TIMEFRAMES,
            lake,
            Instant.parse("2026-03-02T08:00:00Z"),
            simulator);
    int port = freePort();
    collector = new TestCollector(config).reportingAt(port);
    collector.start();
    long horizon = Timeframe.M5.ceil(simulator.now() + 12 * MINUTE);
    JobDrill.awaitAccounted(simulator, config, config.historyFromMs(simulator.now()), horizon);
    awaitEveryFault(port);
    before = Scrape.at(port);
    // what is counted is in the lake once a checkpoint that began later is complete
    collector.awaitAnotherCheckpoint();
    collector.awaitAnotherCheckpoint();
    rows = rows(lake);
    behind = Scrape.at(port);
    injected = simulator.faults().counts();
    collector.stop();
  }

  @AfterAll
  void close() throws Exception {
    collector.close(); // or it would go on beside other tests where this one failed
    simulator.close();
  }

  /**
   * Until the collector has met each of them: on a slow machine many are sent into a connection
   * that was given up, so that the simulator's figures say at most how many there were.
   */
  private static void awaitEveryFault(int port) throws Exception {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (true) {
      Scrape scrape = Scrape.at(port);
      List<Faulty> waits =
          FAULTY.stream().filter(f -> scrape.sum(f.metric(), f.venue()) == 0).toList();
      if (waits.isEmpty()) {
        return;
      }
      assertThat(System.nanoTime()).as("in time, not met: %s", waits).isLessThan(deadline);
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }

  /** One that no system gives meanwhile to a client's end of a connection. */
  private static int freePort() throws IOException {
    SplittableRandom random = new SplittableRandom();
    for (int tries = 0; tries < 100; tries++) {
      int port = random.nextInt(20_000, 32_768);
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (BindException taken) {
        continue;
      }
    }
    throw new IOException("no port is free");
  }

  private Map<StreamKey, Long> rows(Path lake) throws IOException {
    FileLake files = new FileLake(lake.toString());
    return config.streams().stream()
        .collect(
            Collectors.toMap(stream -> stream, stream -> (long) candles(files, stream).size()));
  }

  private static List<Candle> candles(FileLake files, StreamKey stream) {
    try {
      return files.candles(stream, 0, Long.MAX_VALUE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @EnumSource
  void isRegistered(CollectorMetric metric) {
    assertThat(behind.names()).anyMatch(name -> name.endsWith(metric.prometheusEnd()));
  }

  @Test
  void nothingIsRegisteredThatHasNoNameInTheList() {
    assertThat(behind.names())
        .filteredOn(name -> name.contains("_candles_"))
        .allSatisfy(
            name ->
                assertThat(CollectorMetric.values())
                    .anyMatch(metric -> name.matches(".*" + metric.prometheusEnd() + "(_count)?")));
  }

  /** Dashboard and alerts ask for names that the job has, and for labels that such a name has. */
  @ParameterizedTest
  @ValueSource(strings = {"alerts.yml", "grafana/candles.json"})
  void nothingIsAskedForThatTheJobDoesNotHave(String file) throws Exception {
    List<Query> queries = Query.of(Files.readString(DEPLOYED.resolve(file)));
    assertThat(queries).hasSizeGreaterThan(10);
    assertThat(queries).allMatch(query -> query.hasAnswer(behind), "is known to the job");
  }

  @ParameterizedTest
  @ValueSource(strings = {"okx", "coinbase"})
  void whatIsWrittenIsWhatTheLakeHolds(String venue) {
    double held =
        rows.entrySet().stream()
            .filter(row -> row.getKey().venue().equals(venue))
            .mapToLong(Map.Entry::getValue)
            .sum();
    assertThat(held)
        .isPositive()
        .isBetween(
            before.sum(CollectorMetric.WRITTEN, venue), behind.sum(CollectorMetric.WRITTEN, venue));
    for (Map.Entry<StreamKey, Long> row : rows.entrySet()) {
      assertThat(row.getValue().doubleValue())
          .as(row.getKey().id())
          .isBetween(ofStream(before, row.getKey()), ofStream(behind, row.getKey()));
    }
  }

  private static double ofStream(Scrape scrape, StreamKey stream) {
    return scrape
        .of(CollectorMetric.STREAM_WRITTEN, stream.venue())
        .filter(sample -> sample.has("symbol", stream.symbol()))
        .filter(sample -> sample.has("timeframe", stream.timeframe().label()))
        .mapToDouble(Scrape.Sample::value)
        .sum();
  }

  /** A scrape is no instant: what is counted goes on meanwhile. */
  @ParameterizedTest
  @ValueSource(strings = {"okx", "coinbase"})
  void everyFinalCandleIsCountedOnceMoreByWhatBecameOfIt(String venue) {
    assertThat(before.sum(CollectorMetric.FINALS, venue))
        .isPositive()
        .isLessThanOrEqualTo(becameSomething(behind, venue));
    assertThat(becameSomething(before, venue))
        .isLessThanOrEqualTo(behind.sum(CollectorMetric.FINALS, venue));
  }

  private static double becameSomething(Scrape scrape, String venue) {
    return List.of(
            CollectorMetric.WRITTEN,
            CollectorMetric.DUPLICATES,
            CollectorMetric.CONFIRMED,
            CollectorMetric.REVISIONS,
            CollectorMetric.DISAGREEMENTS)
        .stream()
        .mapToDouble(metric -> scrape.sum(metric, venue))
        .sum();
  }

  @Test
  void faultsAreCountedAsTheSimulatorMadeThem() {
    assertThat(behind.sum(CollectorMetric.DUPLICATES, "okx")).isPositive();
    assertThat(
            behind
                .of(CollectorMetric.REJECTS, "okx")
                .filter(sample -> !UNTIMELY.contains(sample.labels().get("reason")))
                .mapToDouble(Scrape.Sample::value)
                .sum())
        .isPositive()
        .isLessThanOrEqualTo((double) injected.get("malformed"));
    assertThat(behind.sum(CollectorMetric.RECONNECTS, "coinbase")).isPositive();
    assertThat(injected.get("repeat")).isPositive();
    assertThat(injected.get("cut")).isPositive();
    assertThat(injected.get("html")).isPositive();
    assertThat(behind.sum(CollectorMetric.REPAIR_FAILURES, "coinbase")).isPositive();
  }

  @ParameterizedTest
  @ValueSource(strings = {"okx", "coinbase"})
  void valuesOfNowArePlausible(String venue) {
    assertThat(behind.sum(CollectorMetric.FRAMES, venue)).isPositive();
    assertThat(behind.sum(CollectorMetric.CONNECTIONS, venue)).isEqualTo(1);
    assertThat(behind.sum(CollectorMetric.CONNECTIONS_ACTIVE, venue)).isBetween(0.0, 1.0);
    assertThat(behind.sum(CollectorMetric.REPAIR_REQUESTS, venue)).isPositive();
    assertThat(behind.of(CollectorMetric.HEALTH, venue).map(Scrape.Sample::value))
        .singleElement()
        .matches(level -> level >= 0 && level <= 2);
    assertThat(behind.of(CollectorMetric.HEALTH_SINCE_MS, venue).map(Scrape.Sample::value))
        .singleElement()
        .matches(since -> since >= JobDrill.START_MS && since <= simulator.now());
    assertThat(behind.of(CollectorMetric.HEALTH_FAILURES, venue).map(Scrape.Sample::value))
        .hasSize(FailureReason.values().length)
        .allMatch(failures -> failures >= 0);
    assertThat(behind.of(CollectorMetric.NEXT_REPAIR_MS, venue).map(Scrape.Sample::value))
        .singleElement()
        .matches(next -> next == 0 || next >= JobDrill.START_MS);
    assertThat(behind.of(CollectorMetric.NEXT_CONNECT_MS, venue).map(Scrape.Sample::value))
        .singleElement()
        .matches(next -> next >= JobDrill.START_MS);
    assertThat(behind.of(CollectorMetric.FAILS_SINCE_MS, venue).map(Scrape.Sample::value))
        .as("of feed and REST")
        .hasSize(2)
        .allMatch(since -> since == 0 || since >= JobDrill.START_MS);
    assertThat(behind.sum(CollectorMetric.SECOND_READS_OPEN, venue)).isNotNegative();
    assertThat(behind.of(CollectorMetric.COVERAGE_PERCENT, venue).map(Scrape.Sample::value))
        .isNotEmpty()
        .allMatch(percent -> percent > 90 && percent <= 100);
    assertThat(behind.of(CollectorMetric.NEWEST_CANDLE_AGE_SECONDS, venue))
        .as("of both ledgers; this machine may be slow, and a minute of the market is a second")
        .hasSize(2)
        .allMatch(age -> age.value() < 7_200);
    assertThat(behind.of(CollectorMetric.BUDGET_LEFT, venue).map(Scrape.Sample::value))
        .isNotEmpty()
        .allMatch(left -> left >= 0);
    assertThat(behind.of(CollectorMetric.CLOSE_TO_FINAL_MS, venue).map(Scrape.Sample::value))
        .isNotEmpty()
        .allMatch(delay -> delay >= 0 && delay < 7_200_000);
  }
}
