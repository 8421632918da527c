package dev.candles.bench;

import dev.candles.core.time.MarketClock;
import dev.candles.job.CollectorJob;
import dev.candles.job.config.CollectorConfig;
import dev.candles.job.config.HistoryConfig;
import dev.candles.sim.Simulator;
import dev.candles.sim.SimulatorConfig;
import dev.candles.sources.venue.VenueProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Days of history of five symbols from a simulated okx that enforces its documented limit and takes
 * 150 ms to answer, against the time in which the limit alone lets so many rows through.
 */
final class History {
  private static final List<String> SYMBOLS =
      List.of("BTC-USDT", "ETH-USDT", "SOL-USDT", "XRP-USDT", "DOGE-USDT");

  /** The job's gauge of minutes that are not known yet, of each stream and of its venue. */
  private static final String OPEN = "openGapMinutes";

  private static final long MINUTES_PER_DAY = 1_440;
  private static final long DEADLINE_NANOS = 330_000_000_000L;

  private History() {}

  static void run(int days) throws Exception {
    SimulatorConfig simulated =
        SimulatorConfig.defaults()
            .withVenues(List.of(Settings.VENUE))
            .withSymbols(Settings.VENUE, SYMBOLS)
            .withRestLatency(Duration.ofMillis(150));
    Path lake = Files.createTempDirectory("candles-bench");
    Configuration flink = Settings.flink(lake);
    StreamExecutionEnvironment env = new StreamExecutionEnvironment(flink);
    try (Simulator simulator = Simulator.start(simulated)) {
      CollectorConfig config =
          Settings.collector(
              Settings.venue(
                  simulator.ws(Settings.VENUE).toString(),
                  simulator.rest(Settings.VENUE).toString(),
                  SYMBOLS),
              lake,
              HistoryConfig.back(Duration.ofDays(days)),
              MarketClock.real());
      CollectorJob.build(env, config);
      Cluster.run(env, flink);
      long wanted = (long) SYMBOLS.size() * days * MINUTES_PER_DAY;
      await("first candle", () -> candles() > 0);
      long start = System.nanoTime();
      long cpu = Clients.cpuNanos();
      // quiet minutes have a row of the venue's and no candle
      await("history", () -> candles() > wanted / 2 && SeenMetrics.sum("", OPEN) == 0);
      double seconds = (System.nanoTime() - start) / 1e9;
      print(wanted, seconds, (Clients.cpuNanos() - cpu) / 1e9);
    }
  }

  private static long candles() {
    return SeenMetrics.sum("candles: Writer", "numRecordsIn");
  }

  private static void await(String what, BooleanSupplier condition) throws IOException {
    long start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - start > DEADLINE_NANOS) {
        throw new IOException("not in time: " + what + ", candles=" + candles());
      }
      LockSupport.parkNanos(10_000_000);
    }
  }

  private static void print(long rows, double seconds, double cpuSeconds) {
    VenueProfile profile = Settings.venue().profile();
    VenueProfile.Budget budget = Objects.requireNonNull(profile.budgets().get("history"));
    double perSecond = budget.requests() * 1e3 / budget.window().toMillis() * profile.pageRows();
    double limit = rows / perSecond;
    System.out.printf(
        Locale.ROOT,
        "rows=%d seconds=%.1f limit=%.1f ratio=%.3f (bar <= 1.05) failures=%d CPU-s=%.1f%n",
        rows,
        seconds,
        limit,
        seconds / limit,
        SeenMetrics.sum("", "repairFailures"),
        cpuSeconds);
  }
}
