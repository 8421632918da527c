package dev.candles.sources.source.reader;

import dev.candles.core.candle.Candle;
import dev.candles.core.candle.Evidence;
import dev.candles.core.candle.Market;
import dev.candles.core.candle.Ohlc;
import dev.candles.core.candle.Provenance;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.candle.TradeRange;
import dev.candles.core.candle.Volumes;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.feed.ConnectionEvent;
import dev.candles.core.feed.FeedEvent;
import dev.candles.core.lake.LakeView;
import dev.candles.core.lake.LakeWriteAccess;
import dev.candles.core.lake.StreamInventory;
import dev.candles.core.time.MarketClock;
import dev.candles.core.time.Retention;
import dev.candles.sources.source.VenueSourceOptions;
import dev.candles.sources.source.split.ConnectionSplit;
import dev.candles.sources.venue.Venue;
import dev.candles.sources.venue.VenueProfile;
import dev.candles.sources.venue.VenueSettings;
import dev.candles.sources.venue.Venues;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.core.io.InputStatus;

/** A reader in a test: its mailbox is the test's thread, its clock can be pushed ahead. */
final class ReaderHarness implements AutoCloseable {
  /** Market time at the start: ten seconds after a minute. */
  static final long START_MS = 1_767_225_610_000L;

  static final long OPEN_MS = 1_767_225_600_000L;

  /** So long is waited for what must come, whatever else the machine does, seconds. */
  static final long DEADLINE_S = 240;

  /** All that was emitted but {@link #begun}. */
  final List<FeedEvent> events = new ArrayList<>();

  /** What was said of connections that are to be made. */
  final List<ConnectionEvent> begun = new ArrayList<>();

  final FakeLake lake = new FakeLake();
  final NoWriteAccess access = new NoWriteAccess();
  final FakeReaderContext context = new FakeReaderContext();
  final VenueReader reader;
  private final AtomicLong pushedMs = new AtomicLong();
  private final AtomicLong setAheadMs = new AtomicLong();
  private final MarketClock clock;

  ReaderHarness(URI webSocket, Timeframe... larger) {
    this(webSocket, new MarketClock(System.currentTimeMillis(), START_MS, 1.0), larger);
  }

  ReaderHarness(URI webSocket, MarketClock clock, Timeframe... larger) {
    this(settings(webSocket, List.of("BTC-USDT", "ETH-USDT")), clock, larger);
  }

  ReaderHarness(VenueSettings settings, MarketClock clock, Timeframe... larger) {
    this.clock = clock;
    VenueSourceOptions options = options(settings, clock, lake, access, larger);
    this.reader =
        new VenueReader(
            context,
            options,
            new ReaderTime(clock, this::realMs, this::steadyMs),
            Duration.ofMillis(1_000));
    reader.start();
  }

  private static VenueSourceOptions options(
      VenueSettings settings,
      MarketClock clock,
      FakeLake lake,
      NoWriteAccess access,
      Timeframe... larger) {
    return new VenueSourceOptions(
        Venues.byName(settings.name()).orElseThrow(),
        settings,
        Stream.concat(Stream.of(Timeframe.BASE), Stream.of(larger)).toList(),
        now -> now - lake.historyMs,
        clock,
        lake,
        access,
        1,
        Retention.COLLECTOR.passedMs());
  }

  /** Of a feed of one symbol, over a lake that holds nothing. */
  static VenueSourceOptions options(URI webSocket, MarketClock clock) {
    return options(
        settings(webSocket, List.of("BTC-USDT")), clock, new FakeLake(), new NoWriteAccess());
  }

  static Venue venue() {
    return Venues.byName("okx").orElseThrow();
  }

  static VenueSettings settings(URI webSocket, List<String> symbols) {
    VenueProfile p = venue().profile();
    VenueProfile profile = p.at(webSocket, p.rest());
    return new VenueSettings(profile, symbols);
  }

  private long realMs() {
    return steadyMs() + setAheadMs.get();
  }

  private long steadyMs() {
    return System.currentTimeMillis() + pushedMs.get();
  }

  /** Market time by a clock that is right, epoch ms. */
  long rightMs() {
    return clock.marketAt(steadyMs());
  }

  /** Market time, epoch ms. */
  long nowMs() {
    return clock.marketAt(realMs());
  }

  /** Sets our clock so much ahead of the right time. */
  void setClock(Duration ahead) {
    setAheadMs.set(ahead.toMillis());
  }

  void push(Duration time) {
    pushedMs.addAndGet(time.toMillis());
  }

  /** Assigns one connection with both markets, and completes a checkpoint. */
  void startWatching() {
    reader.addSplits(List.of(split()));
    reader.notifyCheckpointComplete(1);
  }

  /** The same where the enumerator knows what time it is at the venue. */
  void startWatchingAt(long venueMs) {
    reader.addSplits(List.of(split().at(venueMs)));
    reader.notifyCheckpointComplete(1);
  }

  static ConnectionSplit split() {
    return new ConnectionSplit(
        "okx",
        0,
        List.of(new Market("BTC-USDT", "BTC-USDT", 0), new Market("ETH-USDT", "ETH-USDT", 0)));
  }

  static StreamKey stream(String symbol) {
    return new StreamKey("okx", symbol, Timeframe.BASE);
  }

