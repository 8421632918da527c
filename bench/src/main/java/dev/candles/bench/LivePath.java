package dev.candles.bench;

import dev.candles.core.candle.Candle;
import dev.candles.core.candle.Market;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.feed.LedgerEvent;
import dev.candles.core.time.MarketClock;
import dev.candles.core.time.Retention;
import dev.candles.job.codec.Codecs;
import dev.candles.job.config.DiskConfig;
import dev.candles.job.operator.FinalizerFunction;
import dev.candles.job.operator.RouteFunction;
import dev.candles.lake.state.LakeLock;
import dev.candles.lake.view.FileLake;
import dev.candles.sources.source.VenueSource;
import dev.candles.sources.source.VenueSourceOptions;
import dev.candles.sources.transport.ConnectionQueue;
import dev.candles.sources.transport.FeedSignal;
import dev.candles.sources.transport.WebSocketFeed;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/**
 * The live path up to the keyed operator, in this process, so that sender and receiver share a
 * clock: how long a closing frame takes to become a final candle, and what a burst of them becomes.
 */
final class LivePath {
  private static final int DELAYS = 1_000;
  private static final int BURSTS = 10;
  private static final long PAUSE_NANOS = 10_000_000;
  private static final long DEADLINE_NANOS = 60_000_000_000L;

  /** A final candle as the keyed operator emitted it. */
  private record Emitted(double close, long nanos, int times) {}

  private static final Map<String, Emitted> EMITTED = new ConcurrentHashMap<>();

  private LivePath() {}

  private static void emitted(Candle candle) {
    long now = System.nanoTime();
    EMITTED.merge(
        key(candle.stream().symbol(), candle.openTimeMs()),
        new Emitted(candle.close(), now, 1),
        (one, more) -> new Emitted(one.close(), one.nanos(), one.times() + 1));
  }

  private static String key(String symbol, long openTimeMs) {
    return symbol + " " + openTimeMs;
  }

  /** Starts the live path and waits until every market is subscribed. */
  private static void start(FrameServer server, List<String> symbols) throws Exception {
    Path lake = Files.createTempDirectory("candles-bench");
    Configuration flink = Settings.flink(lake);
    StreamExecutionEnvironment env = new StreamExecutionEnvironment(flink);
    build(env, lake, server.address(), symbols);
    Cluster.run(env, flink);
    await(() -> server.subscriptions() >= symbols.size(), "subscriptions");
  }

  /** Source, router and finalizer of markets that are served at {@code address}, host and port. */
  static void build(
      StreamExecutionEnvironment env, Path lake, String address, List<String> symbols) {
    VenueSourceOptions options =
        new VenueSourceOptions(
            Settings.venue(),
            Settings.venue("ws://" + address, "http://" + address, symbols),
            List.of(Timeframe.BASE),
            nowMs -> nowMs / 60_000 * 60_000,
            MarketClock.real(),
            new FileLake(lake.toString()),
            new LakeLock(lake.toString()),
            0,
            Retention.COLLECTOR.passedMs());
    env.fromSource(
            new VenueSource(options),
            WatermarkStrategy.noWatermarks(),
            "feed",
            Codecs.FEED.information())
        .setBufferTimeout(0) // as the job has it
        .process(new RouteFunction(lake.toString(), DiskConfig.defaults().bounds()))
        .setBufferTimeout(0)
        .disableChaining() // as with several venues
        .keyBy(event -> event.stream().id())
        .process(new FinalizerFunction())
        .map(LivePath::seen)
        .returns(Codecs.LEDGER.information())
        .sinkTo(new DiscardingSink<>());
  }

  /** Chained to the keyed operator: called when it emits. */
  private static LedgerEvent seen(LedgerEvent event) {
    if (event instanceof LedgerEvent.Final told) {
      emitted(told.candle());
    }
    return event;
  }

  private interface Condition {
    boolean holds();
  }

  private static void await(Condition condition, String what) throws IOException {
    long start = System.nanoTime();
    while (!condition.holds()) {
      if (System.nanoTime() - start > DEADLINE_NANOS) {
        throw new IOException("not in time: " + what);
      }
      LockSupport.parkNanos(1_000_000);
    }
  }

