package dev.candles.core.repair;

import dev.candles.core.candle.Candle;
import dev.candles.core.candle.Evidence;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Trade;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.feed.TradeHole;
import dev.candles.core.finality.TradeFold;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Intervals whose trades are asked for by REST. An immutable value, kept as operator state; the
 * pages that were read are not, a restart asks again.
 *
 * <p>The intervals are whole when the pages reach, without a hole, from a trade before them to a
 * trade after them: known by their ids where the chain vouches for these, or else by a time that
 * lies further away than trades are ever out of order; several trades must say so, as one may be
 * late itself. The id of a late trade vouches for nothing but that it is among them: more trades of
 * its interval may follow it. An id missing between two neighbours of one page does not exist.
 *
 * @param hole the intervals and the ids around them
 * @param tries walks through the pages that led nowhere
 * @param nextTryMs market time before which it is not asked, epoch ms
 */
public record TradeSpan(StreamKey stream, TradeHole hole, int tries, long nextTryMs) {
  /** As many trades of one span at most, each about 100 bytes. */
  public static final int MOST_TRADES = 20_000;

  /** Holes of more trades than one page holds are left to the venue's candles. */
  private static final long MOST_IDS = 1_000;

  /** Asked for beyond the last id of a hole: trades may be a little out of order. */
  private static final long MARGIN_IDS = 10;

  private static final long GRACE_MS = 2_000;

  /** So many trades beyond a border in time show that it was passed: one may be late itself. */
  private static final int WITNESSES = 3;

  private static final int MAX_TRIES = 6;
  private static final int MOST_WAITS = 18;
  private static final long WAIT_MS = 600_000;
  private static final long RETRY_MS = 5_000;
  private static final int MOST_LATE = 10;
  private static final int MOST_STUCK = 3;

  /** A span not yet asked for. */
  public static TradeSpan fresh(StreamKey stream, TradeHole hole) {
    return new TradeSpan(stream, hole, 0, 0);
  }

  /**
   * The spans to ask for where the chain of ids was broken: the hole itself if it is small, else
   * only the last interval before it, of which a late trade may lie in the hole.
   */
  public static TradeHole ofBreak(TradeHole hole, long stepMs) {
    if (hole.ids() <= MOST_IDS) {
      return hole;
    }
    return TradeHole.near(hole.fromMs() - stepMs, hole.fromMs(), hole.afterId());
  }

  /**
   * What to ask for where sweep after sweep proved nothing: the oldest intervals, one by one, as
   * each may hold more trades than a page.
   */
  public static List<TradeSpan> ofStuck(OpenGap gap) {
    if (gap.attempts() < 2 || gap.givenUp()) {
      return List.of();
    }
    List<TradeSpan> spans = new ArrayList<>();
    long step = gap.stream().timeframe().millis();
    Intervals open = gap.open();
    for (int i = 0; i < open.count(); i++) {
      for (long at = open.from(i); at < open.to(i) && spans.size() < MOST_STUCK; at += step) {
        long unknown = TradeHole.UNKNOWN;
        spans.add(fresh(gap.stream(), new TradeHole(at, at + step, unknown, unknown)));
      }
    }
    return spans;
  }

  /**
   * The key of this span among all of its venue; a hole in the chain and a late trade of the same
   * intervals are asked about on their own.
   */
  public String key() {
    String kind = hole.isBetweenIds() ? "" : "~";
    return stream.id() + "#" + hole.fromMs() + "-" + hole.toMs() + kind;
  }

  /** How many intervals before the first one to begin, if pages are found by time. */
  public int pad() {
    return OpenGap.PADS[Math.min(tries, OpenGap.PADS.length - 1)];
  }

  /**
   * Where pages go down from an id: below which one to ask next, so that the page repeats a trade
   * that is held. First down to a trade before the span, then up to one after it.
   *
   * @param held the trades read so far, by id
   * @param pageRows how many trades a page has at most
   * @return empty if no id is known near which to begin
   */
  public OptionalLong askBelow(NavigableMap<Long, Trade> held, int pageRows) {
    if (hole.beforeId() == TradeHole.UNKNOWN) {
      return OptionalLong.empty();
    }
    if (held.isEmpty()) {
      long above = hole.isBetweenIds() ? MARGIN_IDS : pageRows / 2;
      return OptionalLong.of(hole.beforeId() + above);
    }
    return OptionalLong.of(reachesDown(held) ? held.lastKey() + pageRows : held.firstKey() + 1);
  }

  /**
   * What the pages read so far mean.
   *
   * @param whole whether they decide the span; the rest is empty if not
   * @param candles of the span's intervals, ascending, evidence {@link Evidence#REST_TRADES}
   * @param silent intervals of the span without a trade
   * @param more intervals outside of the span that turned out to have one of its trades
   */
  public record Reading(
      boolean whole, List<Candle> candles, Intervals silent, List<TradeSpan> more) {}

