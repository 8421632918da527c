package dev.candles.core.finality;

import dev.candles.core.candle.Evidence;

/** What the ledger does with a candle that arrives. */
public sealed interface Verdict {
  /** The first version: write it. */
  record Accept() implements Verdict {}

  /** Nobody traded, by the venue's own row: the interval is empty, and nothing is written. */
  record Silence(Evidence evidence) implements Verdict {}

  /** Known already: count it. */
  record Duplicate() implements Verdict {}

  /** A differing version that is current from now on: write it as this revision. */
  record Revision(int number) implements Verdict {}

  /** A differing version that is not believed over the one that is kept: count it. */
  record Disagreement() implements Verdict {}
}
