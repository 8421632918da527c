package dev.candles.qa.check;

import dev.candles.core.candle.Candle;
import dev.candles.core.candle.Evidence;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Check 9: candle n+1 begins with the id after the last one of candle n. Trades may lie a little
 * across an interval's end, so candles whose ids overlap are counted together: as many trades as
 * ids. Ids missing between two candles that were both rebuilt by id do not exist.
 *
 * <p>Whether minutes between two candles are proven empty is not known here: what depends on it is
 * a {@link Doubt}.
 */
public final class ChainCheck {
  private final Day day;
  private final List<Doubt> doubts = new ArrayList<>();
  private @Nullable Candle last;
  private @Nullable Candle first;
  private boolean firstHasIds;
  private boolean lastHasIds;
  private long minId;
  private long maxId;
  private long trades;
  private boolean countable;
  private long clusterOpenMs;
  private long pairs;
  private long without;

  private ChainCheck(Day day) {
    this.day = day;
  }

  /** The chain of a day of the base timeframe. */
  public static Chain of(Day day) {
    ChainCheck check = new ChainCheck(day);
    for (Candle candle : day.current()) {
      check.take(candle);
    }
    return check.end();
  }

  private void take(Candle candle) {
    Long firstId = candle.firstTradeId();
    Long lastId = candle.lastTradeId();
    Candle before = last;
    boolean blurred = before != null && unsoundBetween(before, candle);
    boolean hasIds = firstId != null && lastId != null;
    if (before == null) {
      firstHasIds = hasIds;
    }
    if (firstId == null || lastId == null) {
      without += before == null ? 0 : 1;
      countable = false;
    } else if (before == null || !lastHasIds || blurred) {
      without += before == null ? 0 : 1;
      begin(candle, firstId, lastId, false);
    } else {
      pairs++;
      follow(before, candle, firstId, lastId);
    }
    if (hasIds && first == null) {
      first = candle;
    }
    last = candle;
    lastHasIds = hasIds;
  }

  private void follow(Candle before, Candle candle, long firstId, long lastId) {
    if (firstId == maxId + 1) {
      count();
      begin(candle, firstId, lastId, true);
    } else if (firstId > maxId + 1) {
      if (!rebuilt(before) || !rebuilt(candle)) {
        String value = "ids %d to %d are missing".formatted(maxId + 1, firstId - 1);
        doubt(Kind.CHAIN_HOLE, candle.openTimeMs(), value, before.endTimeMs());
      }
      begin(candle, firstId, lastId, false);
    } else if (lastId < minId) {
      String value = "id %d after %d".formatted(firstId, maxId);
      doubt(Kind.CHAIN_BACK, candle.openTimeMs(), value, candle.openTimeMs());
      begin(candle, firstId, lastId, false);
    } else {
      minId = Math.min(minId, firstId);
      maxId = Math.max(maxId, lastId);
      add(candle);
    }
  }

  private void begin(Candle candle, long firstId, long lastId, boolean joined) {
    minId = firstId;
    maxId = lastId;
    trades = 0;
    countable = joined;
    clusterOpenMs = candle.openTimeMs();
    add(candle);
  }

  private void add(Candle candle) {
    Long count = candle.tradeCount();
    trades += count == null ? 0 : count;
    countable &= count != null && candle.evidence() == Evidence.TRADE_CHAIN;
  }

  /** Between two clean joints there are as many trades as ids. */
  private void count() {
    if (countable && trades != maxId - minId + 1) {
      String value = "%d trades with ids %d to %d".formatted(trades, minId, maxId);
      doubt(Kind.CHAIN_COUNT, clusterOpenMs, value, clusterOpenMs);
    }
  }

  private static boolean rebuilt(Candle candle) {
    return candle.evidence() == Evidence.REST_TRADES;
  }

  private boolean unsoundBetween(Candle before, Candle candle) {
    long step = day.partition().stream().timeframe().millis();
    for (long open = before.endTimeMs(); open < candle.openTimeMs(); open += step) {
      if (!day.isSound(open)) {
        return true;
      }
    }
    return false;
  }

  private void doubt(Kind kind, long openMs, String value, long neededFromMs) {
    String stream = day.partition().stream().id();
    long[] needed = neededFromMs < openMs ? new long[] {neededFromMs, openMs} : new long[0];
    doubts.add(
        new Doubt(new Finding(kind, stream, day.fileOf(openMs), openMs, value), stream, needed));
  }

  private Chain end() {
    Candle begin = first;
    Candle finish = last;
    if (begin == null || finish == null) {
      return Chain.NONE;
    }
    Long firstId = begin.firstTradeId();
    return new Chain(
        begin.openTimeMs(),
        firstId == null ? 0 : firstId,
        finish.openTimeMs(),
        maxId,
        day.fileOf(finish.openTimeMs()),
        firstHasIds && lastHasIds && day.edgesAreSound(),
        rebuilt(begin),
        rebuilt(finish),
        pairs,
        without,
        doubts);
  }
}
