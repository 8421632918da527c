package dev.candles.cli.replay;

import dev.candles.core.candle.Candle;
import dev.candles.core.candle.Evidence;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.candle.Trade;
import dev.candles.core.feed.LedgerEvent;
import dev.candles.core.feed.LiveEvent;
import dev.candles.core.feed.StreamBootstrap;
import dev.candles.core.finality.TradeAggregator;
import dev.candles.core.lake.LakeView;
import dev.candles.core.time.MarketClock;
import dev.candles.core.time.VenueClock;
import dev.candles.job.codec.Codecs;
import dev.candles.job.operator.FinalizerFunction;
import dev.candles.job.operator.LedgerFunction;
import dev.candles.lake.state.LakeLock;
import dev.candles.sources.venue.Decoded;
import dev.candles.sources.venue.Timely;
import dev.candles.sources.venue.Venue;
import dev.candles.sources.venue.Venues;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;

/**
 * Recorded frames as a reader, the job's finalizer and its ledger take them, over an empty lake.
 * Every market is announced with the minute of its first word; the clock's marks come five seconds
 * after each minute.
 */
final class RecordedFeed implements AutoCloseable {
  private static final long MINUTE = Timeframe.BASE.millis();
  private static final long CLOCK_GRACE_MS = 5_000;
  private static final long UNDATED_MS = 4_102_444_800_000L;

  private final Venue venue;
  private final VenueClock clock = new VenueClock();
  private final Timely timely;
  private final Map<String, TradeAggregator> folders = new HashMap<>();
  private final Map<String, Long> clocks = new HashMap<>();
  private final KeyedOneInputStreamOperatorTestHarness<String, LiveEvent, LedgerEvent> finalizer =
      new KeyedOneInputStreamOperatorTestHarness<>(
          new KeyedProcessOperator<>(new FinalizerFunction()),
          event -> event.stream().id(),
          Types.STRING);
  private final KeyedOneInputStreamOperatorTestHarness<String, LedgerEvent, Candle> ledger =
      new KeyedOneInputStreamOperatorTestHarness<>(
          new KeyedProcessOperator<>(
              new LedgerFunction(
                  MarketClock.real(), new LakeLock("not opened"), new EmptyLake(), 1)),
          event -> event.stream().id(),
          Types.STRING);
  private int passed;
  private @Nullable Long receivedMs;
  private long namedMs = Long.MIN_VALUE;
  private long nowMs = Long.MIN_VALUE;

  RecordedFeed(String name) throws Exception {
    venue = Venues.byName(name).orElseThrow();
    timely = new Timely(name, clock, CLOCK_GRACE_MS);
    finalizer.setup(Codecs.LEDGER.serializer());
    finalizer.open();
    ledger.open();
  }

  /** Nothing was ever written. */
  private static final class EmptyLake implements LakeView {
    private static final long serialVersionUID = 1;

    @Override
    public Scan open(List<StreamKey> streams, long from, long recent, long now) {
      throw new UnsupportedOperationException();
    }

    @Override
    public List<Candle> candles(StreamKey stream, long fromMs, long toMs) {
      return List.of();
    }
  }

  /**
   * A frame arrives.
   *
   * @param receivedMs epoch ms, UTC; null where nobody wrote it down
   */
  void frame(String frame, @Nullable Long receivedMs) throws Exception {
    List<Decoded> said = new ArrayList<>();
    this.receivedMs = receivedMs;
    long ourMs = receivedMs == null ? UNDATED_MS : receivedMs;
    venue.decode(
        frame,
        receivedMs == null ? ourMs : clock.at(ourMs),
        receivedMs == null ? said::add : one -> timely.pass(one, frame, ourMs, said::add));
    for (Decoded decoded : said) {
      take(decoded);
    }
    nowMs = venueMs();
    for (Map.Entry<String, TradeAggregator> market : List.copyOf(folders.entrySet())) {
      market.getValue().tick(nowMs);
      clock(market.getKey());
    }
    pass();
  }

  private void take(Decoded decoded) throws Exception {
    if (decoded instanceof Decoded.Traded traded) {
      for (Trade trade : traded.trades()) {
        TradeAggregator folder = market(traded.symbol(), trade.timeMs());
        folder.trade(trade, traded.snapshot(), nowMs);
      }
    } else if (decoded instanceof Decoded.LastTrade last) {
      TradeAggregator folder = market(last.symbol(), last.timeMs());
      folder.lastTrade(last.timeMs(), last.lastTradeId(), nowMs);
    } else if (decoded instanceof Decoded.Closed closed) {
      Candle candle = closed.fold().candle();
      market(candle.stream().symbol(), candle.endTimeMs());
      tell(closed.fold());
    }
  }

  /** As far as known, or the latest that it named. */
  private long venueMs() {
    return receivedMs == null ? namedMs : clock.at(receivedMs);
  }

  private TradeAggregator market(String symbol, long atMs) throws Exception {
    namedMs = Math.max(namedMs, atMs);
    nowMs = Math.max(venueMs(), atMs);
    TradeAggregator known = folders.get(symbol);
    if (known != null) {
      return known;
    }
    StreamKey stream = stream(symbol);
    Evidence live = venue.profile().finality().evidence();
    long fromMs = Timeframe.BASE.floor(atMs);
    tell(new LiveEvent.Announced(stream, StreamBootstrap.ofNothing(fromMs, symbol, live)));
    TradeAggregator folder =
        new TradeAggregator(
            stream, fromMs, venue.profile().waits().trades().millis(), this::folded, oddity -> {});
    folders.put(symbol, folder);
    clocks.put(symbol, fromMs);
    return folder;
  }

  private StreamKey stream(String symbol) {
    return new StreamKey(venue.profile().name(), symbol, Timeframe.BASE);
  }

  private void clock(String symbol) throws Exception {
    long endMs = Timeframe.BASE.floor(nowMs - CLOCK_GRACE_MS);
    for (long end = clocks.getOrDefault(symbol, endMs) + MINUTE; end <= endMs; end += MINUTE) {
      clocks.put(symbol, end);
      tell(new LiveEvent.Clock(stream(symbol), end));
    }
  }

  private void folded(LiveEvent event) {
    try {
      tell(event);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private void tell(LiveEvent event) throws Exception {
    finalizer.processElement(event, 0);
  }

  /** What the finalizer has told goes on to the ledger. */
  private void pass() throws Exception {
    if (nowMs > ledger.getProcessingTime()) {
      ledger.setProcessingTime(nowMs);
    }
    List<LedgerEvent> told = finalizer.extractOutputValues();
    for (; passed < told.size(); passed++) {
      ledger.processElement(told.get(passed), 0);
    }
  }

  /** Final candles and their revisions. */
  List<Candle> candles() {
    List<Candle> candles = new ArrayList<>(ledger.extractOutputValues());
    var revisions = ledger.getSideOutput(LedgerFunction.REVISIONS);
    if (revisions != null) {
      revisions.forEach(record -> candles.add(record.getValue()));
    }
    return candles;
  }

  @Override
  public void close() throws Exception {
    finalizer.close();
    ledger.close();
  }
}
