package dev.candles.core.repair;

import dev.candles.core.candle.Candle;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Trade;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.feed.MissingTrades;
import dev.candles.core.proof.TradeEvidence;
import dev.candles.core.proof.TradeEvidence.Ends;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Intervals whose trades are asked for by REST. An immutable value, kept as operator state; the
 * pages that were read are not, a restart asks again.
 *
 * <p>The intervals are whole when the pages hold, without a missing id, all trades between the ids
 * that the chain vouches for, or what {@link TradeEvidence} asks for. The id of a late trade
 * vouches for nothing but that it is among them: more trades of its interval may follow it.
 *
 * @param hole the intervals and the ids around them
 * @param tries walks through the pages that led nowhere
 * @param nextTryMs market time before which it is not asked, epoch ms
 */
public record TradeFetch(StreamKey stream, MissingTrades hole, int tries, long nextTryMs) {
  /** As many trades of one span at most, each about 100 bytes. */
  public static final int MOST_TRADES = 60_000;

  /** Asked for beyond the last id of a hole: trades may be a little out of order. */
  private static final long MARGIN_IDS = 100;

  private static final int MAX_TRIES = 6;
  private static final int MOST_WAITS = 18;
  private static final long WAIT_MS = 600_000;
  private static final int MOST_LONG_WAITS = 24;
  private static final long LONG_WAIT_MS = 3_600_000;
  private static final long RETRY_MS = 5_000;
  private static final int MOST_LATE = 10;
  private static final int MOST_SEARCHED = 3;

  /** A span not yet asked for. */
  public static TradeFetch fresh(StreamKey stream, MissingTrades hole) {
    return new TradeFetch(stream, hole, 0, 0);
  }

  /**
   * What to ask for where candles prove nothing: the trades around some runs of such intervals, the
   * newest first, in the next sweep the next ones. What they prove of other intervals counts too.
   *
   * @param left intervals of the gap that an answer has left open
   * @param mostIntervals a longer run is asked for in parts, as its trades may be too many
   */
  public static List<TradeFetch> ofLeft(GapState gap, Intervals left, int mostIntervals) {
    List<TradeFetch> spans = new ArrayList<>();
    long most = mostIntervals * gap.stream().timeframe().millis();
    Intervals open = gap.open().intersect(left);
    for (int n = 0; n < Math.min(open.count(), MOST_SEARCHED); n++) {
      int back = (gap.attempts() * MOST_SEARCHED + n) % open.count();
      int i = open.count() - 1 - back;
      long from = Math.max(open.from(i), open.to(i) - most);
      spans.add(fresh(gap.stream(), MissingTrades.anywhere(from, open.to(i))));
    }
    return spans;
  }

  /**
   * The key of this span among all of its venue; a hole in the chain, a late trade and a search of
   * the same intervals are asked about on their own.
   */
  public String key() {
    String kind = hole.isBetweenIds() ? "" : isAnywhere() ? "?" : "~";
    return stream.id() + "#" + hole.fromMs() + "-" + hole.toMs() + kind;
  }

  /** How many intervals before the first one to begin, if pages are found by time. */
  public int pad() {
    return GapState.PADS[Math.min(tries, GapState.PADS.length - 1)];
  }

  /**
   * Where to begin on a venue whose pages go down from an id.
   *
   * @param pageRows how many trades a page has at most
   * @return empty if no id is known near which to begin
   */
  OptionalLong beginsBelow(int pageRows) {
    if (hole.beforeId() == MissingTrades.UNKNOWN) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(hole.beforeId() + (hole.isBetweenIds() ? MARGIN_IDS : pageRows / 2));
  }

  /**
   * What the pages read so far mean.
   *
   * @param whole whether they decide all of the span's intervals
   * @param proven what they prove of the span's intervals, possibly a part of them
   * @param more intervals outside of the span that turned out to have one of its trades
   */
  public record Reading(boolean whole, TradeEvidence.Reading proven, List<TradeFetch> more) {
    private static final Reading NOTHING =
        new Reading(
            false,
            new TradeEvidence.Reading(List.of(), Intervals.empty(), Intervals.empty()),
            List.of());
  }

