package dev.candles.core.finality;

import dev.candles.core.candle.Candle;
import dev.candles.core.candle.Evidence;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Trade;
import dev.candles.core.feed.CompletedInterval;
import dev.candles.core.feed.EmptyInterval;
import dev.candles.core.feed.LiveEvent;
import dev.candles.core.proof.TradeEvidence;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Folds the trades of one market into whole intervals: ordered by id, bucketed by time. One
 * reader's memory, gone with it; it outlives connections. No clock: the caller says what time it
 * is. All times are market time, epoch ms, UTC.
 *
 * <ol>
 *   <li>The first trade or statement starts the chain of ids. What opened before it was whole for
 *       us leaves with {@code openedHere} false: only an id known from elsewhere can vouch for it.
 *       A first trade may be late itself; three trades, or a statement, show by how much.
 *   <li>Ids that are missing are waited for; ids that do not come break the chain, and every
 *       interval that they may have touched never leaves.
 *   <li>An interval leaves, in order, when it is proven over: by a live trade that continues the
 *       chain at or after its end, or by the venue's statement of a last id that we have and one
 *       statement more. A snapshot proves nothing over, and neither does the clock.
 *   <li>A trade of an interval that has left makes it leave again, one trade richer. Whatever
 *       became of the interval, that it was late is told, so that the venue's REST is asked too.
 * </ol>
 */
public final class TradeAggregator {
  /** Trades further ahead of our clock are not believed. */
  static final long MOST_AHEAD_MS = 60_000;

  /** Ids count from one. */
  static final long NO_ID = 0;

  private static final int MAX_WAITING = 2_000;
  private static final int MAX_INTERVALS = 1_440;
  private static final int MAX_AMENDED = 10;
  private static final int WITNESSES = TradeEvidence.WITNESSES;
  private static final long NEVER = Long.MIN_VALUE / 2;

  /**
   * How long to wait (market milliseconds).
   *
   * @param graceMs a later id may lie so much before an earlier one
   * @param patienceMs without a later trade, a passed end is trusted after so long
   * @param holeMs missing ids are waited for so long
   */
  public record Waits(long graceMs, long patienceMs, long holeMs) {}

  private record Waiting(Trade trade, boolean snapshot) {}

  private final StreamKey stream;
  private final long stepMs;
  private final long fromMs;
  private final Waits waits;
  private final Consumer<LiveEvent> out;
  private final Consumer<TradeAnomaly> oddities;
  private final TreeMap<Long, Waiting> waiting = new TreeMap<>();
  private final TreeMap<Long, CandleBuilder> folds = new TreeMap<>();
  private final TreeMap<Long, CandleBuilder> left = new TreeMap<>();

  private boolean started;
  private long lastId;
  private boolean lastIdSeen;
  private long latestMs = NEVER;
  private long liveMs = NEVER;
  private long statedId = NEVER;
  private long statedAtMs = NEVER;
  private long heldAtMs = NEVER;
  private long heldTwiceMs = NEVER;
  private long holeSinceMs = NEVER;
  private long nextOpenMs;
  private long ownFromMs;
  private long brokenToMs = NEVER;
  private long idBefore;
  private int witnesses = WITNESSES;
  private long witnessedMs = NEVER;
  private boolean doubtful;

  /**
   * @param fromMs open time of the first interval that may leave
   */
  public TradeAggregator(
      StreamKey stream,
      long fromMs,
      Waits waits,
      Consumer<LiveEvent> out,
      Consumer<TradeAnomaly> oddities) {
    this.stream = stream;
    this.stepMs = stream.timeframe().millis();
    this.fromMs = fromMs;
    this.nextOpenMs = fromMs;
    this.waits = waits;
    this.out = out;
    this.oddities = oddities;
  }

  /** Takes a trade; a snapshot's may be old and known. */
  public void trade(Trade trade, boolean snapshot, long nowMs) {
    if (trade.timeMs() > nowMs + MOST_AHEAD_MS) {
      oddities.accept(TradeAnomaly.AHEAD);
      return;
    }
    if (!started) {
      start(trade.id() - 1, trade.timeMs());
      ownFromMs = open(trade.timeMs() + TradeEvidence.LATE_MS) + stepMs;
      witnesses = 0;
    }
    if (trade.id() > lastId) {
      if (waiting.putIfAbsent(trade.id(), new Waiting(trade, snapshot)) != null) {
        oddities.accept(TradeAnomaly.DUPLICATE);
      }
    } else if (trade.timeMs() > latestMs + waits.graceMs()) {
      startAnew(trade.id() - 1, trade.timeMs());
      doubt();
      waiting.put(trade.id(), new Waiting(trade, snapshot));
    } else if (trade.id() == lastId && !lastIdSeen) {
      lastIdSeen = true; // too late for its interval, but trades do reach us that far
    } else {
      oddities.accept(TradeAnomaly.DUPLICATE);
    }
    proceed(nowMs);
  }