  /** Closing frame sent to final candle emitted, beside a bare socket that gets the same frame. */
  static void delay(int symbols) throws Exception {
    try (FrameServer server = new FrameServer(symbols);
        FrameServer bare = new FrameServer(1)) {
      start(server, server.allSymbols());
      long[] whole = new long[DELAYS];
      long[] socket = new long[DELAYS];
      ConnectionQueue queue = new ConnectionQueue(100, 1 << 20, () -> {});
      WebSocketFeed feed =
          WebSocketFeed.open(
              URI.create("ws://" + bare.address() + "/"),
              1 << 20,
              Duration.ofSeconds(10),
              Duration.ZERO,
              queue,
              System::currentTimeMillis);
      feed.send(
          Settings.venue()
              .subscribe(List.of(new Market(FrameServer.symbol(0), FrameServer.symbol(0), 0))));
      await(
          () -> {
            feed.flush(System.currentTimeMillis());
            return bare.subscriptions() == 1;
          },
          "the bare socket");
      for (int warm = 1; warm >= 0; warm--) {
        for (int i = 0; i < DELAYS; i++) {
          socket[i] = bare(bare, queue);
          whole[i] = whole(server, i);
          LockSupport.parkNanos(PAUSE_NANOS);
        }
      }
      feed.close();
      System.out.printf(Locale.ROOT, "%-34s %9s %9s%n", "closing frame sent -> (ms)", "p50", "p99");
      print("bare socket has it", socket, "");
      print("final candle emitted", whole, "bar: p50 <= 2, p99 <= 50");
    }
  }

  private static long bare(FrameServer bare, ConnectionQueue queue) throws IOException {
    while (queue.poll().isPresent()) {
      Thread.onSpinWait(); // acks and what was opened
    }
    long start = System.nanoTime();
    bare.close(0, 0);
    while (!(queue.poll().orElse(null) instanceof FeedSignal.Frame)) {
      if (System.nanoTime() - start > DEADLINE_NANOS) {
        throw new IOException("the bare socket hears nothing");
      }
      Thread.onSpinWait();
    }
    return System.nanoTime() - start;
  }

  private static long whole(FrameServer server, int number) throws IOException {
    long start = System.nanoTime();
    FrameServer.Closing closing = server.close(number, number / 3);
    String key = key(closing.symbol(), closing.openTimeMs());
    await(() -> EMITTED.containsKey(key), key);
    return Objects.requireNonNull(EMITTED.get(key)).nanos() - start;
  }

  private static void print(String what, long[] nanos, String bar) {
    long[] sorted = nanos.clone();
    Arrays.sort(sorted);
    System.out.printf(
        Locale.ROOT,
        "%-34s %9.3f %9.3f  %s%n",
        what,
        sorted[sorted.length / 2] / 1e6,
        sorted[sorted.length * 99 / 100] / 1e6,
        bar);
  }

  /** All markets close in one shuffled burst, several times. */
  static void burst(int symbols) throws Exception {
    try (FrameServer server = new FrameServer(symbols)) {
      start(server, server.allSymbols());
      long cpu = Clients.cpuNanos();
      List<FrameServer.Closing> sent = new ArrayList<>();
      for (int seed = 0; seed < BURSTS; seed++) {
        sent.addAll(server.burst(seed));
        int all = sent.size();
        await(() -> EMITTED.size() >= all, "burst " + seed);
      }
      long once = 0;
      long right = 0;
      for (FrameServer.Closing closing : sent) {
        Emitted emitted = EMITTED.get(key(closing.symbol(), closing.openTimeMs()));
        once += emitted != null && emitted.times() == 1 ? 1 : 0;
        right += emitted != null && emitted.close() == closing.close() ? 1 : 0;
      }
      System.out.printf(
          Locale.ROOT,
          "bursts=%d symbols=%d closed=%d delivered once=%.2f%% right=%.2f%% (bar 100%%) CPU-s=%.2f%n",
          BURSTS,
          symbols,
          sent.size(),
          100.0 * once / sent.size(),
          100.0 * right / sent.size(),
          (Clients.cpuNanos() - cpu) / 1e9);
    }
  }
}
