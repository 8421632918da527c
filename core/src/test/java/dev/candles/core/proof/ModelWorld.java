package dev.candles.core.proof;

import dev.candles.core.Candles;
import dev.candles.core.candle.Candle;
import dev.candles.core.candle.Evidence;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.candle.Trade;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.feed.CompletedInterval;
import dev.candles.core.feed.LedgerEvent;
import dev.candles.core.feed.LiveEvent;
import dev.candles.core.feed.RepairEvent;
import dev.candles.core.finality.Finalizer;
import dev.candles.core.finality.FinalizerOutput;
import dev.candles.core.finality.FinalizerStore;
import dev.candles.core.finality.TradeAggregator;
import dev.candles.core.proof.ModelLies.Lie;
import dev.candles.core.time.Retention;
import dev.candles.core.time.VenueClock;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One seed: a venue, a collector with its feed and its REST, lies that begin and end, and then
 * honesty until all is as the truth has it, or for ever. The finalizer is the real one, as is what
 * folds trades; the reader is driven as the job drives it. No rule is here.
 */
final class ModelWorld {
  private static final long MINUTE = ModelTape.MINUTE;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;

  /** So long after the last lie all must be right. */
  static final long BOUND_MS = 26 * HOUR;

  private static final long CLOSE_MS = 6_000;
  private static final TradeAggregator.Waits WAITS =
      new TradeAggregator.Waits(Candles.GRACE_MS, 4_000, 1_000);

  final ModelVenue.Kind kind;
  final ModelTape tape;
  final ModelLies lies;
  final ModelLedger ledger;
  final ModelCollector collector;
  final long startMs;
  final long fromMs;
  final long lieEndMs;
  long endMs;
  boolean allRight;

  private final SplittableRandom random;
  private final long clockStepMs;
  private long nowMs;
  private long tickMs;
  private VenueClock clock = new VenueClock();
  private @Nullable TradeAggregator folder;
  private boolean connected;
  private boolean wasCut;
  private int delivered;
  private long foldedMs;
  private long overdueMs;

  /** Outlives restarts, as keyed state does; what an announcement says replaces it. */
  private final FinalizerStore store = FinalizerStore.inMemory();

  private Finalizer finalizer = new Finalizer(store, Retention.COLLECTOR);
  private long downUntilMs = Long.MIN_VALUE;
  private long restartAtMs = Long.MAX_VALUE;

  /**
   * @param kinds take turns by seed
   */
  ModelWorld(long seed, List<ModelVenue.Kind> kinds) {
    random = new SplittableRandom(seed);
    kind = ModelVenue.Kind.of(kinds, seed);
    startMs = 1_767_571_200_000L + random.nextLong(DAY);
    fromMs = Timeframe.M1.floor(startMs - random.nextLong(HOUR, 2 * DAY));
    lies = new ModelLies(random.split(), startMs, startMs + random.nextLong(HOUR, 8 * HOUR));
    lieEndMs = lies.endMs(startMs);
    boolean listed = kind.chains() && random.nextInt(3) == 0;
    long tapeFromMs = listed ? fromMs + random.nextLong(startMs - fromMs) : fromMs - 3 * HOUR;
    Intervals late = kind.chains() ? lies.span(Lie.LATE_IDS) : Intervals.empty();
    if (kind.chains() && random.nextBoolean()) {
      late = late.union(Intervals.of(fromMs - HOUR, startMs)); // of old, the feed never hears
    }
    Intervals silent =
        kind.silence == Silence.ABSENT_ROWS ? Intervals.empty() : lies.span(Lie.OUTAGE);
    long toMs = lieEndMs + BOUND_MS + 6 * HOUR;
    long longest = kind.silence == Silence.ABSENT_ROWS ? 20 * MINUTE : 12 * HOUR;
    int lateIn = random.nextInt(3, 40);
    tape = ModelTape.of(random.split(), tapeFromMs, toMs, late, lateIn, silent, longest);
    for (ModelTape.Print print : tape.prints) {
      if (print.late()) {
        lies.tell(Lie.LATE_IDS);
      }
    }
    for (Lie lie : new Lie[] {Lie.CLOCK, Lie.FEED_CUT, Lie.OUTAGE}) {
      if (!lies.span(lie).isEmpty()) {
        lies.tell(lie);
      }
    }
    ModelVenue venue = new ModelVenue(kind, tape, lies);
    ledger = new ModelLedger(tape);
    int perSecond = kind == ModelVenue.Kind.SNAPSHOTS ? 1 : 10;
    collector = new ModelCollector(new ModelRest(venue, perSecond), ledger, startMs);
    clockStepMs = random.nextLong(5 * MINUTE, 2 * HOUR);
  }

