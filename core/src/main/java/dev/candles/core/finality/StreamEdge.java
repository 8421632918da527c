package dev.candles.core.finality;

import dev.candles.core.candle.Candle;
import dev.candles.core.candle.Evidence;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.coverage.Reason;
import dev.candles.core.feed.LedgerEvent;
import dev.candles.core.feed.MissingTrades;
import dev.candles.core.feed.RepairEvent;
import dev.candles.core.feed.StreamBootstrap;
import dev.candles.core.time.Retention;
import org.jspecify.annotations.Nullable;

/**
 * The live edge of one stream while one event is taken: its state, and what a {@link
 * FinalityPolicy} may do about it. Everything behind the frontier is accounted for, be it as a gap.
 */
final class StreamEdge {
  private final StreamKey stream;
  private final FinalizerStore store;
  private final Retention retention;
  private final FinalizerOutput out;

  /** The frontier once it was read or moved: nobody else moves it meanwhile. */
  private @Nullable Long frontierMs;

  StreamEdge(StreamKey stream, FinalizerStore store, Retention retention, FinalizerOutput out) {
    this.stream = stream;
    this.store = store;
    this.retention = retention;
    this.out = out;
  }

  StreamKey stream() {
    return stream;
  }

  Retention retention() {
    return retention;
  }

  FinalizerOutput out() {
    return out;
  }

  /** Length of an interval, milliseconds. */
  long stepMs() {
    return stream.timeframe().millis();
  }

  /** Open time (epoch ms, UTC) of the first interval that is not accounted for. */
  long frontierMs() {
    Long known = frontierMs;
    if (known == null) {
      known = store.frontierMs();
      frontierMs = known;
    }
    return known;
  }

  /** The stream begins anew with what the lake holds. */
  void begin(StreamBootstrap lake) {
    moveTo(lake.toMs());
    store.passed().clear();
    for (Candle candle : lake.recent()) {
      store.passed().put(candle.openTimeMs(), Version.of(candle));
    }
    rememberSilence(Intervals.fromArray(lake.empties()), lake.toMs());
    store.joint().put(TradeJoin.of(lake.recent()));
  }

  private void moveTo(long toMs) {
    store.frontier().put(toMs);
    frontierMs = toMs;
  }

  /** Moves the frontier; intervals of {@code gap} are missing from now on. */
  void advance(long toMs, Intervals gap, Reason reason) {
    if (toMs != frontierMs()) {
      forget(frontierMs(), toMs);
      moveTo(toMs);
    }
    if (!gap.isEmpty()) {
      out.repair(RepairEvent.gap(stream, gap, reason));
    }
  }

  /** Moves the frontier; REST has to confirm the intervals that it passes. */
  void confirm(long toMs) {
    out.repair(new RepairEvent.Confirm(stream, frontierMs(), toMs));
    advance(toMs, Intervals.empty(), Reason.NONE);
  }

  /** Keeps what is remembered within its bound as the frontier moves on. */
  private void forget(long fromMs, long toMs) {
    if (toMs - fromMs > retention.passedMs()) {
      store.passed().clear();
      return;
    }
    for (long end = fromMs; end < toMs; end += stepMs()) {
      store.passed().remove(end - retention.passedMs());
    }
  }

  /** Whether an interval is not too old to be compared with what came of it. */
  boolean remembers(long openTimeMs) {
    return openTimeMs >= frontierMs() - retention.passedMs();
  }

  /** The version that was passed of an interval, null if none is remembered. */
  @Nullable Version passed(long openTimeMs) {
    return openTimeMs < frontierMs() ? store.passed().get(openTimeMs) : null;
  }

  void remember(Candle candle) {
    if (remembers(candle.openTimeMs())) {
      store.passed().put(candle.openTimeMs(), Version.of(candle));
    }
  }

  /** What the venue says now, and is not passed before REST has said so too. */
  void rememberAsked(Candle candle) {
    store.passed().put(candle.openTimeMs(), Version.of(candle).withRevision(LiveEdge.ASKED));
  }

  /** Of these intervals the lake knows that nobody traded. */
  private void rememberSilence(Intervals empties, long toMs) {
    Intervals recent = empties.intersect(Intervals.of(toMs - retention.passedMs(), toMs));
    for (int i = 0; i < recent.count(); i++) {
      for (long open = recent.from(i); open < recent.to(i); open += stepMs()) {
        store.passed().put(open, Version.ofSilence(Evidence.REST));
      }
    }
  }

  TradeJoin.@Nullable Joint joint() {
    return store.joint().get();
  }

  void putJoint(TradeJoin.@Nullable Joint joint) {
    store.joint().put(joint);
  }

  /** The candle is final. */
  void pass(Candle candle) {
    out.ledger(new LedgerEvent.Final(candle));
  }

  /** Trade ids prove that nobody traded in these intervals. */
  void silent(Intervals intervals) {
    for (int i = 0; i < intervals.count(); i++) {
      out.ledger(
          new LedgerEvent.Empty(stream, intervals.from(i), intervals.to(i), Evidence.TRADE_CHAIN));
    }
  }

  /** No trade before {@code timeMs} (epoch ms, UTC) has an id above {@code lastId}. */
  void joined(long timeMs, long lastId) {
    out.repair(new RepairEvent.Joined(stream, timeMs, lastId));
  }

  void askForTrades(MissingTrades hole) {
    out.repair(new RepairEvent.Trades(stream, hole));
  }

  /** Only the venue's REST can say whether this candle holds or the one that was passed. */
  void recheck(Candle candidate) {
    out.repair(
        new RepairEvent.Reconfirm(
            stream, candidate.openTimeMs(), candidate.endTimeMs(), candidate));
  }

  /** Has the intervals before {@code toMs} read once more, so far back as they are remembered. */
  void recheck(long fromMs, long toMs) {
    long from = stream.timeframe().floor(Math.max(fromMs, toMs - retention.passedMs()));
    if (from < toMs) {
      out.repair(new RepairEvent.Reconfirm(stream, from, toMs, null));
    }
  }
}