  /** Reads the pages: trades by id, without a hole between two pages. */
  public Reading read(NavigableMap<Long, Trade> trades, long nowMs) {
    if (trades.isEmpty() || !reachesDown(trades) || !reachesUp(trades)) {
      return new Reading(false, List.of(), Intervals.empty(), List.of());
    }
    TreeMap<Long, TradeFold> folds = new TreeMap<>();
    TreeMap<Long, Long> strayed = new TreeMap<>();
    for (Trade trade : trades.values()) {
      long open = stream.timeframe().floor(trade.timeMs());
      if (open >= hole.fromMs() && open < hole.toMs()) {
        TradeFold fold = folds.get(open);
        if (fold == null) {
          folds.put(open, new TradeFold(trade));
        } else {
          fold.add(trade);
        }
      } else if (isMissing(trade.id())) {
        strayed.merge(open, trade.id(), Math::max);
      }
    }
    List<Candle> candles = new ArrayList<>();
    folds.forEach(
        (open, fold) ->
            candles.add(fold.candle(stream, open, Evidence.REST_TRADES, "rest", nowMs)));
    long[] opens = candles.stream().mapToLong(Candle::openTimeMs).toArray();
    long step = stream.timeframe().millis();
    Intervals silent =
        Intervals.of(hole.fromMs(), hole.toMs()).minus(Intervals.ofOpenTimes(opens, step));
    List<TradeSpan> more =
        strayed.entrySet().stream()
            .limit(MOST_LATE)
            .map(late -> around(late.getKey(), late.getValue()))
            .toList();
    return new Reading(true, candles, silent, more);
  }

  /**
   * The same span after a walk that led nowhere; empty if it is given up. Where nothing is missing
   * but a trade after it, in a market that has become quiet, it waits for one for three hours.
   *
   * @param held the trades that the walk has found, by id
   */
  public Optional<TradeSpan> again(NavigableMap<Long, Trade> held, long nowMs) {
    if (tries + 1 < MAX_TRIES) {
      return Optional.of(new TradeSpan(stream, hole, tries + 1, nowMs + (RETRY_MS << tries)));
    }
    boolean waits = !held.isEmpty() && holdsItsTrade(held) && reachesDown(held);
    return waits && tries + 1 < MAX_TRIES + MOST_WAITS
        ? Optional.of(new TradeSpan(stream, hole, tries + 1, nowMs + WAIT_MS))
        : Optional.empty();
  }

  /**
   * This question together with one of the same key that is open already: neither's trade is
   * forgotten, and news does not make the venue be asked sooner than was agreed.
   */
  public TradeSpan with(@Nullable TradeSpan open) {
    if (open == null || hole.isBetweenIds()) {
      return this;
    }
    if (hole.beforeId() <= open.hole.beforeId()) {
      return open;
    }
    return new TradeSpan(stream, hole, 0, Math.max(nextTryMs, open.nextTryMs));
  }

  /** The same span, not asked before {@code timeMs}; nobody is to blame. */
  public TradeSpan postponed(long timeMs) {
    return new TradeSpan(stream, hole, tries, timeMs);
  }

  private TradeSpan around(long openMs, long tradeId) {
    long endMs = openMs + stream.timeframe().millis();
    return fresh(stream, TradeHole.near(openMs, endMs, tradeId));
  }

  private boolean isMissing(long id) {
    return hole.isBetweenIds() && id > hole.afterId() && id < hole.beforeId();
  }

  private boolean reachesDown(NavigableMap<Long, Trade> trades) {
    boolean byId = hole.afterId() != TradeHole.UNKNOWN && trades.firstKey() <= hole.afterId() + 1;
    return byId
        || (trades.size() >= WITNESSES
            && trades.values().stream()
                .limit(WITNESSES)
                .allMatch(trade -> trade.timeMs() < hole.fromMs() - GRACE_MS));
  }

  private boolean reachesUp(NavigableMap<Long, Trade> trades) {
    if (hole.isBetweenIds()) {
      return trades.lastKey() >= hole.beforeId() - 1;
    }
    long after =
        trades.values().stream()
            .filter(trade -> trade.timeMs() >= hole.toMs() + GRACE_MS)
            .limit(WITNESSES)
            .count();
    return after == WITNESSES && holdsItsTrade(trades);
  }

  private boolean holdsItsTrade(NavigableMap<Long, Trade> trades) {
    return hole.beforeId() == TradeHole.UNKNOWN
        || hole.isBetweenIds()
        || trades.containsKey(hole.beforeId() - 1);
  }
}
