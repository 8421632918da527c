package dev.candles.core.repair;

import dev.candles.core.candle.Trade;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.feed.MissingTrades;
import dev.candles.core.proof.TradeEvidence;
import dev.candles.core.proof.TradeEvidence.Ends;
import dev.candles.core.proof.TradeEvidence.Pages;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The pages of trades that were read for one {@link TradeFetch}, and where to ask next: first near
 * its intervals, then down until all earlier trades are known to lie before them, then up. A venue
 * pages down from an id ({@link #below}) or forward from a time ({@link #sinceNs}). Kept in memory:
 * a restart walks again. Not thread-safe.
 */
public final class TradeWalk {
  /** Asks for the newest page. */
  public static final long NEWEST = TradeSearch.NEWEST;

  /** A venue whose pages are short must not be asked for ever. */
  private static final int MOST_PAGES = 200;

  /**
   * Pages by time begin so much before the intervals: whatever was published in the second half of
   * it is later than its beginning, so no id from there on is missing for being late.
   */
  private static final long AROUND_MS = 2 * TradeEvidence.LATE_MS;

  /**
   * The first walk to a hole between two ids begins so much before it: no id may lack there, and
   * where one does, the next walk begins as far back as others.
   */
  private static final long JOINT_MS = 20_000;

  private static final long NEVER = Long.MIN_VALUE;

  private static final long MS_NS = 1_000_000;

  /** A venue may leave out what happened at the time asked for, or may not. */
  private static final int MOST_NUDGES = 2;

  private final TradeFetch span;
  private final Ends ends;
  private TradePages pages = new TradePages();
  private final TradeSearch ids;
  private final boolean atJoint;
  private final long aroundMs;
  private final TimeSearch times;
  private @Nullable Long askedSinceMs;
  private long latestNs = TradePage.UNSAID;
  private int largestPage;
  private int nudges;
  private int read;
  private long heldFromMs = Long.MAX_VALUE;
  private boolean climbing;
  private long climbFromMs;

  /**
   * @param ends what is known of the ids at either end
   */
  public TradeWalk(TradeFetch span, Ends ends) {
    this.span = span;
    this.ends = ends;
    MissingTrades hole = span.hole();
    long stepMs = span.stream().timeframe().millis();
    var end = ends.lastIdAt().ceilingEntry(hole.toMs());
    this.ids =
        new TradeSearch(
            hole.fromMs(),
            hole.toMs(),
            Math.max(1, ends.firstId()),
            end == null ? NEWEST : end.getValue(),
            end == null ? 0 : end.getKey());
    this.atJoint = hole.isBetweenIds() && span.tries() == 0;
    this.aroundMs = hole.fromMs() - (atJoint ? 0 : AROUND_MS);
    this.times = new TimeSearch(aroundMs, stepMs, atJoint ? JOINT_MS : span.pad() * stepMs);
  }

  /** The trades by id. */
  public NavigableMap<Long, Trade> trades() {
    return pages.trades();
  }

  /** What is known of the ids at either end. */
  Ends ends() {
    return ends;
  }

  /** Whether there is no room for another page. */
  public boolean isFull() {
    return pages.isFull();
  }

  /**
   * Below which id to ask next, on a venue that pages down from an id, so that the page repeats a
   * trade that is held; {@link #NEWEST} for the newest page.
   *
   * @param pageRows how many trades a page has at most
   */
  public long below(int pageRows) {
    askedSinceMs = null;
    if (trades().isEmpty()) {
      return span.beginsBelow(pageRows).orElseGet(() -> ids.below(pageRows));
    }
    return isDown() ? trades().lastKey() + pageRows : trades().firstKey() + 1;
  }

  /**
   * From when on to ask next (epoch ns, UTC), on a venue that pages forward from a time. The next
   * page repeats the latest trade by its finest stamp: a thousand may share a millisecond. Where a
   * page is full of one stamp, it goes on behind that, and what is missing there stays unknown.
   */
  public long sinceNs() {
    long since = sinceMs();
    return Math.floorDiv(latestNs, MS_NS) == since ? latestNs + nudges : since * MS_NS;
  }

  private long sinceMs() {
    LongSummaryStatistics held =
        trades().values().stream().mapToLong(Trade::timeMs).summaryStatistics();
    long since;
    if (isDown()) {
      since = held.getCount() > 0 ? held.getMax() : climbFromMs;
    } else {
      since = times.sinceMs(held.getCount() > 0 ? held.getMin() : aroundMs);
    }
    askedSinceMs = since;
    return since;
  }

  /** Whether all that is further down is held already, or is about to be. */
  private boolean isDown() {
    return climbing || (!trades().isEmpty() && span.reachesDown(trades(), ends));
  }

  /** Takes in a page whose trades say all that is known of their times. */
  public boolean take(List<Trade> page) {
    return take(page, TradePage.UNSAID);
  }

  /**
   * Takes in a page.
   *
   * @param page in any order, each trade once or more often
   * @param pageNs see {@link TradePage#latestNs}
   * @return whether another page may decide the span
   */
  public boolean take(List<Trade> page, long pageNs) {
    if (page.isEmpty()) {
      return nothingThere();
    }
    NavigableMap<Long, Trade> sorted = new TreeMap<>();
    page.forEach(trade -> sorted.put(trade.id(), trade));
    Long since = askedSinceMs;
    boolean goesOn = since == null ? byId(page, sorted) : byTime(page, sorted, since, pageNs);
    return goesOn && ++read < MOST_PAGES && !reachesBeyond();
  }

  /** Whether it has all around the span: what is undecided lacks an id, and further up is none. */
  private boolean reachesBeyond() {
    if (trades().isEmpty() || !isDown()) {
      return false;
    }
    long beforeId = span.hole().beforeId();
    long lastId = trades().lastKey();
    if (span.hole().isBetweenIds()) {
      List<NavigableMap<Long, Trade>> runs = TradeEvidence.runs(trades());
      return span.reachesUp(runs.get(runs.size() - 1), ends);
    }
    return lastId >= beforeId - 1 && (isKnownEnd(lastId) || reachesBeyond(span.hole().toMs()));
  }

  private boolean isKnownEnd(long lastId) {
    return askedSinceMs == null
        && ends.lastIdAt().tailMap(span.hole().toMs(), true).values().stream()
            .anyMatch(id -> id <= lastId);
  }

  /** By time a trade of a smaller id may lie behind a late one: it is asked for beyond that too. */
  private boolean reachesBeyond(long toMs) {
    long behindMs = NEVER;
    long latestMs = NEVER;
    for (Trade trade : trades().values()) {
      latestMs = Math.max(latestMs, trade.timeMs());
      if (trade.timeMs() >= toMs + TradeEvidence.LATE_MS) {
        behindMs = behindMs == NEVER ? trade.timeMs() : Math.min(behindMs, trade.timeMs());
      }
    }
    long byTimeMs = askedSinceMs == null ? 0 : TradeEvidence.LATE_MS;
    return behindMs != NEVER && latestMs >= behindMs + byTimeMs;
  }

  private boolean nothingThere() {
    Long since = askedSinceMs;
    if (since == null) {
      return isSearching() && ids.goesOnAboveNothing();
    }
    return !isDown() && times.goesOn(new TreeMap<>(), since, false);
  }

  private boolean byId(List<Trade> page, NavigableMap<Long, Trade> sorted) {
    if (!isSearching() || ids.found(sorted)) {
      return pages.add(page);
    }
    return !ids.isSpent();
  }

  private boolean isSearching() {
    return trades().isEmpty() && span.beginsBelow(1).isEmpty();
  }

  private boolean byTime(
      List<Trade> page, NavigableMap<Long, Trade> sorted, long since, long pageNs) {
    largestPage = Math.max(largestPage, page.size());
    if (isDown()) {
      return up(page, pageNs);
    }
    boolean before = sorted.values().stream().allMatch(t -> t.timeMs() < aroundMs);
    boolean near = !before || endsAtHole(sorted);
    boolean added = (near || !trades().isEmpty()) && pages.add(page);
    latestNs = added ? Math.max(latestNs, pageNs) : latestNs;
    heldFromMs = added ? Math.min(heldFromMs, since) : heldFromMs;
    if (pages.isFull()) {
      return false;
    }
    return isDown() ? climbs() || added : times.goesOn(sorted, since, added || near);
  }

  /** Takes in a page further up; one that is full of the latest stamp is passed. */
  private boolean up(List<Trade> page, long pageNs) {
    boolean added = pages.add(page, nudges > 0);
    if (added) {
      latestNs = Math.max(latestNs, pageNs);
      nudges = 0;
      return true;
    }
    boolean full = pageNs != TradePage.UNSAID && pageNs == latestNs && page.size() == largestPage;
    return full && !pages.isFull() && ++nudges <= MOST_NUDGES;
  }

  /**
   * Late trades from before the page are not on it: the last ids before a silence, or ids that are
   * missing behind the run that shows how far down the pages reach. Then all is read once more,
   * from where they must be.
   */
  private boolean climbs() {
    if (atJoint) {
      return false;
    }
    long beforeMs = span.lowestBreakMs(trades(), ends).orElseGet(this::lastBeforeMs);
    climbFromMs = Math.max(0, beforeMs - TradeEvidence.LATE_MS);
    climbing = beforeMs != NEVER && climbFromMs < heldFromMs;
    if (climbing) {
      pages = new TradePages();
      latestNs = TradePage.UNSAID;
    }
    return climbing;
  }

  private long lastBeforeMs() {
    return trades().values().stream()
        .mapToLong(Trade::timeMs)
        .filter(time -> time < span.hole().fromMs())
        .max()
        .orElse(NEVER);
  }

  /** Whether the last trade before the intervals, as far as it is known, is on the page. */
  private boolean endsAtHole(NavigableMap<Long, Trade> sorted) {
    var end = ends.lastIdAt().ceilingEntry(span.hole().toMs());
    return (span.hole().isBetweenIds() && sorted.containsKey(span.hole().afterId()))
        || (end != null && sorted.containsKey(end.getValue()));
  }

  /** What the pages read so far prove of other intervals of the stream. */
  public TradeEvidence.Reading read(Intervals others, long nowMs) {
    return TradeEvidence.of(span.stream(), others, trades(), Pages.ANY, ends, nowMs);
  }
}
