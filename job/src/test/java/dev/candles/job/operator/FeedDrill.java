package dev.candles.job.operator;

import dev.candles.core.candle.Candle;
import dev.candles.core.candle.Evidence;
import dev.candles.core.candle.Ohlc;
import dev.candles.core.candle.Provenance;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.candle.Trade;
import dev.candles.core.candle.TradeRange;
import dev.candles.core.candle.Volumes;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.feed.LedgerEvent;
import dev.candles.core.feed.LiveEvent;
import dev.candles.core.feed.Reject;
import dev.candles.core.feed.RepairEvent;
import dev.candles.core.feed.StreamBootstrap;
import dev.candles.core.finality.TradeAggregator;
import dev.candles.core.finality.TradeAnomaly;
import dev.candles.core.time.VenueClock;
import dev.candles.job.codec.Codecs;
import dev.candles.sources.venue.Decoded;
import dev.candles.sources.venue.Timely;
import dev.candles.sources.venue.Venue;
import dev.candles.sources.venue.Venues;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongUnaryOperator;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;

/**
 * One market's frames, as a reader and the finalizer take them, with no socket between. The lake
 * holds the minute before {@link #T0}, whose last trade is 99.
 */
final class FeedDrill implements AutoCloseable {
  static final long T0 = 1_767_225_600_000L;
  static final long MINUTE = 60_000;

  final List<Reject> rejects = new ArrayList<>();
  final List<TradeAnomaly> oddities = new ArrayList<>();

  private final VenueClock venueClock = new VenueClock();
  private final Timely timely;
  private final Venue venue;
  private final StreamKey stream;
  private final String venueSymbol;
  private final TradeAggregator folder;
  private final List<LiveEvent> events = new ArrayList<>();
  private LongUnaryOperator clock = rightMs -> rightMs;
  private final KeyedOneInputStreamOperatorTestHarness<String, LiveEvent, LedgerEvent> harness;

