package dev.candles.job;

import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.time.MarketClock;
import dev.candles.job.config.CheckpointConfig;
import dev.candles.job.config.CollectorConfig;
import dev.candles.lake.disk.Trees;
import dev.candles.lake.layout.LakeLayout;
import dev.candles.lake.state.LakeLock;
import dev.candles.lake.state.StateFiles;
import dev.candles.lake.view.FileLake;
import dev.candles.sim.Simulator;
import dev.candles.sim.SimulatorConfig;
import dev.candles.sim.fault.Fault;
import dev.candles.sim.fault.FaultKind;
import dev.candles.sim.truth.LakeCheck;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The savepoint that every later build has to restore, and the small lake that it was taken of, in
 * the test resources. Two simulated venues: one that closes its candles, one whose trades are
 * folded and whose REST has nothing to say, so that a gap is open.
 */
final class KeptSavepoint {
  /** Where it was taken last; a savepoint of a later build gets a folder of its own. */
  static final Path FOLDER = Path.of("src/test/resources/savepoints/1");

  private static final long START_MS = Instant.parse("2026-03-02T11:57:30Z").toEpochMilli();
  private static final Instant HISTORY = Instant.parse("2026-03-02T11:50:00Z");
  private static final List<String> VENUES = List.of("okx", "coinbase");
  private static final double SPEED = 20;
  private static final Duration SELDOM = Duration.ofSeconds(8);
  private static final Duration PATIENCE = Duration.ofMinutes(4);
  private static final String RESUMES = "market-time";
  private static final List<StreamKey> OKX =
      List.of(
          new StreamKey("okx", "BTC-USDT", Timeframe.M1),
          new StreamKey("okx", "BTC-USDT", Timeframe.M5));

  private KeptSavepoint() {}

  /** The venues, from a market time (epoch ms, UTC) on: always the same trades. */
  static Simulator venues(long startMs, Fault... faults) throws IOException {
    SimulatorConfig config =
        SimulatorConfig.defaults()
            .withVenues(VENUES)
            .withSeed(7)
            .withFaults(List.of(faults))
            .withClock(new MarketClock(System.currentTimeMillis(), startMs, SPEED));
    for (String venue : VENUES) {
      config = config.withSymbols(venue, symbols(venue));
    }
    return Simulator.start(config);
  }

  private static List<String> symbols(String venue) {
    return List.of(venue.equals("okx") ? "BTC-USDT" : "BTC-USD");
  }

  static CollectorConfig config(Path lake, Simulator simulator) {
    return JobDrill.config(
        VENUES.stream()
            .map(v -> JobDrill.settings(v, symbols(v), simulator, simulator.rest(v)))
            .toList(),
        List.of(Timeframe.M1, Timeframe.M5),
        lake,
        HISTORY,
        simulator);
  }

  /** Collects some minutes into {@code work}, and keeps savepoint and lake in {@code folder}. */
  static void make(Path work, Path folder) throws Exception {
    Fault silent = Fault.chance(FaultKind.EMPTY_PAGE, "coinbase", 1);
    try (Simulator simulator = venues(START_MS, silent)) {
      CollectorConfig config = seldom(config(work, simulator));
      LakeCheck check = new LakeCheck(simulator.truth(), new FileLake(config.lake().directory()));
      TestCollector collector = new TestCollector(config);
      collector.start();
      long fromMs = config.historyFromMs(START_MS);
      long horizon = Timeframe.H1.ceil(START_MS) + Timeframe.M5.millis();
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      while (check.accounted(OKX, fromMs, horizon).size() < OKX.size()) {
        if (System.nanoTime() > deadline) {
          throw new IllegalStateException("the lake is not accounted for in time");
        }
        JobDrill.awaitMarket(simulator, simulator.now() + Timeframe.BASE.millis());
      }
      Path savepoint = placeless(collector, work);
      collector.crash();
      new LakeLock(config.lake().directory()).sweepInProgress();
      keep(savepoint, work, folder);
      Files.writeString(folder.resolve(RESUMES), Instant.ofEpochMilli(simulator.now()).toString());
    }
  }

  /** Market time at which it was taken, epoch ms, UTC. */
  static long resumesMs() throws IOException {
    return Instant.parse(Files.readString(FOLDER.resolve(RESUMES)).strip()).toEpochMilli();
  }

  /** So that few files are written. */
  private static CollectorConfig seldom(CollectorConfig config) {
    return new CollectorConfig(
        config.markets(),
        config.lake(),
        config.history(),
        CheckpointConfig.defaults().every(SELDOM),
        config.compaction(),
        config.disk(),
        config.quality(),
        config.webUi(),
        config.logging(),
        config.health(),
        config.alerts(),
        config.clock());
  }

  /**
   * What is not committed yet is kept by its path. A savepoint commits nothing, a checkpoint does:
   * so one is taken right after a checkpoint, until nothing has come in between.
   */
  private static Path placeless(TestCollector collector, Path lake) throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < deadline) {
      collector.awaitAnotherCheckpoint();
      Path savepoint = collector.savepoint();
      Path inline = lake.resolve("inline-" + savepoint.getFileName());
      InlineSavepoint.write(savepoint, inline);
      String state = Files.readString(inline.resolve("_metadata"), StandardCharsets.ISO_8859_1);
      if (!state.contains(lake.toRealPath().toString())) {
        return inline;
      }
    }
    throw new IllegalStateException("every savepoint names the lake's place");
  }

  private static void keep(Path savepoint, Path lake, Path folder) throws IOException {
    if (Files.exists(folder)) {
      Trees.delete(folder);
    }
    new StateFiles(new LakeLayout(lake)).signSavepoint(savepoint);
    Files.delete(savepoint.resolve("_lake")); // it says where that was
    copy(savepoint, folder.resolve("savepoint"));
    for (String part : List.of("candles", "coverage", "revisions")) {
      if (Files.exists(lake.resolve(part))) {
        copy(lake.resolve(part), folder.resolve("lake").resolve(part));
      }
    }
    System.out.printf(Locale.ROOT, "kept %d bytes in %s%n", bytes(folder), folder);
  }

  static long bytes(Path folder) throws IOException {
    long bytes = 0;
    for (Path file : files(folder)) {
      bytes += Files.size(file);
    }
    return bytes;
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> tree = Files.walk(folder)) {
      return tree.filter(Files::isRegularFile).toList();
    }
  }

  static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> tree = Files.walk(from)) {
      for (Path path : tree.toList()) {
        Path target = to.resolve(from.relativize(path).toString());
        if (Files.isDirectory(path)) {
          Files.createDirectories(target);
        } else {
          Files.copy(path, target);
        }
      }
    }
  }
}