  /** Runs until all is right after the lies have ended, or until it should be. */
  void run() {
    nowMs = startMs;
    announce();
    long checkMs = lieEndMs + 5 * MINUTE;
    while (nowMs < lieEndMs + BOUND_MS) {
      tickMs = nowMs < lieEndMs + 10 * MINUTE ? 5_000 : 20_000;
      nowMs += tickMs;
      ledger.nowMs = nowMs;
      long ourMs = ourMs();
      if (restarts(ourMs)) {
        continue;
      }
      clock.ticked(ourMs, nowMs);
      live(ourMs);
      overdue(ourMs);
      collector.work(nowMs, ourMs, kind == ModelVenue.Kind.SNAPSHOTS ? 5 : 40);
      if (nowMs >= checkMs) {
        checkMs = nowMs + 5 * MINUTE + tickMs; // not at the same second of each minute
        if (!collector.isBusy(lieEndMs) && wrongIntervals().isEmpty()) {
          break;
        }
      }
    }
    endMs = nowMs;
    allRight = wrongIntervals().isEmpty();
  }

  /** How long after the last lie the last interval became what it is. */
  long rightAfterMs() {
    long last = lieEndMs;
    for (long open = fromMs; open + MINUTE <= lieEndMs; open += MINUTE) {
      last = Math.max(last, ledger.changedMs.getOrDefault(open, lieEndMs));
    }
    return last - lieEndMs;
  }

  /** How many intervals there were while lies were told, and before. */
  long intervals() {
    return (lieEndMs - fromMs) / MINUTE;
  }

  /** Open times before the end of the lies that are not as the truth has them. */
  List<Long> wrongIntervals() {
    List<Long> wrong = new ArrayList<>();
    long listedMs = Timeframe.D1.floor(tape.firstMs());
    for (long open = fromMs; open + MINUTE <= lieEndMs; open += MINUTE) {
      if (!ledger.isRight(open, listedMs)) {
        wrong.add(open);
      }
    }
    return wrong;
  }

  private long ourMs() {
    if (!lies.lasts(Lie.CLOCK, nowMs)) {
      return nowMs;
    }
    long step = Math.floorDiv(nowMs, clockStepMs);
    return nowMs + new SplittableRandom(step).nextLong(-10 * MINUTE, 10 * MINUTE);
  }

  /** Whether the process is gone, or just now comes back. */
  private boolean restarts(long ourMs) {
    if (nowMs < downUntilMs) {
      return true;
    }
    if (nowMs >= restartAtMs) {
      restartAtMs = Long.MAX_VALUE;
      clock = new VenueClock();
      collector.restart(ourMs);
      ledger.restart();
      announce();
    }
    if (restartAtMs == Long.MAX_VALUE
        && lies.lasts(Lie.RESTART, nowMs)
        && random.nextInt(200) == 0) {
      lies.tell(Lie.RESTART);
      downUntilMs = nowMs + random.nextLong(30 * MINUTE);
      restartAtMs = downUntilMs;
      connected = false;
      return true;
    }
    return false;
  }

