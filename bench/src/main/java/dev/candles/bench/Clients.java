package dev.candles.bench;

import com.sun.management.OperatingSystemMXBean;
import dev.candles.core.candle.Market;
import dev.candles.core.time.MarketClock;
import dev.candles.job.CollectorJob;
import dev.candles.job.config.CollectorConfig;
import dev.candles.job.config.HistoryConfig;
import dev.candles.sources.transport.ConnectionQueue;
import dev.candles.sources.transport.FeedSignal;
import dev.candles.sources.transport.WebSocketFeed;
import dev.candles.sources.venue.Decoded;
import dev.candles.sources.venue.Venue;
import dev.candles.sources.venue.VenueProfile;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * What is measured, each in a process of its own: for every line of standard input it says how much
 * CPU it has used (user and system, ns), how many frames it has taken, how many candles it made and
 * how long the JVM has compiled (ms).
 */
final class Clients {
  private static final int MAX_FRAMES = 10_000;
  private static final long MAX_CHARS = 16L << 20;
  private static final int SIGNALS_AT_ONCE = 64;

  private Clients() {}

  /** CPU time of this process, ns. */
  static long cpuNanos() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  private static void answer(LongSupplier frames, LongSupplier candles) throws IOException {
    try (BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        long compiledMs = ManagementFactory.getCompilationMXBean().getTotalCompilationTime();
        System.out.printf(
            Locale.ROOT,
            "%d %d %d %d%n",
            cpuNanos(),
            frames.getAsLong(),
            candles.getAsLong(),
            compiledMs);
      }
    }
    System.exit(0);
  }

  /** Socket to decoded record: the collector's own transport, queue and decoder, no Flink. */
  static void socket(String address, int symbols) throws IOException {
    Venue venue = Settings.venue();
    VenueProfile.Limits limits = venue.profile().limits();
    Semaphore work = new Semaphore(0);
    List<ConnectionQueue> queues = new ArrayList<>();
    List<WebSocketFeed> feeds = new ArrayList<>();
    for (int from = 0; from < symbols; from += limits.marketsPerConnection()) {
      ConnectionQueue queue = new ConnectionQueue(MAX_FRAMES, MAX_CHARS, () -> wake(work));
      WebSocketFeed feed =
          WebSocketFeed.open(
              URI.create("ws://" + address + venue.profile().webSocket().getPath()),
              limits.maxFrameBytes(),
              Duration.ofSeconds(10),
              Duration.ZERO,
              queue,
              System::currentTimeMillis);
      List<Market> markets = new ArrayList<>();
      for (int i = from; i < Math.min(symbols, from + limits.marketsPerConnection()); i++) {
        markets.add(new Market(FrameServer.symbol(i), FrameServer.symbol(i), 0));
      }
      feed.send(venue.subscribe(markets));
      queues.add(queue);
      feeds.add(feed);
    }
    LongAdder frames = new LongAdder();
    LongAdder candles = new LongAdder();
    Thread reader = new Thread(() -> read(venue, queues, feeds, work, frames, candles), "reader");
    reader.setDaemon(true);
    reader.start();
    answer(frames::sum, candles::sum);
  }

  private static void wake(Semaphore work) {
    if (work.availablePermits() == 0) {
      work.release();
    }
  }

  private static void read(
      Venue venue,
      List<ConnectionQueue> queues,
      List<WebSocketFeed> feeds,
      Semaphore work,
      LongAdder frames,
      LongAdder candles) {
    while (true) {
      feeds.forEach(feed -> feed.flush(System.currentTimeMillis()));
      work.acquireUninterruptibly();
      for (ConnectionQueue queue : queues) {
        while (!queue.isEmpty()) {
          queue.drain(SIGNALS_AT_ONCE).forEach(signal -> take(venue, signal, frames, candles));
        }
      }
    }
  }

  private static void take(Venue venue, FeedSignal signal, LongAdder frames, LongAdder candles) {
    if (signal instanceof FeedSignal.Frame frame) {
      venue.decode(
          frame.text(),
          frame.receivedRealMs(),
          decoded -> {
            frames.add(decoded instanceof Decoded.Subscribed ? 0 : 1);
            candles.add(decoded instanceof Decoded.Closed ? 1 : 0);
          });
    } else if (signal instanceof FeedSignal.Lost lost) {
      throw new IllegalStateException("connection lost: " + lost.error());
    }
  }

  /** The whole job: sources, finalizer, ledger, rollup, backfill, Parquet, checkpoints. */
  static void job(String address, int symbols) throws Exception {
    Path lake = Files.createTempDirectory("candles-bench");
    List<String> names = new ArrayList<>();
    for (int i = 0; i < symbols; i++) {
      names.add(FrameServer.symbol(i));
    }
    CollectorConfig config =
        Settings.collector(
            Settings.venue("ws://" + address, "http://" + address, names),
            lake,
            // what lies before the history is looked up in the lake, candle by candle
            HistoryConfig.back(FrameServer.PAST.plusMinutes(5)),
            MarketClock.real());
    Configuration flink = Settings.flink(lake);
    StreamExecutionEnvironment env = new StreamExecutionEnvironment(flink);
    CollectorJob.build(env, config);
    Cluster.run(env, flink);
    answer(
        () -> SeenMetrics.sum("", "frames") - symbols,
        () -> SeenMetrics.sum("candles: Writer", "numRecordsIn"));
  }
}
