package dev.candles.core.proof;

import dev.candles.core.candle.Candle;
import dev.candles.core.candle.Evidence;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.candle.Trade;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.finality.CandleBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What trades prove of intervals, by their ids alone: of any length of silence, whatever page they
 * came in, however old it is. Pure.
 *
 * <p>Premises: ids count up by one in the order in which the venue publishes; a trade is published
 * within {@link #LATE_MS} of its time, and of three neighbours one at most later than the venue's
 * grace ({@link Ends#graceMs}). So a run of trades without a missing id holds all trades of an
 * interval when it reaches, on each side, a trade beyond that distance, or an end that is known
 * otherwise: the venue's first id ever, or a last id that the live chain has proven. Three beyond
 * the grace will do as well before the interval, for then none of smaller ids is late; behind it
 * only at the end of {@link Pages#ONE_BY_TIME}. An interval of which a trade is shown beside the
 * run is not whole in it.
 */
public final class TradeEvidence {
  /** So late a trade may be published at most (market time). */
  public static final long LATE_MS = 600_000;

  /** So many trades beyond a border in time show that it was passed: one may be late itself. */
  public static final int WITNESSES = 3;

  /** Where the trades come from. */
  public enum Pages {
    /** Any pages: behind an interval a late trade may follow on one that is not here. */
    ANY,
    /**
     * One page by time, that leaves out no late trade: one lies where its time is, so behind an
     * interval three trades beyond the grace are as good as before it.
     */
    ONE_BY_TIME
  }

  private static final long NEVER = Long.MIN_VALUE / 2;
  private static final long ALWAYS = Long.MAX_VALUE / 2;

  private TradeEvidence() {}

  /**
   * What is known besides the trades.
   *
   * @param firstId the id of the venue's first trade of a market; {@link #UNKNOWN} if it may be any
   * @param lastIdAt by time (epoch ms, UTC): no trade before it has an id above this one
   * @param graceMs a later id may lie so much before an earlier one (market time)
   */
  public record Ends(long firstId, NavigableMap<Long, Long> lastIdAt, long graceMs) {
    /** No such id is known. */
    public static final long UNKNOWN = -1;

    /** Nothing is known but the grace. */
    public static Ends unknown(long graceMs) {
      return new Ends(UNKNOWN, new TreeMap<>(), graceMs);
    }
  }

  /**
   * What is proven.
   *
   * @param candles ascending, evidence {@link Evidence#REST_TRADES}
   * @param silent intervals without a trade, between two neighbouring ids
   * @param unlisted intervals of UTC days before that of the first trade ever
   */
  public record Reading(List<Candle> candles, Intervals silent, Intervals unlisted) {
    /** The same but for what is proven of some intervals. */
    public Reading minus(Intervals some) {
      return new Reading(
          candles.stream().filter(candle -> !some.contains(candle.openTimeMs())).toList(),
          silent.minus(some),
          unlisted.minus(some));
    }

    /** All intervals of which something is proven. */
    public Intervals decided(long stepMs) {
      long[] opens = candles.stream().mapToLong(Candle::openTimeMs).toArray();
      return Intervals.ofOpenTimes(opens, stepMs).union(silent).union(unlisted);
    }
  }

  /** Reads the trades of one page by time. */
  public static Reading of(
      StreamKey stream, Intervals wanted, NavigableMap<Long, Trade> trades, Ends ends, long nowMs) {
    return of(stream, wanted, trades, Pages.ONE_BY_TIME, ends, nowMs);
  }

  /**
   * Reads the trades.
   *
   * @param wanted the intervals of interest
   * @param trades by id; a missing id ends what they prove together
   * @param nowMs our market clock, for the candles' {@code receivedAtMs}
   */
  public static Reading of(
      StreamKey stream,
      Intervals wanted,
      NavigableMap<Long, Trade> trades,
      Pages pages,
      Ends ends,
      long nowMs) {
    List<Candle> candles = new ArrayList<>();
    Intervals silent = Intervals.empty();
    Intervals unlisted = Intervals.empty();
    List<NavigableMap<Long, Trade>> runs = runs(trades);
    for (NavigableMap<Long, Trade> run : runs) {
      boolean goesOn = run.lastKey() < trades.lastKey(); // what follows it is missing, maybe late
      Pages from = goesOn ? Pages.ANY : pages;
      Intervals mine = wanted.intersect(reach(stream.timeframe(), run, from, ends));
      if (runs.size() > 1 && !mine.isEmpty()) {
        mine = mine.minus(shownBeside(stream.timeframe(), run, trades));
      }
      if (mine.isEmpty()) {
        continue;
      }
      List<Candle> folded = fold(stream, mine, run, nowMs);
      long[] opens = folded.stream().mapToLong(Candle::openTimeMs).toArray();
      Intervals none = mine.minus(Intervals.ofOpenTimes(opens, stream.timeframe().millis()));
      if (run.firstKey() == ends.firstId()) {
        long listedMs = Timeframe.D1.floor(run.firstEntry().getValue().timeMs());
        Intervals before = none.intersect(Intervals.of(NEVER, listedMs));
        unlisted = unlisted.union(before);
        none = none.minus(before);
      }
      candles.addAll(folded);
      silent = silent.union(none);
    }
    return new Reading(candles, silent, unlisted);
  }

  /** Intervals of which trades are shown that do not hang together with the run: late ones. */
  private static Intervals shownBeside(
      Timeframe timeframe, NavigableMap<Long, Trade> run, NavigableMap<Long, Trade> trades) {
    long[] opens =
        Stream.of(trades.headMap(run.firstKey(), false), trades.tailMap(run.lastKey(), false))
            .flatMap(others -> others.values().stream())
            .mapToLong(trade -> timeframe.floor(trade.timeMs()))
            .distinct()
            .toArray();
    return Intervals.ofOpenTimes(opens, timeframe.millis());
  }

  /** The trades of {@code mine} as candles, ascending. */
  public static List<Candle> fold(
      StreamKey stream, Intervals mine, SortedMap<Long, Trade> run, long nowMs) {
    TreeMap<Long, CandleBuilder> folds = new TreeMap<>();
    for (Trade trade : run.values()) {
      long open = stream.timeframe().floor(trade.timeMs());
      if (mine.contains(open)) {
        CandleBuilder fold = folds.get(open);
        if (fold == null) {
          folds.put(open, new CandleBuilder(trade));
        } else {
          fold.add(trade);
        }
      }
    }
    List<Candle> candles = new ArrayList<>();
    folds.forEach(
        (open, fold) ->
            candles.add(fold.candle(stream, open, Evidence.REST_TRADES, "rest", nowMs)));
    return candles;
  }

  /**
   * The trades in runs without a missing id, ascending. A trade whose time lies further back than
   * any may be late is a run of its own: beside it the premises do not hold.
   */
  public static List<NavigableMap<Long, Trade>> runs(NavigableMap<Long, Trade> trades) {
    List<NavigableMap<Long, Trade>> runs = new ArrayList<>();
    long from = 0;
    long last = NEVER;
    long latestMs = NEVER;
    boolean wasOdd = false;
    for (Trade trade : trades.values()) {
      boolean odd = trade.timeMs() < latestMs - LATE_MS;
      if (odd || wasOdd || trade.id() != last + 1) {
        if (last != NEVER) {
          runs.add(trades.subMap(from, true, last, true));
        }
        from = trade.id();
      }
      last = trade.id();
      wasOdd = odd;
      latestMs = Math.max(latestMs, trade.timeMs());
    }
    if (last != NEVER) {
      runs.add(trades.subMap(from, true, last, true));
    }
    return runs;
  }

  /** The whole intervals all of whose trades are in the run. */
  private static Intervals reach(
      Timeframe timeframe, NavigableMap<Long, Trade> run, Pages pages, Ends ends) {
    long low = lowMs(run, ends);
    long high = highMs(run, pages, ends);
    long from = low == NEVER ? timeframe.floor(NEVER) : timeframe.ceil(low);
    long to = timeframe.floor(high);
    return from < to ? Intervals.of(from, to) : Intervals.empty();
  }

  /** From then on (epoch ms, inclusive) every trade up to the run's last id is in the run. */
  public static long lowMs(NavigableMap<Long, Trade> run, Ends ends) {
    if (run.firstKey() == ends.firstId()) {
      return NEVER;
    }
    long first = run.firstEntry().getValue().timeMs() + LATE_MS;
    if (run.size() < WITNESSES) {
      return first;
    }
    long three =
        run.values().stream().limit(WITNESSES).mapToLong(Trade::timeMs).max().orElse(ALWAYS);
    return Math.min(first, three + ends.graceMs() + 1);
  }

  /** Until then (epoch ms, exclusive) every trade from the run's first id on is in the run. */
  public static long highMs(NavigableMap<Long, Trade> run, Pages pages, Ends ends) {
    long[] latest = run.values().stream().mapToLong(Trade::timeMs).sorted().toArray();
    long high = latest[latest.length - 1] - LATE_MS;
    if (pages == Pages.ONE_BY_TIME && latest.length >= WITNESSES) {
      high = Math.max(high, latest[latest.length - WITNESSES] - ends.graceMs());
    }
    for (Map.Entry<Long, Long> end : ends.lastIdAt().entrySet()) {
      if (end.getValue() >= run.firstKey() && end.getValue() <= run.lastKey()) {
        high = Math.max(high, end.getKey());
      }
    }
    return high;
  }
}