  /** What the lake holds is told: the lake wins. */
  private void announce() {
    long toMs = Math.max(fromMs, Timeframe.M1.floor(ourMs()));
    foldedMs = Long.MIN_VALUE;
    overdueMs = toMs;
    finalizer = new Finalizer(store, Retention.COLLECTOR);
    tell(new LiveEvent.Announced(ModelTape.STREAM, ledger.announcement(fromMs, toMs, kind.live())));
    folder =
        kind.chains()
            ? new TradeAggregator(ModelTape.STREAM, toMs, WAITS, this::take, oddity -> {})
            : null;
    connected = false;
  }

  private void live(long ourMs) {
    if (kind.live() == Evidence.REST) {
      return; // whatever the feed says
    }
    if (lies.lasts(Lie.FEED_CUT, nowMs) || lies.lasts(Lie.OUTAGE, nowMs)) {
      connected = false;
      wasCut = true;
      return;
    }
    int published = tape.published(nowMs);
    if (!connected) {
      connected = true;
      if (folder != null) {
        int snapshot = kind == ModelVenue.Kind.SNAPSHOTS ? 50 : 1;
        for (int i = Math.max(0, published - snapshot); i < published; i++) {
          folder.trade(tape.prints.get(i).trade(), true, clock.at(ourMs));
        }
      } else if (wasCut) {
        tell(new LiveEvent.Interrupted(ModelTape.STREAM, nowMs));
      }
      delivered = published;
      wasCut = false;
    }
    if (folder == null) {
      closed();
      return;
    }
    for (; delivered < published; delivered++) {
      Trade trade = tape.prints.get(delivered).trade();
      boolean lost = lies.tells(Lie.FEED_LOSS, nowMs);
      long agoMs = Math.min(tickMs, nowMs - tape.prints.get(delivered).atMs());
      if (!lost && clock.stamped(trade.timeMs(), ourMs - agoMs)) {
        folder.trade(trade, false, clock.at(ourMs - agoMs));
      }
    }
    if (kind == ModelVenue.Kind.HEARTBEATS && published > 0) {
      if (clock.stamped(nowMs, ourMs)) {
        folder.lastTrade(nowMs, published, clock.at(ourMs));
      }
    }
    folder.tick(clock.at(ourMs));
  }

  /** The closed row of the minute that has just ended, of a venue that closes its own. */
  private void closed() {
    long open = Timeframe.M1.floor(nowMs - 3_000) - MINUTE;
    if (open <= foldedMs || nowMs - 3_000 - open - MINUTE >= 20_000) {
      return;
    }
    foldedMs = open;
    Candle row = tape.row(open, tape.count(open, nowMs));
    if (row == null && kind == ModelVenue.Kind.ZERO_ROWS) {
      row = ModelTape.flat(open);
    }
    if (row != null && !lies.tells(Lie.FEED_LOSS, nowMs)) {
      tell(new CompletedInterval(row.withEvidence(Evidence.VENUE_FLAG), true, false));
    }
  }

  private void overdue(long ourMs) {
    long closeMs = CLOSE_MS + (kind == ModelVenue.Kind.HEARTBEATS ? 3 * tickMs : 0);
    long end = Timeframe.M1.floor(clock.at(ourMs) - closeMs);
    if (end > overdueMs) {
      overdueMs = end;
      if (foldedMs + MINUTE < end) {
        tell(new LiveEvent.Clock(ModelTape.STREAM, end));
      }
    }
  }

  private void take(LiveEvent event) {
    foldedMs = Math.max(foldedMs, event.overMs() - MINUTE);
    tell(event);
  }

  private void tell(LiveEvent event) {
    finalizer.take(
        event,
        new FinalizerOutput() {
          @Override
          public void ledger(LedgerEvent told) {
            ledger.take(told, seenNow());
          }

          @Override
          public void repair(RepairEvent told) {
            collector.take(told);
          }
        });
  }

  /** What rests on the feed may lack what it has not told yet. */
  private ModelLedger.Claim seenNow() {
    long toldMs = delivered < tape.prints.size() ? tape.prints.get(delivered).atMs() - 1 : nowMs;
    return new ModelLedger.Claim(Math.min(nowMs, toldMs), 0, new TreeMap<>(), Long.MAX_VALUE);
  }
}