  /** Reads the pages. */
  public Reading read(TradeWalk walk, long nowMs) {
    NavigableMap<Long, Trade> trades = walk.trades();
    if (trades.isEmpty() || !holdsItsTrade(trades)) {
      return Reading.NOTHING;
    }
    Intervals all = Intervals.of(hole.fromMs(), hole.toMs());
    if (hole.isBetweenIds()) {
      return whole(trades, walk.ends())
          .map(run -> between(run, trades, all, nowMs))
          .orElse(Reading.NOTHING);
    }
    TradeEvidence.Reading proven = walk.read(all.union(late(trades, walk.ends().graceMs())), nowMs);
    boolean whole = all.minus(proven.decided(stream.timeframe().millis())).isEmpty();
    return new Reading(whole, proven, List.of());
  }

  /**
   * The run that holds all trades between the chain's two ends, and so many around them that none
   * of another id can be of these intervals: ids and times may be out of order by the grace.
   */
  private Optional<NavigableMap<Long, Trade>> whole(NavigableMap<Long, Trade> trades, Ends ends) {
    return TradeEvidence.runs(trades).stream()
        .filter(run -> run.firstKey() <= hole.afterId() + 1 && reachesUp(run, ends))
        .filter(run -> TradeEvidence.lowMs(run, ends) <= hole.fromMs())
        .findFirst();
  }

  /** Whether every trade between the chain's two ends is in the run, if its lower ones are. */
  boolean reachesUp(NavigableMap<Long, Trade> run, Ends ends) {
    long latest = run.values().stream().mapToLong(Trade::timeMs).max().orElse(Long.MIN_VALUE);
    return run.lastKey() >= hole.beforeId() - 1
        && (latest >= hole.toMs() + ends.graceMs()
            || TradeEvidence.highMs(run, TradeEvidence.Pages.ANY, ends) >= hole.toMs());
  }

  /** Intervals of late trades: whoever has a candle of one may not have heard of its last trade. */
  private Intervals late(NavigableMap<Long, Trade> trades, long graceMs) {
    long latestMs = Long.MIN_VALUE / 2;
    LongStream.Builder opens = LongStream.builder();
    for (Trade trade : trades.values()) {
      if (trade.timeMs() < latestMs - graceMs) {
        opens.add(stream.timeframe().floor(trade.timeMs()));
      }
      latestMs = Math.max(latestMs, trade.timeMs());
    }
    long[] distinct = opens.build().distinct().toArray();
    return Intervals.ofOpenTimes(distinct, stream.timeframe().millis());
  }

  /**
   * All trades between the chain's two ends are here, so the intervals between them are whole, but
   * for those of which a page shows a trade beside them: it is late, and asked for by itself.
   */
  private Reading between(
      NavigableMap<Long, Trade> run, NavigableMap<Long, Trade> shown, Intervals all, long nowMs) {
    TreeMap<Long, Long> strayed = new TreeMap<>();
    TreeMap<Long, Long> beside = new TreeMap<>();
    for (Trade trade : shown.values()) {
      long open = stream.timeframe().floor(trade.timeMs());
      boolean ofRun = run.containsKey(trade.id());
      boolean lost = trade.id() > hole.afterId() && trade.id() < hole.beforeId();
      if (ofRun && lost && !all.contains(open)) {
        strayed.merge(open, trade.id(), Math::max);
      } else if (!ofRun && all.contains(open)) {
        beside.merge(open, trade.id(), Math::max);
      }
    }
    List<TradeFetch> more =
        Stream.of(strayed, beside)
            .flatMap(late -> late.entrySet().stream().limit(MOST_LATE))
            .map(late -> around(late.getKey(), late.getValue()))
            .toList();
    return new Reading(true, proven(run, all.minus(opens(beside.keySet())), nowMs), more);
  }

  private TradeEvidence.Reading proven(NavigableMap<Long, Trade> run, Intervals whole, long nowMs) {
    List<Candle> candles = TradeEvidence.fold(stream, whole, run, nowMs);
    Intervals traded = opens(candles.stream().map(Candle::openTimeMs).toList());
    return new TradeEvidence.Reading(candles, whole.minus(traded), Intervals.empty());
  }

  private Intervals opens(Collection<Long> openMs) {
    long[] each = openMs.stream().mapToLong(Long::longValue).toArray();
    return Intervals.ofOpenTimes(each, stream.timeframe().millis());
  }

