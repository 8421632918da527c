package dev.candles.core.repair;

import dev.candles.core.candle.Evidence;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.coverage.DayCoverage;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.coverage.Reason;
import dev.candles.core.feed.MissingTrades;
import dev.candles.core.feed.RepairEvent;
import dev.candles.core.proof.Silence;
import dev.candles.core.proof.TradeEvidence;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Trades that are asked for by their ids: holes of the live chain, late trades, and searches around
 * what candles have left open. What their pages prove goes on, of whichever open interval it is, as
 * far as the quota of stream-days goes.
 */
final class TradeFetchTask extends RepairTask<TradeFetch> {
  static final RepairStore.Kind<TradeFetch> STORED =
      new RepairStore.Kind<>("spans", TradeFetch.class);

  /** A longer run is searched in parts: the trades of one search are bounded. */
  private static final int MOST_INTERVALS = 1_440;

  /** What is asked about a late trade is given up after little more than a day. */
  private static final long MOST_LATE_MS = 2 * Timeframe.D1.millis();

  private static final int MOST_JOINTS = 64;
  private static final int MOST_SEARCHES = 3;

  private final GapTask gaps;
  private final Map<String, TradeWalk> walks = new HashMap<>();
  private final Map<String, NavigableMap<Long, Long>> lastIds = new HashMap<>();

  TradeFetchTask(RepairStore store, VenueSession session, GapTask gaps) {
    super(STORED, store, session);
    this.gaps = gaps;
  }

  @Override
  String key(TradeFetch span) {
    return span.key();
  }

  @Override
  StreamKey stream(TradeFetch span) {
    return span.stream();
  }

  @Override
  RepairWork.Lane lane() {
    return RepairWork.Lane.TRADES;
  }

  @Override
  long marketMs(TradeFetch span) {
    return span.hole().fromMs();
  }

  @Override
  long endMs(TradeFetch span) {
    return span.hole().toMs();
  }

  @Override
  long dueMs(TradeFetch span) {
    return span.nextTryMs();
  }

  /** A hole and a late trade are of days that are written anyway. */
  @Override
  @Nullable String streamDay(TradeFetch span) {
    return span.isAnywhere()
        ? GapState.key(span.stream(), DayCoverage.dayOf(span.hole().fromMs()))
        : null;
  }

  @Override
  TradeFetch postponed(TradeFetch span, long timeMs) {
    return span.postponed(timeMs);
  }

  @Override
  public void trades(RepairEvent.Trades told) {
    TradeFetch news = TradeFetch.fresh(told.stream(), told.hole());
    TradeFetch open = get(news.key());
    TradeFetch span = news.with(open);
    if (!span.equals(open)) {
      walks.remove(span.key());
    }
    keep(span);
  }

  @Override
  public void joined(RepairEvent.Joined told) {
    NavigableMap<Long, Long> known = lastIds(told.stream());
    known.put(told.timeMs(), told.lastId());
    if (known.size() > MOST_JOINTS) {
      known.pollFirstEntry();
    }
  }

  @Override
  Optional<RepairRequest> request(TradeFetch span, RepairWork work, long nowMs) {
    if (span.isAnywhere() && !isOpen(span)) {
      forget(span); // its intervals are settled meanwhile
      return Optional.empty();
    }
    Optional<RestQuery> query = query(span);
    if (query.isEmpty()) {
      forget(span); // out of its REST's reach: the gap's candles decide
    }
    return query.map(q -> new RepairRequest(work, RepairRequest.Rows.TRADES, q, null));
  }

  private Optional<RestQuery> query(TradeFetch span) {
    return session.venue.trades(session.market(span.stream()), span, walk(span));
  }

  private boolean isOpen(TradeFetch span) {
    Intervals all = Intervals.of(span.hole().fromMs(), span.hole().toMs());
    long dayMs = Timeframe.D1.floor(span.hole().fromMs());
    return !gaps.open(span.stream(), dayMs).intersect(all).isEmpty();
  }