  /**
   * Takes the venue's statement that {@code id} is the last trade at {@code atMs}; {@link #NO_ID}
   * where nobody has traded yet.
   *
   * @return whether trades reach us that far: false says that they are lost or late
   */
  public boolean lastTrade(long atMs, long id, long nowMs) {
    if (atMs > nowMs + MOST_AHEAD_MS) {
      oddities.accept(TradeAnomaly.AHEAD);
      return false;
    }
    if (!started) {
      start(id, atMs);
    }
    if (id < lastId && atMs > latestMs + waits.graceMs()) {
      startAnew(id, atMs);
    }
    if (id >= lastId) {
      witnessed(atMs);
    }
    boolean after = id < lastId && atMs > latestMs;
    if (!after && atMs > statedAtMs) {
      statedId = id;
      statedAtMs = atMs;
    }
    proceed(nowMs);
    return (lastIdSeen || lastId == NO_ID) && id <= lastId;
  }

  /** What the trades make so far of the intervals that have not left, for people to look at. */
  public List<Candle> unfinished(long nowMs) {
    return folds.entrySet().stream()
        .map(f -> f.getValue().candle(stream, f.getKey(), Evidence.TRADE_CHAIN, "ws", nowMs))
        .toList();
  }

  /** Lets go of what is due. */
  public void tick(long nowMs) {
    if (started) {
      proceed(nowMs);
    }
  }

  private void start(long id, long atMs) {
    started = true;
    lastId = id;
    idBefore = id;
    latestMs = atMs;
    nextOpenMs = Math.max(nextOpenMs, open(atMs));
    ownFromMs = open(atMs + waits.graceMs()) + stepMs;
    brokenToMs = nextOpenMs;
  }

  private void proceed(long nowMs) {
    long before = lastId;
    follow(nowMs);
    while (hole()) {
      if (holeSinceMs == NEVER || lastId > before) {
        holeSinceMs = nowMs;
        before = lastId;
      }
      if (nowMs - holeSinceMs < waits.holeMs() && waiting.size() <= MAX_WAITING) {
        return;
      }
      giveUp();
      follow(nowMs);
    }
    holeSinceMs = NEVER;
    emit(provenTo(nowMs), nowMs);
  }

  private boolean hole() {
    return !waiting.isEmpty() || statedId > lastId;
  }

  /** Applies what continues the chain. */
  private void follow(long nowMs) {
    Waiting next = waiting.remove(lastId + 1);
    while (next != null) {
      apply(next.trade(), next.snapshot(), nowMs);
      next = waiting.remove(lastId + 1);
    }
    if (statedId != NEVER && statedId <= lastId && statedAtMs > heldAtMs) {
      heldTwiceMs = heldAtMs;
      heldAtMs = statedAtMs;
    }
  }

  private void apply(Trade trade, boolean snapshot, long nowMs) {
    lastId = trade.id();
    lastIdSeen = true;
    latestMs = Math.max(latestMs, trade.timeMs());
    if (witnesses < WITNESSES) {
      witnessedMs = Math.max(witnessedMs, trade.timeMs());
      if (++witnesses == WITNESSES) {
        witnessed(witnessedMs);
      }
    }
    if (!snapshot) {
      liveMs = Math.max(liveMs, trade.timeMs());
    }
    long open = open(trade.timeMs());
    if (open >= nextOpenMs) {
      CandleBuilder fold = folds.get(open);
      if (fold == null) {
        folds.put(open, new CandleBuilder(trade));
      } else {
        fold.add(trade);
      }
    } else {
      idBefore = Math.max(idBefore, lastId);
      late(trade, open, snapshot, nowMs);
    }
    if (folds.size() > MAX_INTERVALS) {
      oddities.accept(TradeAnomaly.HOLE);
      breakUpTo(lastId, latestMs);
      lastIdSeen = true;
    }
  }

