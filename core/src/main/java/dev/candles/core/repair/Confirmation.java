package dev.candles.core.repair;

import dev.candles.core.candle.StreamKey;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.feed.RepairEvent;
import java.util.Optional;

/**
 * The intervals of a base stream that wait for REST to confirm them; no gap as long as they do. An
 * immutable value, kept as operator state, at most half an hour and a settle time of intervals. It
 * has at least one.
 *
 * @param waiting the intervals as flat ranges, see {@link Intervals#toArray}
 * @param tries answers in a row that left open what was asked for
 * @param nextTryMs market time before which nothing is asked, epoch ms
 */
@SuppressWarnings("ArrayRecordComponent") // flat, and nobody compares these
public record Confirmation(StreamKey stream, long[] waiting, int tries, long nextTryMs) {
  /** So long after it could first be asked for an interval is a gap (market time). */
  public static final long WITHIN_MS = 1_800_000;

  /** How long an interval must have settled, so that a market that trades has a newer row. */
  static final long SHOWN_MS = 5_000;

  /** A stream is not asked again sooner: what ends meanwhile is asked for on the same page. */
  private static final long APART_MS = 60_000;

  private static final int MAX_DOUBLINGS = 2;

  /**
   * What of an announced range is young enough to be confirmed, so that it is no gap: whether it
   * was waited for before a restart does not matter.
   */
  static Intervals among(RepairEvent.Announced announced, RepairProfile profile) {
    if (!profile.confirms()) {
      return Intervals.empty();
    }
    return Intervals.fromArray(announced.missing())
        .minus(overdue(announced.toMs(), profile.askAfterMs()));
  }

  /** What waits in vain by the end {@code toMs} (epoch ms, UTC) of a stream's newest interval. */
  static Intervals overdue(long toMs, long askAfterMs) {
    return Intervals.before(toMs - askAfterMs - WITHIN_MS);
  }

  /** The intervals. */
  Intervals intervals() {
    return Intervals.fromArray(waiting);
  }

  /** The same with other intervals; empty without any. */
  Optional<Confirmation> with(Intervals intervals) {
    return intervals.isEmpty()
        ? Optional.empty()
        : Optional.of(new Confirmation(stream, intervals.toArray(), tries, nextTryMs));
  }

  /**
   * When to ask (market time, epoch ms): not before the oldest interval has settled.
   *
   * @param askAfterMs see {@link RepairProfile#askAfterMs}
   */
  long dueMs(long askAfterMs) {
    return Math.max(nextTryMs, waiting[0] + stream.timeframe().millis() + askAfterMs + SHOWN_MS);
  }

  /**
   * The page to ask for: the oldest of what has settled, as much as one answer holds, wider on both
   * sides, the more so the less earlier answers proved. Empty if nothing has settled.
   *
   * @param margin see {@link RowLimit#margin}
   * @param settledToMs intervals that end later are not asked for yet, epoch ms, UTC
   * @param wholeMs see {@link GapState#nextPage}
   */
  Optional<GapState.Page> page(int pageRows, int margin, long settledToMs, long wholeMs) {
    long step = stream.timeframe().millis();
    long wish = GapState.pad(tries, margin);
    long below = Math.min(wish, pageRows / 3);
    long above = Math.min(Math.max(wish, GapState.newerRows(wholeMs, step)), pageRows / 3);
    long from = waiting[0];
    long most = from + Math.max(1, pageRows - below - above) * step;
    long to = Math.min(most, stream.timeframe().floor(settledToMs));
    if (to <= from) {
      return Optional.empty();
    }
    Intervals wanted = intervals().intersect(Intervals.of(from, to));
    long end = wanted.to(wanted.count() - 1);
    return Optional.of(new GapState.Page(wanted, from - below * step, end + above * step));
  }

  /**
   * What still waits after an answer; empty if nothing does.
   *
   * @param settled what the answer has proven
   * @param left what it speaks of and has not
   */
  Optional<Confirmation> answered(Intervals settled, Intervals left, long nowMs) {
    int times = left.isEmpty() ? 0 : settled.isEmpty() ? tries + 1 : 1;
    long waitMs = APART_MS << Math.min(Math.max(0, times - 1), MAX_DOUBLINGS);
    return new Confirmation(stream, waiting, times, times == 0 ? 0 : nowMs + waitMs)
        .with(intervals().minus(settled));
  }

  /** The same, not asked for before {@code timeMs}. */
  Confirmation postponed(long timeMs) {
    return new Confirmation(stream, waiting, tries, timeMs);
  }
}
