package dev.candles.sources.replay;

import dev.candles.core.candle.Candle;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.coverage.IntervalState;
import dev.candles.core.finality.Arbiter;
import dev.candles.core.finality.Verdict;
import dev.candles.core.finality.Version;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What becomes of a candle that is believed: the first of its interval, a repeat, or another
 * version, as {@link Arbiter} has it.
 */
final class Judge {
  /** Versions are remembered so many intervals back, over all markets. */
  private static final int MAX_KNOWN = 200_000;

  private record Interval(StreamKey stream, long openTimeMs) {}

  private final ReplayLines lines;
  private final Map<Interval, Version> known =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Interval, Version> eldest) {
          return size() > MAX_KNOWN;
        }
      };

  Judge(ReplayLines lines) {
    this.lines = lines;
  }

  void believed(Candle candle) {
    Interval interval = new Interval(candle.stream(), candle.openTimeMs());
    Version before = known.get(interval);
    IntervalState state = before == null ? null : IntervalState.FINAL;
    Verdict verdict = Arbiter.judge(state, before, candle);
    if (verdict instanceof Verdict.Accept) {
      accept(interval, candle);
    } else if (verdict instanceof Verdict.Revision revision) {
      accept(interval, candle.withRevision(revision.number()));
    } else if (verdict instanceof Verdict.Duplicate) {
      lines.count("duplicate_candle", 1);
    } else {
      doubtful(candle);
    }
  }

  /** A version that differs from the one that was believed: the collector would ask again. */
  void doubtful(Candle candle) {
    lines.count("disagreement", 1);
    lines.formingCandle(candle);
  }

  private void accept(Interval interval, Candle candle) {
    known.put(interval, Version.of(candle));
    lines.finalCandle(candle);
  }
}
