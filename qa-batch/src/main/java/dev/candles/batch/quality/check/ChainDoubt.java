package dev.candles.batch.quality.check;

import dev.candles.core.proof.TradeEvidence;

/**
 * A break in a chain of ids, and the ids that it is about. A trade that was published late has its
 * id among those of later candles, however many lie between, and on either side of midnight: then
 * the candles that share the ids with each other hold each of them once, and nothing is broken.
 *
 * @param doubt what it is, if no minute is missing there
 * @param sinceMs open time of the candle from which on it is broken, epoch ms, UTC
 * @param firstId the lowest id
 * @param lastId the highest id; below the lowest where no other candle can explain it
 */
public record ChainDoubt(ConditionalFinding doubt, long sinceMs, long firstId, long lastId) {
  /** Candles further away share no ids with it: two trades may each be so late. */
  static final long NEAR_MS = 2 * TradeEvidence.LATE_MS;

  /** One in the candle that it is told of. */
  static ChainDoubt in(ConditionalFinding doubt, long firstId, long lastId) {
    return new ChainDoubt(doubt, doubt.finding().openTimeMs(), firstId, lastId);
  }

  /** One that no other candle can explain. */
  static ChainDoubt certain(ConditionalFinding doubt) {
    return in(doubt, 0, -1);
  }

  boolean isExplainable() {
    return firstId <= lastId;
  }

  /** Whether it lies within {@link #NEAR_MS} of a time, epoch ms, UTC. */
  public boolean isNear(long timeMs) {
    return timeMs >= sinceMs - NEAR_MS && timeMs <= doubt.finding().openTimeMs() + NEAR_MS;
  }
}
