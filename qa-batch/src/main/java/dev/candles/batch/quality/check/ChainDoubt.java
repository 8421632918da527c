package dev.candles.batch.quality.check;

import dev.candles.core.proof.TradeEvidence;
import java.util.Comparator;
import java.util.List;

/**
 * A break in a chain of ids, and the ids that it is about. A trade that was published late has its
 * id among those of later candles, however many lie between, and on either side of midnight: then
 * the candles that share the ids with each other hold each of them once, and nothing is broken.
 *
 * @param doubt what it is, if no minute is missing there
 * @param firstId the lowest id
 * @param lastId the highest id; below the lowest where no other candle can explain it
 */
public record ChainDoubt(ConditionalFinding doubt, long firstId, long lastId) {
  /** Candles further away share no ids with it: two trades may each be so late. */
  static final long NEAR_MS = 2 * TradeEvidence.LATE_MS;

  /** One that no other candle can explain. */
  static ChainDoubt certain(ConditionalFinding doubt) {
    return new ChainDoubt(doubt, 0, -1);
  }

  /** Whether it opens within {@link #NEAR_MS} of a time, epoch ms, UTC. */
  public boolean isNear(long timeMs) {
    return Math.abs(doubt.finding().openTimeMs() - timeMs) <= NEAR_MS;
  }

  /** Whether these candles hold each of its ids once, and each that they share with each other. */
  public boolean isExplainedBy(List<TradeSpan> spans) {
    if (firstId > lastId) {
      return false;
    }
    List<TradeSpan> near =
        spans.stream()
            .filter(span -> isNear(span.openMs()))
            .sorted(Comparator.comparingLong(TradeSpan::firstId))
            .toList();
    long fromId = firstId;
    long toId = lastId;
    for (boolean grows = true; grows; ) {
      grows = false;
      for (TradeSpan span : near) {
        if (span.meets(fromId, toId) && (span.firstId() < fromId || span.lastId() > toId)) {
          fromId = Math.min(fromId, span.firstId());
          toId = Math.max(toId, span.lastId());
          grows = true;
        }
      }
    }
    return addUp(near, fromId, toId);
  }

  private static boolean addUp(List<TradeSpan> ascending, long fromId, long toId) {
    long reachedId = fromId - 1;
    long trades = 0;
    for (TradeSpan span : ascending) {
      if (span.meets(fromId, toId)) {
        if (span.trades() == TradeSpan.UNTOLD || span.firstId() > reachedId + 1) {
          return false;
        }
        reachedId = Math.max(reachedId, span.lastId());
        trades += span.trades();
      }
    }
    return reachedId == toId && trades == toId - fromId + 1;
  }
}
