package dev.candles.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.candle.Candle;
import dev.candles.core.candle.Evidence;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.coverage.CoverageRow;
import dev.candles.core.coverage.IntervalState;
import dev.candles.core.coverage.Reason;
import dev.candles.job.config.CollectorConfig;
import dev.candles.lake.parquet.CoverageFiles;
import dev.candles.lake.view.FileLake;
import dev.candles.sim.Simulator;
import dev.candles.sim.truth.LakeComparison;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * A minute of the history whose candle nobody can believe, however often it is asked for: a day
 * later it is given up, and the venue's own larger candles stand where no rollup can. The day is
 * slept through: the collector stops, and starts again on the next day's clock.
 */
@Execution(ExecutionMode.CONCURRENT)
class NativeCandlesJobTest {
  private static final List<String> COINBASE = List.of("coinbase");
  private static final List<String> SYMBOLS = List.of("BTC-USD");
  private static final List<Timeframe> TIMEFRAMES =
      List.of(Timeframe.M1, Timeframe.M5, Timeframe.H1);
  private static final StreamKey MINUTES = new StreamKey("coinbase", "BTC-USD", Timeframe.M1);
  private static final Instant SINCE = Instant.parse("2026-03-02T09:00:00Z");
  private static final long LOST_MS = Instant.parse("2026-03-02T10:33:00Z").toEpochMilli();
  private static final long A_DAY_LATER_MS = JobDrill.START_MS + 25 * 3_600_000L;

  @TempDir private Path lake;

  @Test
  void whereAMinuteIsGivenUpTheLargerCandlesAreTheVenuesOwn() throws Exception {
    try (Simulator simulator = simulator(JobDrill.START_MS);
        SpoiltRest rest = new SpoiltRest(simulator.rest("coinbase"), LOST_MS)) {
      TestCollector collector = new TestCollector(config(simulator, rest));
      collector.start();
      await("swept twice", () -> rest.spoilt.get() >= 3);
      long before = Timeframe.M1.floor(JobDrill.START_MS);
      await("all but the minute", () -> lacking(simulator, config(simulator, rest), before) == 1);
      collector.stop();
    }
    try (Simulator simulator = simulator(A_DAY_LATER_MS);
        SpoiltRest rest = new SpoiltRest(simulator.rest("coinbase"), LOST_MS)) {
      CollectorConfig config = config(simulator, rest);
      TestCollector collector = new TestCollector(config);
      collector.start();
      long horizon = Timeframe.M5.floor(A_DAY_LATER_MS);
      JobDrill.awaitAccounted(simulator, config, SINCE.toEpochMilli(), horizon);
      collector.stop();
      assertOnlyTheMinuteIsLost(simulator, config, horizon);
    }
  }

  private void assertOnlyTheMinuteIsLost(Simulator simulator, CollectorConfig config, long horizon)
      throws Exception {
    LakeComparison comparison = JobDrill.compare(simulator, config, SINCE.toEpochMilli(), horizon);
    for (LakeComparison.Stream stream : comparison.streams()) {
      long lost = stream.stream().timeframe() == Timeframe.M1 ? 1 : 0;
      assertThat(stream.missing()).as(comparison.table()).isEqualTo(lost);
      assertThat(stream.equal()).as(comparison.table()).isEqualTo(stream.expected() - lost);
      assertThat(stream.wrong() + stream.invented()).as(comparison.table()).isZero();
    }
    assertThat(givenUp(config))
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row.fromMs()).isEqualTo(LOST_MS);
              assertThat(row.toMs()).isEqualTo(LOST_MS + Timeframe.M1.millis());
              assertThat(row.reason()).isEqualTo(Reason.NO_PROOF);
            });
    FileLake files = new FileLake(config.lake().directory());
    for (Timeframe larger : List.of(Timeframe.M5, Timeframe.H1)) {
      long open = larger.floor(LOST_MS);
      List<Candle> around =
          files.candles(MINUTES.in(larger), open - larger.millis(), open + 2 * larger.millis());
      assertThat(around)
          .extracting(Candle::evidence)
          .containsExactly(Evidence.ROLLUP, Evidence.REST, Evidence.ROLLUP);
      assertThat(around.get(1).provenance().source()).isEqualTo("rest");
    }
    long from = SINCE.toEpochMilli();
    assertThat(files.scan(config.streams(), from, horizon, horizon))
        .extracting(held -> held.unrecoverable().length())
        .containsExactlyInAnyOrder(Timeframe.M1.millis(), 0L, 0L);
  }

  /** Minutes before {@code horizon} (market epoch ms) that the lake does not hold as they are. */
  private static long lacking(Simulator simulator, CollectorConfig config, long horizon) {
    try {
      return JobDrill.compare(simulator, config, SINCE.toEpochMilli(), horizon).streams().stream()
          .filter(stream -> stream.stream().equals(MINUTES))
          .mapToLong(stream -> stream.expected() - stream.equal())
          .sum();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** When the minute was given up, as the coverage has it. */
  private static List<CoverageRow> givenUp(CollectorConfig config) throws IOException {
    List<CoverageRow> rows = new ArrayList<>();
    try (Stream<Path> files = Files.walk(config.lake().path().resolve("coverage"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".parquet")).toList()) {
        CoverageFiles.read(file).stream()
            .filter(row -> row.stream().equals(MINUTES))
            .filter(row -> row.state() == IntervalState.UNRECOVERABLE)
            .filter(row -> row.fromMs() <= LOST_MS && row.toMs() > LOST_MS)
            .forEach(rows::add);
      }
    }
    return rows;
  }

  private static Simulator simulator(long startMs) throws Exception {
    return Simulator.start(
        JobDrill.venues(COINBASE, startMs).withSymbols("coinbase", SYMBOLS).withSeed(5));
  }

  private CollectorConfig config(Simulator simulator, SpoiltRest rest) {
    return JobDrill.config(
        List.of(JobDrill.settings("coinbase", SYMBOLS, simulator, rest.rest())),
        TIMEFRAMES,
        lake,
        SINCE,
        simulator);
  }

  private static void await(String what, BooleanSupplier condition) {
    long deadline = System.currentTimeMillis() + JobDrill.DEADLINE_REAL_MS;
    while (!condition.getAsBoolean()) {
      assertThat(System.currentTimeMillis()).as(what).isLessThan(deadline);
      LockSupport.parkNanos(50_000_000L);
    }
  }
}