  static String frame(String symbol, long openMs, String confirm) {
    return "{\"arg\":{\"channel\":\"candle1m\",\"instId\":\""
        + symbol
        + "\"},\"data\":[[\""
        + openMs
        + "\",\"10\",\"12\",\"9\",\"11\",\"5\",\"50\",\"50\",\""
        + confirm
        + "\"]]}";
  }

  <T extends FeedEvent> List<T> of(Class<T> kind) {
    return events.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  /** Polls until nothing is left to do for now. */
  void pump() throws IOException {
    while (reader.pollNext(new Output()) == InputStatus.MORE_AVAILABLE) {
      // the events are in the list
    }
  }

  /** Runs the mailbox until the condition holds. */
  void await(String what, BooleanSupplier condition) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_S);
    pump();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("never: " + what + "; events=" + events);
      }
      try {
        reader.isAvailable().get(50, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        // look again
      }
      pump();
    }
  }

  /** Lets at least one tick pass that saw all that was pushed before. */
  void tick() throws Exception {
    for (int i = 0; i < 6; i++) { // up to four frames may still come, each of which wakes it too
      reader.isAvailable().get(DEADLINE_S, TimeUnit.SECONDS);
      pump();
    }
  }

  @Override
  public void close() {
    reader.close();
  }

  private final class Output implements ReaderOutput<FeedEvent> {
    @Override
    public void collect(FeedEvent event) {
      if (event instanceof ConnectionEvent mark && mark.isBegun()) {
        begun.add(mark);
      } else {
        events.add(event);
      }
    }

    @Override
    public void collect(FeedEvent event, long timestamp) {
      collect(event);
    }

    @Override
    public void emitWatermark(Watermark watermark) {}

    @Override
    public void markIdle() {}

    @Override
    public void markActive() {}

    @Override
    public SourceOutput<FeedEvent> createOutputForSplit(String splitId) {
      return this;
    }

    @Override
    public void releaseOutputForSplit(String splitId) {}
  }

  /** Holds what a test puts in; empty otherwise. */
  static final class FakeLake implements LakeView {
    final List<Candle> candles = new ArrayList<>();

    /** Whoever scans waits for it. */
    volatile CountDownLatch scannable = new CountDownLatch(0);

    /** A symbol, if any, of whose streams nothing is told before {@link #slowRead}. */
    volatile String slow = "";

    final CountDownLatch slowRead = new CountDownLatch(1);

    /** Whoever reads candles waits for it. */
    volatile CountDownLatch readable = new CountDownLatch(0);

    volatile long historyMs = 86_400_000;

    /** A candle of a stream, without anything else. */
    void hold(StreamKey stream, long openMs) {
      candles.add(
          new Candle(
              stream,
              openMs,
              new Ohlc(1, 1, 1, 1),
              Volumes.ofBase(1),
              TradeRange.UNKNOWN,
              Provenance.first(Evidence.REST, "rest", 0)));
    }

    volatile boolean broken;
    volatile int scans;

    @Override
    public Scan open(List<StreamKey> streams, long historyFromMs, long recentFromMs, long nowMs)
        throws IOException {
      await(scannable);
      scans++;
      if (broken) {
        throw new IOException("disk is gone");
      }
      return stream -> {
        if (stream.symbol().equals(slow)) {
          await(slowRead);
        }
        return held(stream, historyFromMs, nowMs);
      };
    }

    private static void await(CountDownLatch latch) throws IOException {
      try {
        latch.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("the reader is closed", e);
      }
    }

    private StreamInventory held(StreamKey stream, long fromMs, long nowMs) {
      long[] opens =
          candles.stream()
              .filter(candle -> candle.stream().equals(stream))
              .mapToLong(Candle::openTimeMs)
              .toArray();
      Timeframe timeframe = stream.timeframe();
      return new StreamInventory(
          stream,
          timeframe.floor(fromMs),
          timeframe.floor(nowMs),
          Intervals.ofOpenTimes(opens, timeframe.millis()),
          Intervals.empty(),
          Intervals.empty(),
          0,
          0,
          List.of());
    }

    @Override
    public List<Candle> candles(StreamKey stream, long fromMs, long toMs) throws IOException {
      await(readable);
      return candles.stream()
          .filter(candle -> candle.stream().equals(stream))
          .filter(candle -> candle.openTimeMs() >= fromMs && candle.openTimeMs() < toMs)
          .sorted(Comparator.comparingLong(Candle::openTimeMs))
          .toList();
    }
  }

  /** No lock and nothing to sweep. */
  static final class NoWriteAccess implements LakeWriteAccess {
    /** The writers for whom it was to prove that the lake is seen. */
    final List<String> asked = new CopyOnWriteArrayList<>();

    volatile boolean blind;

    @Override
    public Hold acquire(String writer, Consumer<RuntimeException> lost) {
      return () -> {};
    }

    @Override
    public void prove(String writer) throws IOException {
      asked.add(writer);
      if (blind) {
        throw new IOException("sees no lake");
      }
    }

    @Override
    public Attempt startAttempt() {
      return () -> () -> 0;
    }

    @Override
    public int begin(List<StreamKey> streams, long fromMs, long nowMs) {
      throw new IllegalStateException("readers do not begin");
    }

    @Override
    public void unlisted(String venue, SortedMap<String, List<String>> nearest, long nowMs) {
      throw new IllegalStateException("readers do not note");
    }
  }
}