  /**
   * The same span after a walk that led nowhere; empty if it is given up, after more than a day:
   * nobody else knows that a trade is missing. Where nothing lacks but a trade after it, in a
   * market that has become quiet, that is waited for. A search without ids is its gap's business
   * again: that knows when to ask.
   */
  public Optional<TradeFetch> again(long nowMs) {
    if (isAnywhere() || tries + 1 >= MAX_TRIES + MOST_WAITS + MOST_LONG_WAITS) {
      return Optional.empty();
    }
    long waitMs =
        tries + 1 < MAX_TRIES
            ? RETRY_MS << tries
            : tries + 1 < MAX_TRIES + MOST_WAITS ? WAIT_MS : LONG_WAIT_MS;
    return Optional.of(new TradeFetch(stream, hole, tries + 1, nowMs + waitMs));
  }

  /** Both halves of a search of more trades than may be held; none if it is of one interval. */
  public List<TradeFetch> halves() {
    long step = stream.timeframe().millis();
    long intervals = (hole.toMs() - hole.fromMs()) / step;
    if (!isAnywhere() || intervals < 2) {
      return List.of();
    }
    long middle = hole.fromMs() + intervals / 2 * step;
    return List.of(
        fresh(stream, MissingTrades.anywhere(middle, hole.toMs())),
        fresh(stream, MissingTrades.anywhere(hole.fromMs(), middle)));
  }

  /** What may be known of the ids around it; where one trade is late, the chain's word is not. */
  public Ends ends(Ends known) {
    return isOfLateTrade() ? new Ends(known.firstId(), new TreeMap<>(), known.graceMs()) : known;
  }

  /**
   * This question together with one of the same key that is open already: neither's trade is
   * forgotten, and news does not make the venue be asked sooner than was agreed.
   */
  public TradeFetch with(@Nullable TradeFetch open) {
    if (open == null || hole.isBetweenIds()) {
      return this;
    }
    if (hole.beforeId() <= open.hole.beforeId()) {
      return open;
    }
    return new TradeFetch(stream, hole, 0, Math.max(nextTryMs, open.nextTryMs));
  }

  /** The same span, not asked before {@code timeMs}; nobody is to blame. */
  public TradeFetch postponed(long timeMs) {
    return new TradeFetch(stream, hole, tries, timeMs);
  }

  private TradeFetch around(long openMs, long tradeId) {
    long endMs = openMs + stream.timeframe().millis();
    return fresh(stream, MissingTrades.near(openMs, endMs, tradeId));
  }

  /** Whether it is about one late trade. */
  boolean isOfLateTrade() {
    return !isAnywhere() && !hole.isBetweenIds();
  }

  /** Whether no id is known near it. */
  public boolean isAnywhere() {
    return hole.afterId() == MissingTrades.UNKNOWN && hole.beforeId() == MissingTrades.UNKNOWN;
  }

  /** Whether all trades of the span before those that are held are held too. */
  boolean reachesDown(NavigableMap<Long, Trade> trades, Ends ends) {
    return lowestRun(trades, ends).isPresent();
  }

  /**
   * When the lowest run ended that reaches down, epoch ms, if it ends before the span and ids are
   * missing behind it: they were published later.
   */
  OptionalLong lowestBreakMs(NavigableMap<Long, Trade> trades, Ends ends) {
    return lowestRun(trades, ends).filter(run -> run.lastKey() < trades.lastKey()).stream()
        .mapToLong(run -> run.values().stream().mapToLong(Trade::timeMs).max().orElseThrow())
        .filter(endMs -> endMs < hole.fromMs())
        .findFirst();
  }

  /** The first run before which no trade of the span can be. */
  private Optional<NavigableMap<Long, Trade>> lowestRun(
      NavigableMap<Long, Trade> trades, Ends ends) {
    return TradeEvidence.runs(trades).stream()
        .filter(run -> TradeEvidence.lowMs(run, ends) <= hole.fromMs())
        .findFirst(); // not the first of all: late trades from before a page by time are not on it
  }

  private boolean holdsItsTrade(NavigableMap<Long, Trade> trades) {
    return hole.beforeId() == MissingTrades.UNKNOWN
        || hole.isBetweenIds()
        || trades.containsKey(hole.beforeId() - 1);
  }
}