  /** An interval that has left gets one trade more: it leaves again, as a revision. */
  private void late(Trade trade, long openMs, boolean snapshot, long nowMs) {
    boolean repaired = openMs < brokenToMs;
    boolean inOrder = trade.timeMs() >= latestMs - waits.graceMs();
    boolean running = openMs >= fromMs - stepMs && nowMs < openMs + stepMs + waits.graceMs();
    if (repaired && inOrder && (snapshot || running)) {
      return; // it never left, and its repair has yet to begin or has seen the trade
    }
    oddities.accept(TradeAnomaly.LATE);
    out.accept(LiveEvent.late(stream, openMs, trade.id()));
    if (repaired || openMs < nextOpenMs - MAX_AMENDED * stepMs) {
      return; // its other trades are not known here
    }
    CandleBuilder fold = left.get(openMs);
    if (fold == null) {
      fold = new CandleBuilder(trade);
      left.put(openMs, fold);
    } else {
      fold.add(trade);
    }
    leave(fold, openMs, nowMs);
  }

  private void leave(CandleBuilder fold, long openMs, long nowMs) {
    boolean openedHere = openMs >= ownFromMs;
    Candle candle = fold.candle(stream, openMs, Evidence.TRADE_CHAIN, "ws", nowMs);
    out.accept(new CompletedInterval(candle, false, openedHere));
  }

  /** The ids up to the next one known are lost. */
  private void giveUp() {
    oddities.accept(TradeAnomaly.HOLE);
    Map.Entry<Long, Waiting> next = waiting.firstEntry();
    if (next == null) {
      breakUpTo(statedId, statedAtMs);
    } else {
      breakUpTo(next.getKey() - 1, next.getValue().trade().timeMs());
      doubt();
    }
  }

  private void startAnew(long id, long atMs) {
    oddities.accept(TradeAnomaly.EPOCH);
    waiting.clear();
    statedId = NEVER;
    breakUpTo(id, atMs);
  }

  /** Whatever has not left by now and may hold one of the lost trades never leaves. */
  private void breakUpTo(long id, long atMs) {
    lastId = id;
    idBefore = id;
    lastIdSeen = false;
    latestMs = Math.max(latestMs, atMs);
    brokenToMs = Math.max(brokenToMs, open(latestMs + waits.graceMs()) + stepMs);
    nextOpenMs = Math.max(nextOpenMs, brokenToMs);
    folds.clear();
  }

  /**
   * The first trade after the lost ones may be late itself: then they may be of later intervals
   * than it is. Three trades, or a statement, show how late they were; until then nothing leaves.
   */
  private void doubt() {
    doubtful = true;
    witnesses = 0;
    witnessedMs = latestMs;
  }

  /** Trades of smaller ids than those that are known here were published by then. */
  private void witnessed(long byMs) {
    witnesses = WITNESSES;
    ownFromMs = Math.min(ownFromMs, open(byMs + waits.graceMs()) + stepMs);
    if (doubtful) {
      brokenToMs = Math.max(brokenToMs, open(byMs + waits.graceMs()) + stepMs);
      believe();
    }
  }

  private void believe() {
    doubtful = false;
    skipTo(Math.max(nextOpenMs, brokenToMs));
  }

  /** Intervals that open before then never leave; of their trades the last id is kept. */
  private void skipTo(long openMs) {
    nextOpenMs = openMs;
    for (CandleBuilder skipped : folds.headMap(openMs).values()) {
      idBefore = Math.max(idBefore, skipped.lastId());
    }
    folds.headMap(openMs).clear();
  }

  /** Every interval that ends by then is over, and all its trades are here. */
  private long provenTo(long nowMs) {
    long byTrade = Math.max(liveMs - waits.graceMs(), Math.min(liveMs, nowMs - waits.patienceMs()));
    return open(Math.max(byTrade, heldTwiceMs));
  }

  private void emit(long provenToMs, long nowMs) {
    if (doubtful) {
      long mostDoubtfulMs = brokenToMs + TradeEvidence.LATE_MS;
      if (provenToMs <= mostDoubtfulMs) {
        return;
      }
      brokenToMs = mostDoubtfulMs;
      believe();
    }
    long oldestMs = provenToMs - MAX_INTERVALS * stepMs;
    if (nextOpenMs < oldestMs) {
      skipTo(oldestMs);
    }
    for (; nextOpenMs + stepMs <= provenToMs; nextOpenMs += stepMs) {
      CandleBuilder fold = folds.remove(nextOpenMs);
      if (fold == null) {
        long endMs = nextOpenMs + stepMs;
        out.accept(
            new LiveEvent.Silent(
                stream, endMs, new EmptyInterval(idBefore, nextOpenMs >= ownFromMs)));
      } else {
        idBefore = Math.max(idBefore, fold.lastId());
        left.put(nextOpenMs, fold);
        leave(fold, nextOpenMs, nowMs);
      }
    }
    left.headMap(nextOpenMs - MAX_AMENDED * stepMs).clear();
  }

  private long open(long timeMs) {
    return stream.timeframe().floor(timeMs);
  }
}
