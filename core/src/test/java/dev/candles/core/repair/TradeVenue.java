package dev.candles.core.repair;

import dev.candles.core.candle.Trade;
import dev.candles.core.proof.TradeEvidence.Ends;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.function.ToLongFunction;

/** The pages of trades of a tape, by id or by time; some are cut, empty or lack a trade. */
final class TradeVenue {
  private static final int FOR_EVER = 3_000;

  private final List<Trade> byId;
  private final List<Trade> byTime;
  private final int pageRows;
  private final boolean pagesById;
  private SplittableRandom random = new SplittableRandom(0);
  private int lieOneIn;

  /** The venue's stamp of a trade, epoch ns, UTC. */
  ToLongFunction<Trade> stampNs = trade -> trade.timeMs() * 1_000_000;

  /** Whether it leaves out what happened at the very time asked for, less one nanosecond. */
  boolean exclusive;

  /** A walk that has ended. */
  record Walked(TradeWalk walk, TradeFetch.Reading reading, int requests) {
    @Override
    public String toString() {
      var trades = walk.trades();
      return "requests=%d proven=%s trades=%d first=%s last=%s"
          .formatted(
              requests, reading.proven(), trades.size(), trades.firstEntry(), trades.lastEntry());
    }
  }

  TradeVenue(List<Trade> tape, int pageRows, boolean pagesById) {
    this.byId = tape.stream().sorted(Comparator.comparingLong(Trade::id)).toList();
    this.byTime =
        tape.stream()
            .sorted(Comparator.comparingLong(Trade::timeMs).thenComparingLong(Trade::id))
            .toList();
    this.pageRows = pageRows;
    this.pagesById = pagesById;
  }

  /** One page in so many is a lie; none if zero. */
  void lieOneIn(int pages, SplittableRandom seed) {
    lieOneIn = pages;
    random = seed;
  }

  Walked walk(TradeFetch span, Ends ends) {
    TradeWalk walk = new TradeWalk(span, span.ends(ends));
    for (int requests = 1; requests < FOR_EVER; requests++) {
      List<Trade> page =
          new ArrayList<>(pagesById ? below(walk.below(pageRows)) : sinceNs(walk.sinceNs()));
      lie(page);
      long latestNs = page.stream().mapToLong(stampNs).max().orElse(TradePage.UNSAID);
      Collections.shuffle(page, new Random(random.nextLong()));
      boolean goesOn = walk.take(page, latestNs);
      TradeFetch.Reading reading = span.read(walk, span.hole().toMs());
      if (reading.whole() || !goesOn) {
        return new Walked(walk, reading, requests);
      }
    }
    throw new AssertionError("walks for ever");
  }

  List<Trade> below(long id) {
    int to = at(byId, id, Trade::id);
    return byId.subList(Math.max(0, to - pageRows), to);
  }

  List<Trade> since(long timeMs) {
    return sinceNs(timeMs * 1_000_000);
  }

  private List<Trade> sinceNs(long timeNs) {
    int from = at(byTime, exclusive ? timeNs : timeNs - 1, stampNs);
    return byTime.subList(from, Math.min(byTime.size(), from + pageRows));
  }

  private static int at(List<Trade> trades, long from, ToLongFunction<Trade> key) {
    int low = 0;
    int high = trades.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (key.applyAsLong(trades.get(middle)) < from) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private void lie(List<Trade> page) {
    if (lieOneIn == 0 || page.isEmpty() || random.nextInt(lieOneIn) > 0) {
      return;
    }
    int half = (page.size() + 1) / 2;
    switch (random.nextInt(4)) {
      case 0 -> page.clear();
      case 1 -> page.subList(half, page.size()).clear();
      case 2 -> page.subList(0, page.size() / 2).clear();
      default -> page.remove(random.nextInt(page.size()));
    }
  }
}