  FeedDrill(String name) throws Exception {
    venue = Venues.byName(name).orElseThrow();
    timely = new Timely(name, venueClock, 5_000);
    stream = new StreamKey(name, name.equals("okx") ? "BTC-USDT" : "BTC-USD", Timeframe.BASE);
    venueSymbol = name.equals("kraken") ? "BTC/USD" : stream.symbol();
    folder =
        new TradeAggregator(
            stream, T0, venue.profile().waits().trades().millis(), events::add, oddities::add);
    harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new KeyedProcessOperator<>(new FinalizerFunction()),
            event -> event.stream().id(),
            Types.STRING);
    harness.setup(Codecs.LEDGER.serializer());
    harness.open();
    events.add(new LiveEvent.Announced(stream, lake()));
    pass();
  }

  private StreamBootstrap lake() {
    Candle held =
        new Candle(
            stream,
            T0 - MINUTE,
            new Ohlc(1, 1, 1, 1),
            Volumes.ofBase(1),
            new TradeRange(1L, 99L, 99L),
            Provenance.first(Evidence.REST_TRADES, "rest", T0));
    Evidence live = stream.venue().equals("okx") ? Evidence.VENUE_FLAG : Evidence.TRADE_CHAIN;
    long[] none = {};
    long[] before = {T0 - MINUTE, T0};
    return new StreamBootstrap(
        T0 - MINUTE, T0, before, none, none, 0, 0, venueSymbol, live, List.of(held));
  }

  /** A trade of size 1 in the venue's words. */
  String trade(long id, long timeMs) {
    return trade(id, timeMs, "1");
  }

  String trade(long id, long timeMs, String price) {
    return frame(id, timeMs, price, "match", "update");
  }

  /** What the venue sends of the past when a subscription begins. */
  String snapshot(long id, long timeMs) {
    return frame(id, timeMs, "1", "last_match", "snapshot");
  }

  private String frame(long id, long timeMs, String price, String type, String kind) {
    return stream.venue().equals("coinbase")
        ? "{\"type\":\"%s\",\"product_id\":\"%s\",\"trade_id\":%d,\"price\":\"%s\",\"size\":\"1\",\"time\":\"%s\"}"
            .formatted(type, venueSymbol, id, price, Instant.ofEpochMilli(timeMs))
        : "{\"channel\":\"trade\",\"type\":\"%s\",\"data\":[%s]}"
            .formatted(kind, row(id, timeMs, price));
  }

  /** A trade among others of a kraken frame. */
  String row(long id, long timeMs, String price) {
    return "{\"symbol\":\"%s\",\"trade_id\":%d,\"price\":%s,\"qty\":1,\"timestamp\":\"%s\"}"
        .formatted(venueSymbol, id, price, Instant.ofEpochMilli(timeMs));
  }

  /** A closed row of okx. */
  String closed(int minute, String close) {
    return "{\"arg\":{\"channel\":\"candle1m\",\"instId\":\"%s\"},\"data\":[[\"%d\",\"10\",\"12\",\"9\",\"%s\",\"5\",\"50\",\"50\",\"1\"]]}"
        .formatted(venueSymbol, T0 + minute * MINUTE, close);
  }

  /** Coinbase's statement of its last trade. */
  String heartbeat(long id, long timeMs) {
    return "{\"type\":\"heartbeat\",\"last_trade_id\":%d,\"product_id\":\"%s\",\"time\":\"%s\"}"
        .formatted(id, venueSymbol, Instant.ofEpochMilli(timeMs));
  }

  /** A frame arrives, and a little later the clock has moved on. */
  void say(String frame, long receivedMs) throws Exception {
    long ourMs = ours(receivedMs);
    venue.decode(
        frame,
        venueClock.at(ourMs),
        decoded -> timely.pass(decoded, frame, ourMs, timelyOne -> take(timelyOne, ourMs)));
    pass();
  }

  /** Nothing arrives, and the time passes. */
  void tick(long nowMs) throws Exception {
    folder.tick(venueClock.at(ours(nowMs)));
    pass();
  }

  /** From now on our clock shows {@code ours} of the right time; the venue's is right. */
  void setClock(LongUnaryOperator ours) {
    clock = ours;
  }

  /** The venue's time was told before it connected. */
  void answered(long dateMs) {
    venueClock.answered(dateMs, ours(dateMs));
  }

  private long ours(long rightMs) {
    long ourMs = clock.applyAsLong(rightMs);
    venueClock.ticked(ourMs, rightMs);
    return ourMs;
  }

  /** The end of a minute and the grace for its closing word are over. */
  void overdue(int minute) throws Exception {
    events.add(new LiveEvent.Clock(stream, T0 + (minute + 1) * MINUTE));
    pass();
  }

  private void take(Decoded decoded, long ourMs) {
    long venueMs = venueClock.at(ourMs);
    if (decoded instanceof Decoded.Traded traded) {
      for (Trade trade : traded.trades()) {
        folder.trade(trade, traded.snapshot(), Math.max(venueMs, trade.timeMs()));
      }
    } else if (decoded instanceof Decoded.LastTrade last) {
      folder.lastTrade(last.timeMs(), last.lastTradeId(), Math.max(venueMs, last.timeMs()));
    } else if (decoded instanceof Decoded.Closed closed) {
      events.add(closed.fold());
    } else if (decoded instanceof Decoded.Rejected rejected) {
      rejects.add(rejected.reject());
    }
  }

  private void pass() throws Exception {
    for (LiveEvent event : events) {
      harness.processElement(new StreamRecord<>(event));
    }
    events.clear();
  }

  /** All that the ledger is told. */
  List<LedgerEvent> told() {
    return harness.extractOutputValues();
  }

  /** What is final, in the order told. */
  List<Candle> candles() {
    return harness.extractOutputValues().stream()
        .filter(LedgerEvent.Final.class::isInstance)
        .map(event -> ((LedgerEvent.Final) event).candle())
        .toList();
  }

  /** What is said to be silent. */
  List<LedgerEvent> empties() {
    return harness.extractOutputValues().stream()
        .filter(LedgerEvent.Empty.class::isInstance)
        .toList();
  }

  /** What the backfill was told to repair. */
  Intervals gaps() {
    Intervals gaps = Intervals.empty();
    for (RepairEvent.Gap repair : repairs(RepairEvent.Gap.class)) {
      gaps = gaps.union(Intervals.fromArray(repair.missing()));
    }
    return gaps;
  }

  /** What the backfill was told, of a kind. */
  <T extends RepairEvent> List<T> repairs(Class<T> kind) {
    List<RepairEvent> told = new ArrayList<>();
    var records = harness.getSideOutput(FinalizerFunction.REPAIRS);
    if (records != null) {
      records.forEach(record -> told.add(record.getValue()));
    }
    return told.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  @Override
  public void close() throws Exception {
    harness.close();
  }
}
