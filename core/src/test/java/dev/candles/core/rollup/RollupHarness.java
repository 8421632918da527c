package dev.candles.core.rollup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.Candles;
import dev.candles.core.candle.Candle;
import dev.candles.core.candle.Evidence;
import dev.candles.core.candle.Ohlc;
import dev.candles.core.candle.Provenance;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.candle.TradeRange;
import dev.candles.core.candle.Volumes;
import dev.candles.core.feed.AcceptedEvent;
import dev.candles.core.feed.LedgerEvent;
import dev.candles.core.feed.RollupEvent;
import dev.candles.core.lake.LakeParts;
import dev.candles.core.time.MarketClock;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The rollup of some larger streams as an operator has it: state and timers of each, one lake. */
final class RollupHarness {
  static final StreamKey BASE = Candles.STREAM;
  static final StreamKey LARGER = BASE.in(Timeframe.M5);
  static final long T0 = Candles.T0;
  static final long MINUTE = Candles.MINUTE;
  static final long REREAD_MS = 30_000;

  final TestLake lake = new TestLake();
  final Told told = new Told();

  private final KeyedMemory memory = new KeyedMemory();
  private final TreeMap<Long, Set<StreamKey>> timers = new TreeMap<>();
  private final LakeParts parts;
  private final long beatMs;
  private LargerCandles candles;
  private long nowMs = T0;
  private long checkpoint;
  private int wakes;

  RollupHarness() {
    this.parts = lake::read;
    this.beatMs = REREAD_MS;
    this.candles = begun();
  }

  /** Of another lake. */
  RollupHarness(LakeParts parts, long beatMs) {
    this.parts = parts;
    this.beatMs = beatMs;
    this.candles = begun();
  }

  private LargerCandles begun() {
    return new LargerCandles(memory.store, MarketClock.real(), parts, beatMs, () -> 0);
  }

  /** Everything that is said. */
  static final class Told implements RollupOutput {
    final List<LedgerEvent> events = new ArrayList<>();
    final List<String> found = new ArrayList<>();

    @Override
    public void ledger(LedgerEvent told) {
      events.add(told);
    }

    @Override
    public void looked(StreamKey larger, int days, int made, int left) {
      found.add("looked: " + larger + " days=" + days + " made=" + made + " left=" + left);
    }

    @Override
    public void archived(StreamKey larger, int left) {
      found.add("archived: " + larger + " left=" + left);
    }

    @Override
    public void notRevised(StreamKey larger, long openTimeMs, int revised) {
      found.add("not revised: " + larger + " at=" + openTimeMs + " revised=" + revised);
    }

    @Override
    public void unsound(StreamKey larger, long openTimeMs, int parts) {
      found.add("unsound: " + larger + " at=" + openTimeMs + " parts=" + parts);
    }

    @Override
    public void unreadable(StreamKey larger, long dayMs, IOException failure) {
      found.add("unreadable: " + larger + " at=" + dayMs + " " + failure.getMessage());
    }
  }

  /** Timers of one stream. */
  private final class Timers implements RollupTimers {
    private final StreamKey larger;

    Timers(StreamKey larger) {
      this.larger = larger;
    }

    @Override
    public long nowMs() {
      return nowMs;
    }

    @Override
    public void wakeAt(long realMs) {
      assertThat(realMs).as("a timer of the past would come again and again").isGreaterThan(nowMs);
      wakes++;
      timers.computeIfAbsent(realMs, time -> new LinkedHashSet<>()).add(larger);
    }
  }

  void take(RollupEvent event) {
    memory.switchTo(event.stream());
    candles.take(event, new Timers(event.stream()), told);
  }

  long nowMs() {
    return nowMs;
  }

  /** Our clock is set, and what is due by then comes. */
  void advanceTo(long realMs) {
    nowMs = realMs;
    while (!timers.isEmpty() && timers.firstKey() <= nowMs) {
      Map.Entry<Long, Set<StreamKey>> due = timers.firstEntry();
      StreamKey larger = due.getValue().iterator().next();
      due.getValue().remove(larger);
      if (due.getValue().isEmpty()) {
        timers.remove(due.getKey());
      }
      memory.switchTo(larger);
      candles.onTimer(larger, due.getKey(), new Timers(larger), told);
    }
  }

  /** So many checkpoints complete. */
  void complete(int count) {
    for (int i = 0; i < count; i++) {
      checkpoint++;
      candles.taken(checkpoint);
      candles.completed(checkpoint);
    }
  }

  /** What was heard is in the lake, and the lake is looked into. */
  void commitAndLook() {
    complete(2);
    advanceTo(nowMs + REREAD_MS);
  }

  /** The process ends, and another goes on with what was kept. */
  void restart() {
    candles = begun();
  }

  /** How many kinds of state hold something, all streams together. */
  int kept() {
    return memory.kept();
  }

  /**
   * How often an entry of the state was touched, and a timer asked for, since it was asked last.
   */
  String cost() {
    String cost = memory.cost() + " timers=" + wakes;
    wakes = 0;
    return cost;
  }

  /** How many timers are set. */
  int timers() {
    return timers.values().stream().mapToInt(Set::size).sum();
  }

  void mustKeepNothing() {
    assertThat(kept()).isZero();
    assertThat(timers()).isZero();
  }

  List<Double> volumes() {
    return told.events.stream()
        .map(event -> ((LedgerEvent.Final) event).candle().volume())
        .toList();
  }

  static RollupEvent announced() {
    return new RollupEvent.Announced(LARGER);
  }

  static RollupEvent base(Candle candle) {
    return new RollupEvent.Base(
        LARGER,
        candle.revision() > 0 ? new AcceptedEvent.Changed(candle) : new LedgerEvent.Final(candle));
  }

  static RollupEvent empty(int from, int to) {
    return new RollupEvent.Base(
        LARGER, new LedgerEvent.Empty(BASE, T0 + from * MINUTE, T0 + to * MINUTE, Evidence.REST));
  }

  static Candle candle(int minute, double volume, int revision) {
    return candle(minute, volume, revision, T0);
  }

  static Candle candle(int minute, double volume, int revision, long receivedMs) {
    double price = 100 + minute;
    return new Candle(
        BASE,
        T0 + minute * MINUTE,
        new Ohlc(price, price, price, price),
        Volumes.ofBase(volume),
        TradeRange.UNKNOWN,
        new Provenance(Evidence.VENUE_FLAG, "ws", revision, receivedMs));
  }
}
