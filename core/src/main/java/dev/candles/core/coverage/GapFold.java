package dev.candles.core.coverage;

import dev.candles.core.candle.Timeframe;

/**
 * Folds the gaps of a stream into a {@link GapSummary} while its change log is read, in the order
 * of its numbers. Memory follows what is open, the newest day or two, and days: a gap that has
 * ended, and that nothing to come can belong to, is only counted.
 *
 * <p>How far the stream will be looked at is not known yet. A gap of more than a day before the
 * newest that the log tells of is taken to lie within; {@link #isBeyond} tells whether that was
 * wrong.
 */
public final class GapFold {
  private static final int FIRST_FOLD = 1024;
  private static final long DAY_MS = Timeframe.D1.millis();

  private final long toMs;
  private final GapLog log;
  private final GapSummary.Builder summary;
  private final int mostKept;
  private int foldAt;
  private long overMs = Long.MIN_VALUE + DAY_MS;
  private long settledMs = Long.MIN_VALUE;

  /**
   * @param fromMs what ends by then is not looked at, epoch ms, UTC
   * @param toMs what ends later may not be looked at, epoch ms, UTC; {@link Long#MAX_VALUE} if
   *     nobody knows
   */
  public GapFold(long fromMs, long toMs) {
    this(fromMs, toMs, FIRST_FOLD, new GapSummary.Builder());
  }

  GapFold(long fromMs, long toMs, int mostKept, GapSummary.Builder summary) {
    this.toMs = toMs;
    this.log = new GapLog(fromMs);
    this.summary = summary;
    this.mostKept = mostKept;
    this.foldAt = mostKept;
  }

  /** Takes the row with the next number. */
  public void take(CoverageRow row) {
    overMs = Math.max(overMs, Math.min(row.toMs(), row.atMs()));
    log.take(row);
    if (log.closed() >= foldAt) {
      for (GapRecord gap : log.drain(Math.min(toMs, overMs - DAY_MS), row.atMs())) {
        settledMs = Math.max(settledMs, gap.toMs());
        summary.add(gap);
      }
      foldAt = Math.max(mostKept, 2 * log.closed());
    }
  }

  /** Whether something was counted that does not end by {@code toMs} (epoch ms, UTC). */
  public boolean isBeyond(long toMs) {
    return settledMs > toMs;
  }

  /** The gaps within an account, when no row is to come; to be asked once. */
  public GapSummary end(StreamAccount account) {
    log.end(account).forEach(summary::add);
    return summary.build();
  }

  /** How many gaps, pieces and days are kept: what memory follows. */
  int size() {
    return log.closed() + log.open() + summary.size();
  }
}
