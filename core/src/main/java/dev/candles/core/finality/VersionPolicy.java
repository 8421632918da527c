package dev.candles.core.finality;

import dev.candles.core.candle.Candle;
import dev.candles.core.candle.CandleCheck;
import dev.candles.core.candle.Evidence;
import dev.candles.core.candle.FlatRow;
import dev.candles.core.coverage.IntervalState;
import org.jspecify.annotations.Nullable;

/**
 * Decides what becomes of a candle, given what is known of its interval. Between differing versions
 * evidence decides, never arrival: the number of trades where both are made of trades, else rank.
 * Pure.
 */
public final class VersionPolicy {
  private VersionPolicy() {}

  /**
   * The verdict on a candle.
   *
   * @param state state of the interval so far, null if it has none
   * @param known the current version, of silence too; null if it is too old to be remembered
   */
  public static Verdict judge(
      @Nullable IntervalState state, @Nullable Version known, Candle candle) {
    if (state != IntervalState.FINAL && FlatRow.matches(candle)) {
      return silence(state, candle);
    }
    Version arrived = Version.of(candle);
    if (state == IntervalState.VERIFIED_EMPTY && known != null) {
      return moreTrades(arrived, known) > 0 || replaces(arrived, known)
          ? new Verdict.Accept()
          : new Verdict.Disagreement();
    }
    if (state != IntervalState.FINAL) {
      return new Verdict.Accept();
    }
    if (known == null || known.same(arrived)) {
      return new Verdict.Duplicate();
    }
    long more = moreTrades(arrived, known);
    if (more < 0 && isPart(arrived, known)) {
      return new Verdict.Disagreement();
    }
    boolean isBetter = more > 0 || replaces(arrived, known);
    return isBetter && known.revision() < CandleCheck.MOST_REVISION
        ? new Verdict.Revision(known.revision() + 1)
        : new Verdict.Disagreement();
  }

  /**
   * Whether trades by id prove a version that was none of theirs: from then on it holds as they do,
   * so that fewer trades, which lack a late one, do not take its place.
   */
  public static boolean isProof(Version ofTrades, Version known) {
    return isOfTrades(ofTrades.evidence())
        && !isOfTrades(known.evidence())
        && known.same(ofTrades)
        && replaces(ofTrades, known);
  }

  /**
   * A row of which the lake holds none is not written to say that nobody traded. Where it holds a
   * candle of the interval that cannot be withdrawn: then such a row is a version like any other.
   */
  private static Verdict silence(@Nullable IntervalState state, Candle row) {
    return state == IntervalState.VERIFIED_EMPTY
        ? new Verdict.Duplicate()
        : new Verdict.Silence(FlatRow.evidence(row));
  }

  /**
   * Of two versions made of trades by id the one with more of them holds, whichever came first: the
   * other lacks a late one, or was read before it could be.
   *
   * @return how many more of them {@code arrived} has; 0 if that decides nothing
   */
  private static long moreTrades(Version arrived, Version known) {
    Long count = arrived.trades().count();
    Long before = known.trades().count();
    return isOfTrades(arrived.evidence())
            && isOfTrades(known.evidence())
            && count != null
            && before != null
        ? count - before
        : 0;
  }

  /** Whether {@code arrived} begins later or ends sooner: it was cut, nothing was withdrawn. */
  private static boolean isPart(Version arrived, Version known) {
    return isLess(known.trades().firstId(), arrived.trades().firstId())
        || isLess(arrived.trades().lastId(), known.trades().lastId());
  }

  private static boolean isLess(@Nullable Long one, @Nullable Long other) {
    return one != null && other != null && one < other;
  }

  private static boolean isOfTrades(Evidence evidence) {
    return evidence == Evidence.TRADE_CHAIN || evidence == Evidence.REST_TRADES;
  }

  /**
   * All trades by contiguous ids are the strongest proof that a candle is whole: the venue's REST
   * candle, read once or twice, does not replace what they have made, whichever came first; trades
   * that were fetched again do. Equal rank replaces only where the later word is the better one:
   * two REST reads that agree, and a rollup, which ranks as its parts and changes only when a part
   * was revised.
   */
  private static boolean replaces(Version arrived, Version known) {
    Evidence before = known.evidence();
    Evidence now = arrived.evidence();
    if (isOfTrades(before)) {
      return now == Evidence.VENUE_FLAG
          || (now == Evidence.REST_TRADES && before == Evidence.TRADE_CHAIN);
    }
    if (isOfTrades(now)) {
      return before == Evidence.REST || before == Evidence.REST_TWICE;
    }
    return now.rank() > before.rank()
        || (now == before && (now == Evidence.REST_TWICE || now == Evidence.ROLLUP));
  }
}
