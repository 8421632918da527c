package dev.candles.sources.venue;

import dev.candles.core.candle.Candle;
import dev.candles.core.candle.Trade;
import dev.candles.core.feed.OneLine;
import dev.candles.core.feed.Reject;
import java.util.List;

/**
 * What a venue's answer means.
 *
 * @param outcome whether it is an answer at all
 * @param candles closed candles, ascending by open time, each open time once
 * @param forming open times (epoch ms, UTC), ascending, of rows that are there but not closed or
 *     not believed: neither a candle nor a proof of silence
 * @param silent open times (epoch ms, UTC), ascending, of intervals in which nothing happened by
 *     the venue's own word; disjoint from the candles and the forming ones
 * @param trades where the page is one of trades, all of them, ascending by id; none if one of its
 *     rows is not believed
 * @param rejects rows that are impossible
 * @param waitMs market milliseconds that the venue asked to wait, or its own penalty; 0 if none
 * @param error what is wrong, empty if nothing is
 */
public record RestAnswer(
    Outcome outcome,
    List<Candle> candles,
    List<Long> forming,
    List<Long> silent,
    List<Trade> trades,
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
    /** Anything else: HTML, an empty body, a server error. Tried again later. */
    FAILED
  }

  public static RestAnswer rows(List<Candle> candles, List<Long> forming, List<Reject> rejects) {
    return rows(candles, forming, List.of(), List.of(), rejects);
  }

  public static RestAnswer rows(
      List<Candle> candles,
      List<Long> forming,
      List<Long> silent,
      List<Trade> trades,
      List<Reject> rejects) {
    return new RestAnswer(Outcome.ROWS, candles, forming, silent, trades, rejects, 0, "");
  }

  public static RestAnswer throttled(long waitMs, String error) {
    return new RestAnswer(
        Outcome.THROTTLED, List.of(), List.of(), List.of(), List.of(), List.of(), waitMs, error);
  }

  public static RestAnswer unknownSymbol(String error) {
    return new RestAnswer(
        Outcome.UNKNOWN_SYMBOL, List.of(), List.of(), List.of(), List.of(), List.of(), 0, error);
  }

  public static RestAnswer failed(String error, List<Reject> rejects) {
    return new RestAnswer(
        Outcome.FAILED, List.of(), List.of(), List.of(), List.of(), rejects, 0, error);
  }
}
