package dev.candles.cli.replay;

import dev.candles.core.candle.Candle;
import dev.candles.core.candle.Evidence;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Trade;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.feed.CompletedInterval;
import dev.candles.core.feed.LedgerEvent;
import dev.candles.core.feed.LiveEvent;
import dev.candles.core.feed.RepairEvent;
import dev.candles.core.feed.StreamBootstrap;
import dev.candles.core.finality.Finalizer;
import dev.candles.core.finality.FinalizerOutput;
import dev.candles.core.finality.FinalizerStore;
import dev.candles.core.finality.TradeAggregator;
import dev.candles.core.finality.TradeAnomaly;
import dev.candles.core.time.Retention;
import dev.candles.sources.venue.VenueProfile;
import java.util.Locale;

/**
 * One market of a recording, through the collector's own {@link TradeAggregator}, {@link Finalizer}
 * and ledger. Holds no rule of its own: there is no lake, so the stream begins with the first
 * interval that the recording tells, and no repair, so its questions are counted.
 */
final class ReplayMarket implements FinalizerOutput {
  private static final String MISSING = "missing_intervals";

  private final StreamKey stream;
  private final Evidence trades;
  private final Evidence live;
  private final ReplayLedger ledger;
  private final ReplayLines lines;
  private final TradeAggregator folder;
  private final Finalizer finalizer = new Finalizer(FinalizerStore.inMemory(), Retention.COLLECTOR);
  private boolean announced;
  private boolean passed;

  /**
   * @param trades evidence of a candle that is folded from trades
   * @param profile of its venue
   * @param versions those of all markets
   */
  ReplayMarket(
      StreamKey stream,
      Evidence trades,
      VenueProfile profile,
      ReplayLines lines,
      ReplayVersions versions) {
    this.stream = stream;
    this.trades = trades;
    this.live = profile.finality().evidence();
    this.ledger = new ReplayLedger(stream, lines, versions);
    this.lines = lines;
    TradeAggregator.Waits waits = profile.waits().trades().millis(); // in the recorder's time
    this.folder = new TradeAggregator(stream, Long.MIN_VALUE, waits, this::take, this::odd);
  }

  /** The venue closed a candle. */
  void closed(CompletedInterval fold) {
    take(fold);
  }

  void trade(Trade trade, boolean snapshot, long nowMs) {
    folder.trade(trade, snapshot, nowMs);
  }

  void lastTrade(long atMs, long id, long nowMs) {
    folder.lastTrade(atMs, id, nowMs);
  }

  void tick(long nowMs) {
    folder.tick(nowMs);
  }

  /** The recording is over: what has not left by now stays unproven. */
  void end(long nowMs) {
    folder.tick(nowMs);
    folder.unfinished(nowMs).forEach(lines::formingCandle);
  }

  private void take(LiveEvent event) {
    if (!announced) {
      announced = true;
      StreamBootstrap nothing = StreamBootstrap.ofNothing(beginsMs(event), stream.symbol(), live);
      finalizer.take(new LiveEvent.Announced(stream, nothing), this);
    }
    event.dispatch(new Counted());
  }

  /** Before what the first event is about, nothing is missing; a late trade's interval is over. */
  private long beginsMs(LiveEvent first) {
    return first instanceof LiveEvent.Late late
        ? late.hole().toMs()
        : first.overMs() - stream.timeframe().millis();
  }

  /** What was looked for is counted, where there is none of it too. */
  private final class Counted implements LiveEvent.Handler<RuntimeException> {
    @Override
    public void announced(LiveEvent.Announced told) {
      finalizer.take(told, ReplayMarket.this);
    }

    @Override
    public void fold(CompletedInterval fold) {
      lines.count(MISSING, 0);
      if (fold.venueClosed()) {
        lines.count(ReplayLedger.EMPTY, 0);
      }
      Candle candle = fold.venueClosed() ? fold.candle() : fold.candle().withEvidence(trades);
      passed = false;
      finalizer.take(
          new CompletedInterval(candle, fold.venueClosed(), fold.openedHere()), ReplayMarket.this);
      if (!passed) {
        lines.formingCandle(candle);
      }
    }

    @Override
    public void silent(LiveEvent.Silent silent) {
      lines.count(MISSING, 0);
      lines.count(ReplayLedger.EMPTY, 0);
      finalizer.take(silent, ReplayMarket.this);
    }

    @Override
    public void late(LiveEvent.Late late) {
      finalizer.take(late, ReplayMarket.this);
    }

    @Override
    public void clock(LiveEvent.Clock clock) {
      finalizer.take(clock, ReplayMarket.this);
    }

    @Override
    public void interrupted(LiveEvent.Interrupted interrupted) {
      finalizer.take(interrupted, ReplayMarket.this);
    }
  }

  @Override
  public void ledger(LedgerEvent event) {
    if (event instanceof LedgerEvent.Final) {
      passed = true;
    }
    ledger.take(event);
  }

  @Override
  public void repair(RepairEvent event) {
    event.dispatch(new Asked());
  }

  /** There is no repair: what it would be asked is counted. */
  private final class Asked implements RepairEvent.Handler<RuntimeException> {
    @Override
    public void announced(RepairEvent.Announced told) {}

    @Override
    public void gap(RepairEvent.Gap told) {
      count(MISSING, Intervals.fromArray(told.missing()));
    }

    @Override
    public void confirm(RepairEvent.Confirm told) {}

    @Override
    public void recheck(RepairEvent.Reconfirm told) {
      lines.count(told.candidate() == null ? "intervals_to_ask_again" : "disagreement", 1);
    }

    @Override
    public void trades(RepairEvent.Trades told) {}

    @Override
    public void joined(RepairEvent.Joined told) {}
  }

  private void count(String name, Intervals intervals) {
    lines.count(name, intervals.length() / stream.timeframe().millis());
  }

  private void odd(TradeAnomaly oddity) {
    lines.count("trades_" + oddity.name().toLowerCase(Locale.ROOT), 1);
  }
}
