package dev.candles.core.repair;

import dev.candles.core.candle.Market;
import dev.candles.core.candle.StreamKey;
import java.util.Optional;

/** A venue as its repair sees it: facts, and questions as descriptions. Sends nothing itself. */
public interface RepairVenue {

  /** The facts. */
  RepairProfile profile();

  /**
   * Rows of one answer are believed where their interval ends at or before the result (epoch ms);
   * {@link Long#MAX_VALUE} for all of them.
   *
   * @param saidMs what the answer says it is of, epoch ms, or {@link
   *     dev.candles.core.proof.AnswerAge#UNSAID}
   * @param newestMs see {@link RestAnswer#newestMs}
   */
  long settledToMs(long saidMs, long newestMs);

  /**
   * A request for the candles of a page, or for its newest part, as {@link RestQuery#fromMs} tells:
   * an interval of it is wanted, and the rest becomes the next page.
   *
   * @param nowMs the venue's time, epoch ms
   */
  RestQuery candles(StreamKey stream, Market market, GapState.Page page, long nowMs);

  /**
   * A request for the next page of trades of a span; empty where the venue's REST has none.
   *
   * @param walk says where to ask next
   */
  Optional<RestQuery> trades(Market market, TradeFetch span, TradeWalk walk);
}
