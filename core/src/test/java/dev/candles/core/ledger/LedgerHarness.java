package dev.candles.core.ledger;

import dev.candles.core.Candles;
import dev.candles.core.candle.Candle;
import dev.candles.core.candle.Evidence;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.coverage.CoverageRow;
import dev.candles.core.coverage.IntervalState;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.feed.AcceptedEvent;
import dev.candles.core.feed.LedgerEvent;
import dev.candles.core.feed.StreamBootstrap;
import dev.candles.core.lake.Committed;
import dev.candles.core.time.Retention;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A ledger of one stream, what it says, and the lake that it asks. */
abstract class LedgerHarness {
  static final long T0 = Candles.T0;
  static final long MINUTE = Candles.MINUTE;
  static final long VERSIONS = Retention.COLLECTOR.versionsMs();

  final Told told = new Told();
  final Map<Long, Candle> lake = new HashMap<>();
  final LedgerStore store;
  Committed committed = Committed.atOnce();
  Ledger ledger;
  long nowMs = T0;
  int looks;

  LedgerHarness() {
    this(LedgerStore.inMemory());
  }

  LedgerHarness(LedgerStore store) {
    this.store = store;
    this.ledger = newLedger();
  }

  final Ledger newLedger() {
    return new Ledger(store, this::look, Retention.COLLECTOR, committed);
  }

  List<Candle> look(StreamKey stream, long fromMs, long toMs) {
    looks++;
    return Optional.ofNullable(lake.get(fromMs)).stream().toList();
  }

  /** Everything that the ledger says. */
  static final class Told implements LedgerOutput {
    final List<Candle> written = new ArrayList<>();
    final List<Candle> revised = new ArrayList<>();
    final List<AcceptedEvent> accepted = new ArrayList<>();
    final List<CoverageRow> rows = new ArrayList<>();
    final Map<IntervalState, Long> counts = new EnumMap<>(IntervalState.class);
    Intervals missing = Intervals.empty();
    final List<Candle> repeated = new ArrayList<>();
    final List<Candle> confirmed = new ArrayList<>();
    final List<Candle> disagreed = new ArrayList<>();

    @Override
    public void written(Candle candle) {
      written.add(candle);
    }

    @Override
    public void revised(Candle candle) {
      revised.add(candle);
    }

    @Override
    public void accepted(AcceptedEvent event) {
      accepted.add(event);
    }

    @Override
    public void counted(IntervalState state, long intervals) {
      counts.merge(state, intervals, Long::sum);
    }

    @Override
    public void missing(Intervals intervals) {
      missing = intervals;
    }

    @Override
    public void coverage(CoverageRow row) {
      rows.add(row);
    }

    @Override
    public void repeated(Candle candle) {
      repeated.add(candle);
    }

    @Override
    public void confirmed(Candle candle) {
      confirmed.add(candle);
    }

    @Override
    public void disagreed(Candle candle) {
      disagreed.add(candle);
    }
  }

  static Candle candle(double close, Evidence evidence) {
    return Candles.candle(T0, close, 1, evidence);
  }

  void announce(long fromMs, long toMs, Intervals finals, List<Candle> recent) {
    announce(fromMs, toMs, finals, Intervals.empty(), Intervals.empty(), recent);
  }

  /** Of {@code lost}, also before, the lake says that it is given up; it holds nothing else. */
  void announceLost(long fromMs, long toMs, Intervals lost) {
    announce(fromMs, toMs, Intervals.empty(), Intervals.empty(), lost, List.of());
  }

  void announce(
      long fromMs,
      long toMs,
      Intervals finals,
      Intervals empties,
      Intervals lost,
      List<Candle> recent) {
    take(
        new LedgerEvent.Announced(
            Candles.STREAM,
            new StreamBootstrap(
                fromMs,
                toMs,
                finals.toArray(),
                empties.toArray(),
                lost.toArray(),
                0,
                0,
                "BTC-USDT",
                Evidence.VENUE_FLAG,
                recent)));
  }

  final boolean hour(long hourMs) {
    try {
      return ledger.onHour(Candles.STREAM, hourMs, nowMs, told);
    } catch (IOException e) {
      throw new AssertionError("nothing is read from files", e);
    }
  }

  void take(LedgerEvent event) {
    try {
      ledger.take(event, nowMs, told);
    } catch (IOException e) {
      throw new AssertionError("nothing is read from files", e);
    }
  }
}