  @Override
  void gone(String key) {
    walks.remove(key);
  }

  /** A page is asked on from until the pages decide the span, or a walk through them breaks off. */
  @Override
  void answered(TradeFetch span, RepairAnswer answer, RestAnswer said, long nowMs) {
    TradeWalk walk = walk(span);
    boolean goesOn = walk.take(said.trades(), said.page().latestNs());
    TradeFetch.Reading reading = span.read(walk, nowMs);
    if (!reading.whole() && goesOn) {
      keep(span); // the next page
      return;
    }
    walks.remove(span.key());
    String day = streamDay(span);
    if (day != null) {
      session.days.use(day); // a checkpoint may have been made since it was asked for
    }
    proven(
        span.stream(),
        span.isOfLateTrade()
            ? reading.proven()
            : withoutLate(span.stream(), reading.proven(), nowMs));
    proveOthers(span, walk, nowMs);
    if (!reading.whole()) {
      again(span, walk, nowMs);
      return;
    }
    remove(span.key());
    for (TradeFetch more : reading.more()) {
      keep(more.with(get(more.key())));
    }
  }

  /**
   * The same without intervals that are asked for by late trades. Their ids may lie far behind, so
   * that pages by id do not show them, and a last id of the live chain tells less.
   */
  private TradeEvidence.Reading withoutLate(
      StreamKey stream, TradeEvidence.Reading reading, long nowMs) {
    long stepMs = stream.timeframe().millis();
    Intervals recent = reading.decided(stepMs).minus(Intervals.before(nowMs - MOST_LATE_MS));
    Intervals.Builder asked = new Intervals.Builder(4);
    for (int i = 0; i < recent.count(); i++) {
      for (long open = recent.from(i); open < recent.to(i); open += stepMs) {
        MissingTrades late = MissingTrades.near(open, open + stepMs, 0);
        if (get(TradeFetch.fresh(stream, late).key()) != null) {
          asked.add(open, open + stepMs);
        }
      }
    }
    return reading.minus(asked.build());
  }

  private void proven(StreamKey stream, TradeEvidence.Reading reading) {
    session.claims.settled(stream, reading.candles(), reading.silent(), Evidence.REST_TRADES);
    session.claims.unrecoverable(stream, reading.unlisted(), Reason.BEFORE_LISTING);
    gaps.settled(stream, reading);
    Intervals written = written(stream, reading);
    if (!written.isEmpty() && written.from(0) < session.market(stream).listedAtMs()) {
      gaps.listedEarlier(stream);
    }
  }

  /** What may open a writer: also a silence, where the rest of a larger candle is known. */
  private static Intervals written(StreamKey stream, TradeEvidence.Reading reading) {
    return reading.decided(stream.timeframe().millis()).minus(reading.unlisted());
  }

  /** The newest days of it that may be written before the next checkpoint: others stay open. */
  private TradeEvidence.Reading withinQuota(StreamKey stream, TradeEvidence.Reading all) {
    Intervals held = Intervals.empty();
    NavigableMap<Long, Intervals> days = new TreeMap<>(DayCoverage.byDay(written(stream, all)));
    for (Map.Entry<Long, Intervals> day : days.descendingMap().entrySet()) {
      if (!session.days.tryUse(GapState.key(stream, day.getKey()))) {
        held = held.union(day.getValue());
      }
    }
    return all.minus(held);
  }

  /** The same trades may decide other open intervals of the stream, of any day. */
  private void proveOthers(TradeFetch span, TradeWalk walk, long nowMs) {
    if (walk.trades().isEmpty()) {
      return;
    }
    boolean first = walk.trades().firstKey() == session.profile.firstTradeId();
    long firstMs = first ? Long.MIN_VALUE : walk.trades().firstEntry().getValue().timeMs();
    Intervals.Builder open = new Intervals.Builder(16);
    for (long day : gaps.daysOf(span.stream())) {
      boolean near = day + Timeframe.D1.millis() >= firstMs;
      Intervals mine = near ? gaps.open(span.stream(), day) : Intervals.empty();
      for (int i = 0; i < mine.count(); i++) {
        open.add(mine.from(i), mine.to(i));
      }
    }
    TradeEvidence.Reading others =
        withinQuota(
            span.stream(), withoutLate(span.stream(), walk.read(open.build(), nowMs), nowMs));
    if (!others.decided(span.stream().timeframe().millis()).isEmpty()) {
      proven(span.stream(), others);
    }
  }

