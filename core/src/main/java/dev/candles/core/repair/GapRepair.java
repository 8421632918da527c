package dev.candles.core.repair;

import dev.candles.core.coverage.Intervals;
import dev.candles.core.coverage.Reason;
import dev.candles.core.repair.OpenGap.Page;
import java.util.Arrays;

/**
 * What an answer means for a gap: what is settled, what is asked next and when. Pure.
 *
 * <p>Where nothing else proves it, two sweeps an hour apart that leave exactly the same intervals,
 * each with rows around them, prove them silent. Three sweeps over a day that prove nothing give
 * them up; they are still asked for once a day.
 */
public final class GapRepair {
  /** Two equal answers this far apart prove silence (market time). */
  public static final long TWICE_APART_MS = 3_600_000;

  /** Answers that prove nothing over this long give an interval up (market time). */
  public static final long GIVE_UP_AFTER_MS = 86_400_000;

  private static final int GIVE_UP_SWEEPS = 3;
  private static final long RETRY_BASE_MS = 2_000;
  private static final long RETRY_CAP_MS = 300_000;

  private GapRepair() {}

  /**
   * The outcome of one answer.
   *
   * @param gap the gap from now on; done if nothing is open any more
   * @param emptyTwice intervals proven silent by two equal answers
   * @param unrecoverable intervals given up now
   * @param why the reason for giving them up
   */
  public record Outcome(OpenGap gap, Intervals emptyTwice, Intervals unrecoverable, Reason why) {}

  /**
   * Takes in the proof of the answer to {@code page}.
   *
   * @param listedAtMs when the market was listed, epoch ms; 0 if unknown
   * @param settledToMs intervals that end later cannot be settled yet, epoch ms
   * @param nowMs market time, epoch ms
   */
  public static Outcome answered(
      OpenGap gap,
      Page page,
      Proof proof,
      boolean anyRow,
      long listedAtMs,
      long settledToMs,
      long nowMs) {
    Intervals settled = page.wanted().minus(proof.left());
    OpenGap next =
        new OpenGap(
            gap.stream(),
            gap.dayMs(),
            gap.open().minus(settled).toArray(),
            gap.reason(),
            page.firstMs(),
            gap.progress() || !settled.isEmpty(),
            gap.bare() || (!anyRow && !proof.left().isEmpty()),
            gap.attempts(),
            0,
            gap.quiet(),
            gap.quietSweeps(),
            gap.quietSinceMs(),
            gap.givenUp());
    boolean sweepGoesOn = next.nextPage(Integer.MAX_VALUE, settledToMs).isPresent();
    if (next.isDone() || sweepGoesOn) {
      return new Outcome(next, Intervals.empty(), Intervals.empty(), Reason.NONE);
    }
    if (!next.young(settledToMs).isEmpty()) {
      return new Outcome(
          waiting(next, settledToMs, nowMs), Intervals.empty(), Intervals.empty(), Reason.NONE);
    }
    return sweepEnded(next, listedAtMs, nowMs);
  }

  /** When a gap is asked for again after a failed request (market time, epoch ms). */
  public static long afterFailure(OpenGap gap, long nowMs) {
    return nowMs + delay(gap, gap.attempts() + 1);
  }

  private static Outcome sweepEnded(OpenGap gap, long listedAtMs, long nowMs) {
    Intervals left = gap.open();
    Intervals unlisted =
        gap.bare() && listedAtMs > gap.dayMs()
            ? left.intersect(Intervals.of(gap.dayMs(), listedAtMs))
            : Intervals.empty();
    if (!unlisted.isEmpty()) {
      return new Outcome(
          restart(gap, left.minus(unlisted), nowMs),
          Intervals.empty(),
          unlisted,
          Reason.BEFORE_LISTING);
    }
    boolean same = Arrays.equals(gap.quiet(), gap.missing());
    long quietFor = same ? nowMs - gap.quietSinceMs() : 0;
    if (same && !gap.bare() && quietFor >= TWICE_APART_MS) {
      return new Outcome(
          restart(gap, Intervals.empty(), nowMs), left, Intervals.empty(), Reason.NONE);
    }
    OpenGap next = restart(gap, left, nowMs);
    boolean hopeless = next.quietSweeps() >= GIVE_UP_SWEEPS && quietFor >= GIVE_UP_AFTER_MS;
    if (!hopeless) {
      return new Outcome(next, Intervals.empty(), Intervals.empty(), Reason.NONE);
    }
    OpenGap later = OpenGap.givenUp(gap.stream(), gap.dayMs(), left, nowMs + GIVE_UP_AFTER_MS);
    Intervals news = gap.givenUp() ? Intervals.empty() : left;
    return new Outcome(later, Intervals.empty(), news, Reason.NO_PROOF);
  }

  /** A sweep that could not ask for everything yet proves nothing about what it left. */
  private static OpenGap waiting(OpenGap gap, long settledToMs, long nowMs) {
    boolean onlyYoung = gap.young(settledToMs).equals(gap.open());
    OpenGap next = restart(gap, gap.open(), nowMs);
    return new OpenGap(
        next.stream(),
        next.dayMs(),
        next.missing(),
        next.reason(),
        next.cursorMs(),
        false,
        false,
        onlyYoung ? 0 : next.attempts(),
        onlyYoung ? 0 : next.nextTryMs(),
        new long[0],
        0,
        0,
        next.givenUp());
  }

  private static OpenGap restart(OpenGap gap, Intervals left, long nowMs) {
    boolean same = Arrays.equals(gap.quiet(), left.toArray());
    int attempts = gap.progress() ? 1 : gap.attempts() + 1;
    long nextTry = gap.givenUp() ? nowMs + GIVE_UP_AFTER_MS : nowMs + delay(gap, attempts);
    return new OpenGap(
        gap.stream(),
        gap.dayMs(),
        left.toArray(),
        gap.reason(),
        OpenGap.endOf(gap.dayMs()),
        false,
        false,
        attempts,
        nextTry,
        left.toArray(),
        same ? gap.quietSweeps() + 1 : 1,
        same ? gap.quietSinceMs() : nowMs,
        gap.givenUp());
  }

  private static long delay(OpenGap gap, int attempts) {
    return RetryDelay.of(attempts, RETRY_BASE_MS, RETRY_CAP_MS, gap.key().hashCode());
  }
}
