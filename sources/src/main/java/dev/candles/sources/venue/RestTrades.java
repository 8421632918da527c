package dev.candles.sources.venue;

import dev.candles.core.candle.Trade;
import dev.candles.core.feed.Reject;
import java.util.Comparator;
import java.util.List;

/**
 * What a venue's answer to a request for trades means.
 *
 * @param outcome whether it is an answer at all
 * @param trades ascending by id, each id once
 * @param rejects rows that are impossible: then the trades do not hold everything in between
 * @param error what is wrong, empty if nothing is
 */
public record RestTrades(
    RestAnswer.Outcome outcome, List<Trade> trades, List<Reject> rejects, String error) {

  /**
   * The trades that were read on the way to {@code answer}.
   *
   * @param trades in any order, each id once
   */
  public static RestTrades of(RestAnswer answer, List<Trade> trades) {
    List<Trade> sorted = trades.stream().sorted(Comparator.comparingLong(Trade::id)).toList();
    return new RestTrades(answer.outcome(), sorted, answer.rejects(), answer.error());
  }
}
