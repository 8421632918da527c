package dev.candles.core.repair;

import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.coverage.Reason;
import java.util.Optional;

/**
 * The open intervals of one stream and UTC day, and how far their repair has come. Repair goes in
 * sweeps from the newest interval to the oldest, one page at a time; {@code cursorMs} is where the
 * sweep stands. An immutable value, kept as the state of the backfill operator.
 *
 * @param missing open intervals as flat ranges, see {@link Intervals#toArray}
 * @param reason why they were found missing
 * @param cursorMs intervals before it are still to be asked in this sweep, epoch ms, UTC
 * @param progress whether this sweep has settled anything
 * @param bare whether an answer of this sweep had no row at all while intervals were left
 * @param attempts sweeps and failures in a row that settled nothing
 * @param nextTryMs market time before which nothing is asked, epoch ms; 0 for at once
 * @param quiet what was left by the sweeps since {@code quietSinceMs}, all alike
 * @param quietSweeps how many sweeps in a row left exactly that
 * @param quietSinceMs market time of the first of them, epoch ms
 * @param givenUp whether its intervals are unrecoverable and only asked for once a day
 */
@SuppressWarnings("ArrayRecordComponent") // flat, and nobody compares gaps
public record OpenGap(
    StreamKey stream,
    long dayMs,
    long[] missing,
    Reason reason,
    long cursorMs,
    boolean progress,
    boolean bare,
    int attempts,
    long nextTryMs,
    long[] quiet,
    int quietSweeps,
    long quietSinceMs,
    boolean givenUp) {

  private static final int[] PADS = {1, 5, 30, 100};

  /** A gap that nobody has asked for yet. */
  public static OpenGap fresh(StreamKey stream, long dayMs, Intervals missing, Reason reason) {
    return new OpenGap(
        stream,
        dayMs,
        missing.toArray(),
        reason,
        endOf(dayMs),
        false,
        false,
        0,
        0,
        new long[0],
        0,
        0,
        false);
  }

  /** Intervals that were given up: asked for again at {@code nextTryMs}. */
  public static OpenGap givenUp(StreamKey stream, long dayMs, Intervals missing, long nextTryMs) {
    return new OpenGap(
        stream,
        dayMs,
        missing.toArray(),
        Reason.NO_PROOF,
        endOf(dayMs),
        false,
        false,
        0,
        nextTryMs,
        new long[0],
        0,
        0,
        true);
  }

  /** The key of this gap among all gaps of its venue. */
  public String key() {
    return key(stream, dayMs);
  }

  /** The key of the gap of a stream and day. */
  public static String key(StreamKey stream, long dayMs) {
    return stream.id() + "@" + dayMs;
  }

  /** The open intervals. */
  public Intervals open() {
    return Intervals.fromArray(missing);
  }

  /** Whether nothing is open any more. */
  public boolean isDone() {
    return missing.length == 0;
  }

  /** The same gap with other open intervals; asked for at once if some are new. */
  public OpenGap withOpen(Intervals open) {
    boolean more = !open.minus(open()).isEmpty();
    return new OpenGap(
        stream,
        dayMs,
        open.toArray(),
        reason,
        more ? endOf(dayMs) : cursorMs,
        progress,
        bare,
        attempts,
        more ? 0 : nextTryMs,
        quiet,
        quietSweeps,
        quietSinceMs,
        givenUp && !more);
  }

  /** The same gap, not asked for before {@code timeMs}, after a failure or a refusal. */
  public OpenGap failedUntil(long timeMs) {
    return new OpenGap(
        stream,
        dayMs,
        missing,
        reason,
        cursorMs,
        progress,
        bare,
        attempts + 1,
        timeMs,
        quiet,
        quietSweeps,
        quietSinceMs,
        givenUp);
  }

  /**
   * The next page of the sweep, or empty if the sweep has reached the oldest interval.
   *
   * @param pageRows most rows that one answer holds
   * @param settledToMs intervals that end later are not asked for yet, epoch ms, UTC
   */
  public Optional<Page> nextPage(int pageRows, long settledToMs) {
    long endMs = stream.timeframe().floor(Math.min(cursorMs, settledToMs));
    Intervals left = open().intersect(Intervals.of(dayMs, Math.max(dayMs, endMs)));
    if (left.isEmpty()) {
      return Optional.empty();
    }
    long step = stream.timeframe().millis();
    int pad = Math.min(PADS[Math.min(attempts, PADS.length - 1)], Math.max(1, (pageRows - 1) / 3));
    long to = left.to(left.count() - 1);
    long from = Math.max(left.from(0), to - Math.max(1, pageRows - 2L * pad) * step);
    Intervals wanted = left.intersect(Intervals.of(from, to));
    long first = wanted.from(0);
    return Optional.of(new Page(wanted, first - pad * step, to + pad * step));
  }

  /** Intervals that a venue's answer cannot settle yet, because they end after that time. */
  public Intervals young(long settledToMs) {
    return open().minus(Intervals.of(Math.min(dayMs, settledToMs), settledToMs));
  }

  /**
   * When to ask for it (market time, epoch ms): not before its oldest interval has settled.
   *
   * @param settleMs market milliseconds from an interval's end until its row is believed
   */
  public long dueMs(long settleMs) {
    return isDone() || settleMs == 0
        ? nextTryMs
        : Math.max(nextTryMs, missing[0] + stream.timeframe().millis() + settleMs);
  }

  /** One request: what is wanted, and the wider range that is asked for (epoch ms, UTC). */
  public record Page(Intervals wanted, long askFromMs, long askToMs) {
    /** Open time of the oldest interval wanted. */
    long firstMs() {
      return wanted.from(0);
    }
  }

  static long endOf(long dayMs) {
    return dayMs + Timeframe.D1.millis();
  }
}
