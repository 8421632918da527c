package dev.candles.core.finality;

import dev.candles.core.candle.Candle;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.feed.CompletedInterval;
import dev.candles.core.feed.EmptyInterval;
import dev.candles.core.feed.MissingTrades;
import dev.candles.core.proof.TradeEvidence;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Joins the folds of a stream by trade id. A fold is final when its first trade follows the last
 * one joined, or when the process that folded it saw the trade before. Between two folds whose ids
 * are adjacent there was no trade. Pure: the caller keeps the frontier (open time of the first
 * interval that the live path has not accounted for) and the last joint as its state.
 */
public final class TradeJoin {
  /** Holes of more trades are left to the venue's candles. */
  private static final long MOST_IDS = 10_000;

  private TradeJoin() {}

  /**
   * How far the chain of ids reaches.
   *
   * @param toMs end of the last interval joined, epoch ms, UTC
   * @param lastId the venue's id of the last trade before it
   */
  public record Joint(long toMs, long lastId) {}

  /**
   * What is to be done.
   *
   * @param frontierMs the new frontier, epoch ms, UTC
   * @param joint the new joint, null if there is none
   * @param gap intervals that turned out to be missing; each is named once
   * @param empty intervals proven silent; they may have been named missing before
   * @param pass whether the fold's candle is final
   * @param hole where the chain was broken, what lies between its ends; null if it was not
   */
  public record Step(
      long frontierMs,
      @Nullable Joint joint,
      Intervals gap,
      Intervals empty,
      boolean pass,
      @Nullable MissingTrades hole) {}

  /**
   * The joint that the lake's newest candle with trade ids is, null if there is none.
   *
   * @param held ascending by open time
   */
  public static @Nullable Joint of(List<Candle> held) {
    for (int i = held.size() - 1; i >= 0; i--) {
      Long lastId = held.get(i).lastTradeId();
      if (lastId != null) {
        return new Joint(held.get(i).endTimeMs(), lastId);
      }
    }
    return null;
  }

  /**
   * A fold arrived.
   *
   * @throws NullPointerException if it carries no trade ids
   */
  public static Step fold(long frontierMs, @Nullable Joint joint, CompletedInterval fold) {
    Candle candle = fold.candle();
    long firstId = Objects.requireNonNull(candle.firstTradeId());
    long lastId = Objects.requireNonNull(candle.lastTradeId());
    if (joint != null && candle.openTimeMs() < joint.toMs()) {
      return new Step(
          frontierMs, joint, Intervals.empty(), Intervals.empty(), fold.openedHere(), null);
    }
    Joint next = new Joint(candle.endTimeMs(), lastId);
    if (joint != null && firstId == joint.lastId() + 1) {
      Intervals silent = Intervals.of(joint.toMs(), candle.openTimeMs());
      return step(frontierMs, next, silent, candle.openTimeMs(), true, null);
    }
    if (fold.openedHere()) {
      MissingTrades hole = hole(joint, candle.openTimeMs(), firstId);
      return step(frontierMs, next, Intervals.empty(), candle.openTimeMs(), true, hole);
    }
    MissingTrades hole = hole(joint, candle.endTimeMs(), lastId + 1);
    return unjoined(frontierMs, candle.endTimeMs(), hole);
  }

  /** A silent interval of length {@code stepMs} arrived. */
  public static Step quiet(
      long frontierMs, @Nullable Joint joint, long endMs, long stepMs, EmptyInterval quiet) {
    if (joint != null && endMs <= joint.toMs()) {
      return new Step(frontierMs, joint, Intervals.empty(), Intervals.empty(), false, null);
    }
    Joint next = new Joint(endMs, quiet.lastTradeId());
    if (joint != null && joint.lastId() == quiet.lastTradeId()) {
      Intervals silent = Intervals.of(joint.toMs(), endMs);
      return step(frontierMs, next, silent, endMs - stepMs, false, null);
    }
    if (!quiet.openedHere()) {
      return unjoined(frontierMs, endMs, hole(joint, endMs, quiet.lastTradeId() + 1));
    }
    long knownMs = endMs - stepMs;
    MissingTrades hole = hole(joint, knownMs, quiet.lastTradeId() + 1);
    return step(frontierMs, next, Intervals.of(knownMs, endMs), knownMs, false, hole);
  }

  /**
   * Nothing vouches for the interval: the first trade that this process saw may be a late one, so
   * trades of smaller ids may be of later intervals too, and nothing can be joined to it.
   */
  private static Step unjoined(long frontierMs, long endMs, @Nullable MissingTrades hole) {
    Intervals doubtful = Intervals.of(frontierMs, Math.max(frontierMs, endMs));
    long reachedMs = Math.max(frontierMs, endMs);
    return new Step(reachedMs, null, doubtful, Intervals.empty(), false, hole);
  }

  /** What lies between the joint and an interval that does not follow it; null if nothing can. */
  private static @Nullable MissingTrades hole(@Nullable Joint joint, long toMs, long beforeId) {
    return joint == null || joint.toMs() >= toMs || joint.lastId() + 1 >= beforeId
        ? null
        : new MissingTrades(joint.toMs(), toMs, joint.lastId(), beforeId);
  }

  /**
   * What to ask for where the chain of ids was broken: the hole itself if it is small and recent,
   * else only the last intervals before it, of which a late trade may lie in the hole.
   */
  static MissingTrades asked(MissingTrades hole, long stepMs, boolean recent) {
    if (recent && hole.ids() <= MOST_IDS) {
      return hole;
    }
    return before(hole.fromMs(), hole.afterId(), stepMs);
  }

  /** The intervals before a time that a trade with that id may be of, if it was late. */
  static MissingTrades before(long toMs, long tradeId, long stepMs) {
    return MissingTrades.near(toMs - Math.max(stepMs, TradeEvidence.LATE_MS), toMs, tradeId);
  }

  /** Everything from the frontier to the joint's end is accounted for, if only as a gap. */
  private static Step step(
      long frontierMs,
      Joint next,
      Intervals silent,
      long doubtfulToMs,
      boolean pass,
      @Nullable MissingTrades hole) {
    Intervals doubtful = Intervals.of(frontierMs, Math.max(frontierMs, doubtfulToMs));
    long reachedMs = Math.max(frontierMs, next.toMs());
    return new Step(reachedMs, next, doubtful.minus(silent), silent, pass, hole);
  }
}