  /** A walk through the pages led nowhere. */
  private void again(TradeFetch span, TradeWalk walk, long nowMs) {
    remove(span.key());
    if (walk.isFull() && !span.halves().isEmpty()) {
      span.halves().forEach(this::keep);
      return;
    }
    Optional<TradeFetch> next = walk.isFull() ? Optional.empty() : span.again(nowMs);
    if (next.isPresent()) {
      keep(next.get());
      return;
    }
    if (span.isAnywhere()) {
      return; // nothing is given up: its gap asks again, ten minutes long if need be
    }
    session.log.log(
        RepairLog.Level.INFO,
        "event=trades_given_up stream={} from={} to={} from_ms={} to_ms={} tries={} trades={}",
        span.stream(),
        Instant.ofEpochMilli(span.hole().fromMs()),
        Instant.ofEpochMilli(span.hole().toMs()),
        span.hole().fromMs(),
        span.hole().toMs(),
        span.tries() + 1,
        walk.trades().size());
  }

  /** Asks for the trades around what an answer has left open, where only they prove silence. */
  @Override
  void gapRead(GapReading reading) {
    GapState gap = reading.gap();
    boolean byIds = session.profile.silence() == Silence.TRADE_IDS;
    Intervals old = reading.left().minus(gap.young(provenToMs(gap.stream(), reading.nowMs())));
    if (!reading.readable()
        || !byIds
        || old.isEmpty()
        || !searches(gap)
        || isSearching(gap.stream())) {
      return;
    }
    for (TradeFetch span : TradeFetch.ofLeft(gap, old, MOST_INTERVALS)) {
      if (get(span.key()) == null && query(span).isPresent()) {
        keep(span);
      }
    }
  }

  /**
   * No search proves intervals that end later, epoch ms: a trade of theirs may still be published,
   * and the chain knows no last id at their end.
   */
  private long provenToMs(StreamKey stream, long nowMs) {
    NavigableMap<Long, Long> known = lastIds(stream);
    long chainMs = known.isEmpty() ? Long.MIN_VALUE : known.lastKey();
    return Math.min(session.settledToMs(nowMs), Math.max(chainMs, nowMs - TradeEvidence.LATE_MS));
  }

  /**
   * Whether a gap's trades are asked for beside its candles: at once where the venue's candles have
   * no row for silence, else when a sweep through them has settled nothing.
   */
  private boolean searches(GapState gap) {
    return !session.profile.foldsHistory() || gap.attempts() >= 2;
  }

  /** Whether as many searches of a stream's trades are under way as may be. */
  private boolean isSearching(StreamKey stream) {
    String mine = stream.id() + "#";
    return walks.keySet().stream().filter(key -> key.startsWith(mine)).count() >= MOST_SEARCHES;
  }

  private void forget(TradeFetch span) {
    remove(span.key());
    walks.remove(span.key());
  }

  /** The walk through a span's trades in this attempt. */
  private TradeWalk walk(TradeFetch span) {
    return walks.computeIfAbsent(
        span.key(),
        key ->
            new TradeWalk(
                span,
                span.ends(
                    new TradeEvidence.Ends(
                        session.profile.firstTradeId(),
                        lastIds(span.stream()),
                        session.profile.graceMs()))));
  }

  private NavigableMap<Long, Long> lastIds(StreamKey stream) {
    return lastIds.computeIfAbsent(stream.id(), id -> new TreeMap<>());
  }
}
