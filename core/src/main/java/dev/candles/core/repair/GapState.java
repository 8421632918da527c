package dev.candles.core.repair;

import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.coverage.Reason;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The open intervals of one stream and UTC day, and how far their repair has come. Repair goes in
 * sweeps from the newest interval to the oldest, one page at a time; {@code cursorMs} is where the
 * sweep stands. An immutable value, kept as the state of the backfill operator. Sets are flat
 * ranges, see {@link Intervals#toArray}.
 *
 * @param missing open intervals
 * @param reason why they were found missing
 * @param cursorMs intervals before it are still to be asked in this sweep, but for {@code
 *     sweepLeft}, epoch ms, UTC
 * @param progress whether an answer of this sweep was progress, see {@link GapRepair}
 * @param sweepLeft what complete answers of this sweep left open
 * @param attempts sweeps and failures in a row without progress
 * @param nextTryMs market time before which nothing is asked, epoch ms; 0 for at once
 * @param stuck what every sweep since then left open, with its start and their number
 * @param givenUp whether its intervals are unrecoverable and only asked for once a day
 */
@SuppressWarnings("ArrayRecordComponent") // flat, and nobody compares gaps
public record GapState(
    StreamKey stream,
    long dayMs,
    long[] missing,
    Reason reason,
    long cursorMs,
    boolean progress,
    long[] sweepLeft,
    int attempts,
    long nextTryMs,
    Lasting stuck,
    boolean givenUp) {

  /**
   * How many intervals a page is wider on each side, sweep after sweep that proves nothing of one
   * near it: at least so many that a row is newer than the newest wanted one has settled.
   */
  static final int[] PADS = {3, 5, 30, 100};

  /** What was asked for in vain for long does not make new intervals wait as long. */
  private static final int MOST_INHERITED = 5;

  private static final long[] NOTHING = {};

  /**
   * Intervals that complete sweeps named one after the other, whatever else they named.
   *
   * @param set the intervals
   * @param sweeps how many sweeps in a row
   * @param sinceMs market time of the first of them, epoch ms
   */
  @SuppressWarnings("ArrayRecordComponent") // flat, and nobody compares these
  public record Lasting(long[] set, int sweeps, long sinceMs) {
    private static final long MOST_LASTING_MS = 2 * GapRepair.GIVE_UP_AFTER_MS;
    static final Lasting NEVER = new Lasting(NOTHING, 0, 0);

    /**
     * After one more sweep that named {@code left}: what was asked for again and not named is out.
     * A sweep in which some were not asked for, because a page failed or the sweep began anew, says
     * nothing of the others. What is new is not in, and does not make the others younger; where it
     * stays for long, all begin anew.
     *
     * @param open everything that is still open, asked for or not
     */
    Lasting and(Intervals left, Intervals open, long nowMs) {
      Intervals both = Intervals.fromArray(set).intersect(open);
      if (!both.minus(left).isEmpty()) {
        return new Lasting(both.toArray(), sweeps, sinceMs);
      }
      boolean anew = both.isEmpty() || (!both.equals(left) && nowMs - sinceMs >= MOST_LASTING_MS);
      return anew
          ? new Lasting(left.toArray(), left.isEmpty() ? 0 : 1, nowMs)
          : new Lasting(both.toArray(), sweeps + 1, sinceMs);
    }

    /** The intervals. */
    Intervals intervals() {
      return Intervals.fromArray(set);
    }
  }

  /** A gap that nobody has asked for yet. */
  public static GapState fresh(StreamKey stream, long dayMs, Intervals missing, Reason reason) {
    return new GapState(
        stream,
        dayMs,
        aligned(stream, missing).toArray(),
        reason,
        endOf(dayMs),
        false,
        NOTHING,
        0,
        0,
        Lasting.NEVER,
        false);
  }

  /** Intervals that were given up: asked for again at {@code nextTryMs}. */
  public static GapState givenUp(StreamKey stream, long dayMs, Intervals missing, long nextTryMs) {
    return fresh(stream, dayMs, missing, Reason.NO_PROOF)
        .changed(
            gap -> {
              gap.nextTryMs = nextTryMs;
              gap.givenUp = true;
            });
  }

  /** What of a gap may change; stream, day and reason stay. */
  static final class Draft {
    long[] missing;
    long cursorMs;
    boolean progress;
    long[] sweepLeft;
    int attempts;
    long nextTryMs;
    Lasting stuck;
    boolean givenUp;

    private Draft(GapState gap) {
      missing = gap.missing;
      cursorMs = gap.cursorMs;
      progress = gap.progress;
      sweepLeft = gap.sweepLeft;
      attempts = gap.attempts;
      nextTryMs = gap.nextTryMs;
      stuck = gap.stuck;
      givenUp = gap.givenUp;
    }
  }

  /** The same gap but for what {@code change} sets: the only way to copy one. */
  GapState changed(Consumer<Draft> change) {
    Draft draft = new Draft(this);
    change.accept(draft);
    return new GapState(
        stream,
        dayMs,
        draft.missing,
        reason,
        draft.cursorMs,
        draft.progress,
        draft.sweepLeft,
        draft.attempts,
        draft.nextTryMs,
        draft.stuck,
        draft.givenUp);
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

  /** End of the newest open interval, epoch ms, UTC; the start of the day if none is open. */
  public long endMs() {
    return missing.length == 0 ? dayMs : missing[missing.length - 1];
  }

  /** Whether nothing is open any more. */
  public boolean isDone() {
    return missing.length == 0;
  }

  /** The same gap with other open intervals; a new sweep begins at once if some are new. */
  public GapState withOpen(Intervals open) {
    boolean more = !open.minus(open()).isEmpty();
    boolean swept = unasked(open, cursorMs).isEmpty();
    return withMoreInVain(open)
        .changed(
            gap -> {
              if (more || swept) {
                gap.cursorMs = endOf(dayMs);
                gap.sweepLeft = NOTHING;
              }
              if (more) {
                gap.attempts = Math.min(attempts, MOST_INHERITED);
                gap.nextTryMs = 0;
                gap.givenUp = false;
              }
            });
  }

  /** The same gap with more that REST was asked for in vain already: it waits as long as before. */
  GapState withMoreInVain(Intervals open) {
    return changed(gap -> gap.missing = aligned(stream, open).toArray());
  }

  /** The same gap, not asked for before {@code timeMs}; nobody is to blame. */
  public GapState postponed(long timeMs) {
    return changed(gap -> gap.nextTryMs = timeMs);
  }

  /** After a page that failed: it is passed over in this sweep, so that it blocks no other. */
  public GapState failed(Page page, long nextTryMs) {
    boolean older = !unasked(open(), page.firstMs()).isEmpty();
    return changed(
        gap -> {
          gap.cursorMs = older ? page.firstMs() : endOf(dayMs);
          gap.sweepLeft = older ? sweepLeft : NOTHING;
          gap.attempts = attempts + 1;
          gap.nextTryMs = nextTryMs;
        });
  }

  /**
   * The next page of the sweep, or empty if the sweep has reached the oldest interval.
   *
   * @param pageRows most rows that one answer holds
   * @param settledToMs intervals that end later are not asked for yet, epoch ms, UTC
   * @param wholeMs so long after its end an interval is not read again (market milliseconds; 0 for
   *     never): the answer must reach so far to show that it was made later
   */
  public Optional<Page> nextPage(int pageRows, long settledToMs, long wholeMs) {
    return nextPage(pageRows, pageRows, settledToMs, wholeMs);
  }

  /**
   * The same, never wider than {@code margin} intervals on a side because of what was in vain: an
   * answer that is cut must hold what is wanted.
   */
  Optional<Page> nextPage(int pageRows, int margin, long settledToMs, long wholeMs) {
    long endMs = stream.timeframe().floor(Math.min(cursorMs, settledToMs));
    Intervals left = unasked(open(), endMs);
    if (left.isEmpty()) {
      return Optional.empty();
    }
    long step = stream.timeframe().millis();
    long to = left.to(left.count() - 1);
    Intervals near = left.intersect(Intervals.of(to - (long) pageRows * step, to));
    boolean inVain = !near.intersect(stuck.intervals()).isEmpty();
    int wish = pad(inVain ? stuck.sweeps() : 0, margin);
    long below = Math.min(wish, pageRows / 3); // none where so few rows are asked for
    long above = Math.min(Math.max(wish, newerRows(wholeMs, step)), pageRows / 3);
    long from = Math.max(left.from(0), to - Math.max(1, pageRows - below - above) * step);
    Intervals wanted = left.intersect(Intervals.of(from, to));
    long first = wanted.from(0);
    return Optional.of(new Page(wanted, first - below * step, to + above * step));
  }

  /** What of some intervals before {@code endMs} this sweep is still to ask for. */
  private Intervals unasked(Intervals some, long endMs) {
    return some.intersect(Intervals.of(dayMs, Math.max(dayMs, endMs)))
        .minus(Intervals.fromArray(sweepLeft));
  }

  /**
   * How many intervals a page is wider on each side.
   *
   * @param inVain how often it was asked in vain
   * @param margin most of them, if that is not too few at all
   */
  static int pad(int inVain, int margin) {
    return Math.min(PADS[Math.min(inVain, PADS.length - 1)], Math.max(margin, PADS[0]));
  }

  /** Rows behind an interval among which one shows, in a market that trades, that it is old. */
  static long newerRows(long wholeMs, long stepMs) {
    return wholeMs == 0 ? 0 : (wholeMs + stepMs - 1) / stepMs + PADS[0];
  }

  /** The same gap at the start of a sweep, for what has not settled yet: no attempt was made. */
  GapState anew() {
    return changed(
        gap -> {
          gap.cursorMs = endOf(dayMs);
          gap.progress = false;
          gap.sweepLeft = NOTHING;
          gap.attempts = 0;
          gap.nextTryMs = 0;
        });
  }

  /**
   * The same gap as if no sweep had begun or ended yet; when it is asked for stays. For a state of
   * builds that took what no answer had reached for asked in vain.
   */
  public GapState unswept() {
    return changed(
        gap -> {
          gap.cursorMs = endOf(dayMs);
          gap.progress = false;
          gap.sweepLeft = NOTHING;
          gap.stuck = Lasting.NEVER;
        });
  }

  /** Whole intervals that a venue's answer cannot settle yet, because they end after that time. */
  public Intervals young(long settledToMs) {
    long oldToMs = Math.max(dayMs, stream.timeframe().floor(settledToMs));
    return open().minus(Intervals.of(dayMs, oldToMs));
  }

  /**
   * When to ask for it (market time, epoch ms): not before its oldest interval is over and has
   * settled. A native candle around lost minutes may be of an hour that still runs.
   *
   * @param settleMs market milliseconds from an interval's end until its row is believed
   */
  public long dueMs(long settleMs) {
    return isDone()
        ? nextTryMs
        : Math.max(nextTryMs, missing[0] + stream.timeframe().millis() + settleMs);
  }

  /** One request: what is wanted, and the wider range that is asked for (epoch ms, UTC). */
  public record Page(Intervals wanted, long askFromMs, long askToMs) {
    /** All of {@code [fromMs, toMs)} is wanted, and nothing beside it. */
    public static Page of(long fromMs, long toMs) {
      return new Page(Intervals.of(fromMs, toMs), fromMs, toMs);
    }

    /** What of it opens at {@code fromMs} (epoch ms, UTC) or later. */
    Page since(long fromMs) {
      return fromMs <= askFromMs
          ? this
          : new Page(wanted.intersect(Intervals.of(fromMs, askToMs)), fromMs, askToMs);
    }

    /** Whether some of {@code others} is newer than all that is wanted. */
    boolean isBelow(Intervals others) {
      return !others.isEmpty() && others.to(others.count() - 1) > endMs();
    }

    /** How many intervals of {@code stepMs} are asked for. */
    int rows(long stepMs) {
      return (int) ((askToMs - askFromMs) / stepMs);
    }

    /** End of the newest interval wanted. */
    public long endMs() {
      return wanted.to(wanted.count() - 1);
    }

    /** Open time of the oldest interval wanted. */
    public long firstMs() {
      return wanted.from(0);
    }
  }

  static long endOf(long dayMs) {
    return dayMs + Timeframe.D1.millis();
  }

  private static Intervals aligned(StreamKey stream, Intervals set) {
    for (int i = 0; i < set.count(); i++) {
      if (!stream.timeframe().aligned(set.from(i)) || !stream.timeframe().aligned(set.to(i))) {
        throw new IllegalArgumentException("no whole intervals: stream=" + stream + ", set=" + set);
      }
    }
    return set;
  }
}
