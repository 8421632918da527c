package dev.candles.sources.venue;

import dev.candles.core.candle.Evidence;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.finality.TradeAggregator;
import dev.candles.core.proof.AnswerAge;
import dev.candles.core.proof.Silence;
import dev.candles.core.proof.TradeEvidence;
import dev.candles.core.repair.RestAnswer;
import java.io.Serializable;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

/**
 * The facts of a venue as a table; each is a default that configuration may override.
 *
 * @param name the venue's name in configuration, paths and logs
 * @param webSocket default address of the feed
 * @param rest default base address of REST
 * @param waits how long what is waited for
 * @param finality who says that an interval is over
 * @param proofs what its answers prove
 * @param pageRows most rows that one REST answer holds
 * @param budgets request budgets by name
 * @param limits connection limits
 */
public record VenueProfile(
    String name,
    URI webSocket,
    URI rest,
    Waits waits,
    Finality finality,
    Proofs proofs,
    int pageRows,
    Map<String, Budget> budgets,
    Limits limits)
    implements Serializable {

  /**
   * The same facts with the feed and REST elsewhere. An address of neither a path nor a query gets
   * the venue's own path; any other is left as it is.
   */
  public VenueProfile at(URI otherWebSocket, URI otherRest) {
    return new VenueProfile(
        name,
        address(otherWebSocket, webSocket),
        address(otherRest, rest),
        waits,
        finality,
        proofs,
        pageRows,
        budgets,
        limits);
  }

  private static URI address(URI other, URI own) {
    boolean bare = other.getRawPath().isEmpty() || other.getRawPath().equals("/");
    return bare && other.getRawQuery() == null ? other.resolve(own.getRawPath()) : other;
  }

  /**
   * Rows of one of its REST answers are believed where their interval ends at or before the result
   * (epoch ms, UTC); {@link Long#MAX_VALUE} for all of them.
   *
   * @param saidMs what the answer says it is of, epoch ms, UTC, or {@link AnswerAge#UNSAID}
   * @param newestMs see {@link RestAnswer#newestMs}
   */
  public long settledToMs(long saidMs, long newestMs) {
    if (finality == Finality.VENUE_FLAG) {
      return AnswerAge.confirmedToMs(saidMs); // the venue's own closing word
    }
    return newestMs == Long.MAX_VALUE
        ? Long.MAX_VALUE // trades prove by their ids
        : AnswerAge.settledToMs(saidMs, newestMs, waits.settle().toMillis());
  }

  /** Who says that an interval is over. */
  public enum Finality {
    /** The venue marks its candles closed. */
    VENUE_FLAG(Evidence.VENUE_FLAG),
    /** Contiguous trade ids, or the venue's own statement of its last id. */
    TRADE_CHAIN(Evidence.TRADE_CHAIN),
    /** Neither: the feed only shows that a market lives, REST confirms what has settled. */
    REST_CONFIRMED(Evidence.REST);

    private final Evidence evidence;

    Finality(Evidence evidence) {
      this.evidence = evidence;
    }

    /** The evidence of what the live path makes final. */
    public Evidence evidence() {
      return evidence;
    }
  }

  /**
   * What a venue's answers prove.
   *
   * @param silence what proves that nobody traded
   * @param firstTradeId the id of a market's first trade; {@link TradeEvidence.Ends#UNKNOWN} if it
   *     may be any
   * @param depth how far back they reach, market time; zero without bound
   */
  public record Proofs(Silence silence, long firstTradeId, Duration depth)
      implements Serializable {}

  /**
   * How long what is waited for, market time; what waits for a live link is never shorter than a
   * real second.
   *
   * @param close after an interval's end its closing word is missing
   * @param settle after an interval's end a REST row of it is not believed before
   * @param audit what REST has repaired sooner after its end is read once more then; zero for never
   * @param trades how long trades are waited for, where intervals are folded from them
   */
  public record Waits(Duration close, Duration settle, Duration audit, TradeWaits trades)
      implements Serializable {
    /**
     * So long after an interval's end (market milliseconds) an answer can show that it has settled:
     * by a row that opens no sooner. Rows open with intervals, so what is asked before is asked in
     * vain.
     */
    public long askAfterMs() {
      return Timeframe.BASE.ceil(settle.toMillis());
    }
  }

  /**
   * How long trades are waited for, market time.
   *
   * @param grace a later id may lie so much before an earlier one; stamps of the venue are compared
   *     with each other here, so it is not stretched at high speed
   * @param patience without a later trade, a passed end is trusted after so long
   * @param hole missing ids are waited for so long
   */
  public record TradeWaits(Duration grace, Duration patience, Duration hole)
      implements Serializable {
    /** Where no trades are folded. */
    public static final TradeWaits NONE =
        new TradeWaits(Duration.ZERO, Duration.ZERO, Duration.ZERO);

    /** The same in market milliseconds, none of them stretched. */
    public TradeAggregator.Waits millis() {
      return new TradeAggregator.Waits(grace.toMillis(), patience.toMillis(), hole.toMillis());
    }
  }

  /**
   * At most {@code requests} within any window of that length (market time).
   *
   * @param penalty market time to wait after a refusal that names none
   */
  public record Budget(int requests, Duration window, Duration penalty) implements Serializable {}

  /**
   * Limits of the feed; durations are market time.
   *
   * @param marketsPerConnection most markets on one connection
   * @param connectInterval least time between two connection attempts of this venue
   * @param messageInterval least time between two messages that we send on one connection
   * @param silence a subscription without any row for longer is asked for again; zero where a quiet
   *     market sends nothing, so that silence alone is no error
   * @param pingAfter a ping is sent after this long without a frame; zero if the venue wants none
   * @param pongWithin the connection is dropped when a ping is not answered within
   * @param ping the message that is a ping, empty if none
   * @param maxFrameBytes larger frames end the connection
   */
  public record Limits(
      int marketsPerConnection,
      Duration connectInterval,
      Duration messageInterval,
      Duration silence,
      Duration pingAfter,
      Duration pongWithin,
      String ping,
      int maxFrameBytes)
      implements Serializable {
    /** Of a venue's own limits: whether rows come of a market in which nobody trades, too. */
    public boolean sendsQuietRows() {
      return !silence.isZero();
    }
  }
}
