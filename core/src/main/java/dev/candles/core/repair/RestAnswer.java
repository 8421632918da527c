package dev.candles.core.repair;

import dev.candles.core.candle.Candle;
import dev.candles.core.candle.FlatRow;
import dev.candles.core.candle.Trade;
import dev.candles.core.feed.Reject;
import dev.candles.text.OneLine;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a venue's answer means.
 *
 * @param outcome whether it is an answer at all
 * @param candles closed rows, ascending by open time, each open time once: candles, and each {@link
 *     FlatRow}
 * @param forming open times (epoch ms, UTC), ascending, of rows that are there but not closed or
 *     not believed: neither a candle nor a proof of silence
 * @param silent open times (epoch ms, UTC), ascending, of intervals without a row of which trades
 *     by id prove that nobody traded; disjoint from the candles and the forming ones
 * @param newestMs open time (epoch ms, UTC) of the newest row of the answer, asked for or not,
 *     closed or not: the answer is not older; {@link Long#MIN_VALUE} where there is none, {@link
 *     Long#MAX_VALUE} where its age does not matter
 * @param page the trades that could be read, where they were asked for; also of an unreadable page
 * @param reach of which intervals it speaks, as far as the venue's decoder can tell
 * @param rejects rows that are impossible
 * @param waitMs market milliseconds that the venue asked to wait, or its own penalty; 0 if none
 * @param error what is wrong, empty if nothing is
 */
public record RestAnswer(
    Outcome outcome,
    List<Candle> candles,
    List<Long> forming,
    List<Long> silent,
    long newestMs,
    TradePage page,
    AnswerReach reach,
    List<Reject> rejects,
    long waitMs,
    String error) {

  /** Makes the venue's words fit for a log. */
  public RestAnswer {
    error = OneLine.of(error);
  }

  /** The kinds of answers. */
  public enum Outcome {
    /** Rows, possibly none. */
    ROWS,
    /** Too many requests: the wait is in {@code waitMs}. */
    THROTTLED,
    /** The venue does not know the symbol. */
    UNKNOWN_SYMBOL,
    /**
     * The venue's own page with a row that could be of any interval, or of any trade: it proves
     * nothing. The venue is well, and asked at once it would say the same.
     */
    UNREADABLE,
    /** Anything else: HTML, an empty body, a server error. Tried again later. */
    FAILED
  }

  public static RestAnswer rows(List<Candle> candles, List<Long> forming, List<Reject> rejects) {
    long newest =
        Stream.concat(candles.stream().map(Candle::openTimeMs), forming.stream())
            .mapToLong(Long::longValue)
            .max()
            .orElse(Long.MIN_VALUE);
    return rows(candles, forming, List.of(), newest, TradePage.NONE, rejects);
  }

  public static RestAnswer rows(
      List<Candle> candles,
      List<Long> forming,
      List<Long> silent,
      long newestMs,
      TradePage page,
      List<Reject> rejects) {
    return new RestAnswer(
        Outcome.ROWS, candles, forming, silent, newestMs, page, AnswerReach.ALL, rejects, 0, "");
  }

  public static RestAnswer throttled(long waitMs, String error) {
    return none(Outcome.THROTTLED, TradePage.NONE, List.of(), waitMs, error);
  }

  public static RestAnswer unknownSymbol(String error) {
    return none(Outcome.UNKNOWN_SYMBOL, TradePage.NONE, List.of(), 0, error);
  }

  public static RestAnswer failed(String error, List<Reject> rejects) {
    return none(Outcome.FAILED, TradePage.NONE, rejects, 0, error);
  }

  /** The venue says that it cannot answer now, and is to be left alone for {@code waitMs}. */
  public static RestAnswer busy(long waitMs, String error) {
    return none(Outcome.FAILED, TradePage.NONE, List.of(), waitMs, error);
  }

  /** A page some of whose rows could be anything. */
  public static RestAnswer unreadable(String error, TradePage page, List<Reject> rejects) {
    return none(Outcome.UNREADABLE, page, rejects, 0, error);
  }

  private static RestAnswer none(
      Outcome outcome, TradePage page, List<Reject> rejects, long waitMs, String error) {
    return new RestAnswer(
        outcome,
        List.of(),
        List.of(),
        List.of(),
        Long.MIN_VALUE,
        page,
        AnswerReach.ALL,
        rejects,
        waitMs,
        error);
  }

  /** The same, but it speaks of less. */
  public RestAnswer reaching(AnswerReach less) {
    return new RestAnswer(
        outcome, candles, forming, silent, newestMs, page, less, rejects, waitMs, error);
  }

  /** The trades of a whole page, else none: what cannot be read may lie between any two. */
  public List<Trade> trades() {
    return page.whole() ? page.trades() : List.of();
  }
}
