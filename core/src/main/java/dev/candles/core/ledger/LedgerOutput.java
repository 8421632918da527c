package dev.candles.core.ledger;

import dev.candles.core.candle.Candle;
import dev.candles.core.coverage.CoverageRow;
import dev.candles.core.coverage.IntervalState;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.feed.AcceptedEvent;

/** Where {@link Ledger} sends what it has decided, in the order of its decisions. */
public interface LedgerOutput {
  /** The first version of a candle, to be written. */
  void written(Candle candle);

  /** A later version, to be written beside the first; it carries its number. */
  void revised(Candle candle);

  /** What changed, for larger timeframes. */
  void accepted(AcceptedEvent event);

  /** A row of the coverage change log, to be written. */
  void coverage(CoverageRow row);

  /** So many more intervals are in a state, MISSING aside; fewer if below zero. */
  void counted(IntervalState state, long intervals);

  /** All intervals that are missing now; told when they change, and at the announcement. */
  void missing(Intervals intervals);

  /** A repeat of what is known. */
  void repeated(Candle candle);

  /** What is known was read twice and holds. */
  void confirmed(Candle candle);

  /** A version that differs and is not believed over the one that is kept. */
  void disagreed(Candle candle);
}
