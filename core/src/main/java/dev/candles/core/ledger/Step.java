package dev.candles.core.ledger;

import dev.candles.core.candle.Evidence;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.coverage.CoverageRow;
import dev.candles.core.coverage.IntervalState;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.coverage.Reason;
import org.jspecify.annotations.Nullable;

/** One event, or one hour, of one stream, and the rows of coverage that it leads to. */
record Step(StreamCoverage states, LedgerStore store, long nowMs, LedgerOutput out) {
  Step(StreamKey stream, LedgerStore store, long nowMs, LedgerOutput out) {
    this(new StreamCoverage(stream, store), store, nowMs, out);
  }

  StreamKey stream() {
    return states.stream();
  }

  void closeMissing(Intervals finals) {
    Intervals closed = store.missingIntervals().intersect(finals);
    rows(closed, IntervalState.FINAL, Reason.NONE, null);
  }

  /** Writes one row per run. */
  void rows(Intervals runs, IntervalState to, Reason reason, @Nullable Evidence evidence) {
    for (int i = 0; i < runs.count(); i++) {
      row(runs.from(i), runs.to(i), to, reason, evidence);
    }
    if (!runs.isEmpty()) {
      Intervals missing = store.missingIntervals();
      Intervals left = to == IntervalState.MISSING ? missing.union(runs) : missing.minus(runs);
      store.putMissing(left);
      out.missing(left);
    }
  }

  void row(long fromMs, long toMs, IntervalState to, Reason reason, @Nullable Evidence evidence) {
    long seq = CoverageRow.seqAfter(store.lastSeq());
    store.seq().put(seq);
    out.coverage(new CoverageRow(stream(), fromMs, toMs, to, reason, evidence, seq, nowMs));
  }
}
