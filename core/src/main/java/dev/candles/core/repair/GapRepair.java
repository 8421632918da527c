package dev.candles.core.repair;

import dev.candles.core.coverage.Intervals;
import dev.candles.core.coverage.Reason;
import dev.candles.core.repair.GapState.Lasting;
import dev.candles.core.repair.GapState.Page;

/**
 * What an answer means for a gap: what is settled, what is asked next and when. Pure.
 *
 * <p>Three complete sweeps over a day that prove nothing give intervals up; they are still asked
 * for once a day. What is older than the venue keeps ({@link KeptHistory}) is given up by the first
 * complete sweep that leaves it open. A page that the venue sends and nobody can read proves
 * nothing and is an answer, though no word about when the market was listed; one that never came,
 * or came from somebody else, is none, and so is one for what lies beyond its rows, see {@link
 * AnswerReach}. Before a listing that {@link FirstRows} shows two answers without a row are enough.
 */
public final class GapRepair {
  /**
   * Answers that prove nothing over this long give an interval up (market time), by our clock and
   * by the {@code Date} of the last.
   */
  public static final long GIVE_UP_AFTER_MS = 86_400_000;

  /**
   * Answers came without a pause for so long at least before anything is given up (market time):
   * neither a collector that was away nor a venue that could not be reached is an answer, and the
   * trades that prove a silence are looked for meanwhile.
   */
  static final long HEARD_FOR_MS = 600_000;

  /**
   * An answer that ends before what was asked is progress if it settles one of so many it reaches.
   */
  private static final int REACHED_PART = 2;

  /** It is too if it settles one of so many that are left. */
  private static final int LEFT_PART = 10;

  private static final int GIVE_UP_SWEEPS = 3;
  private static final long RETRY_BASE_MS = 2_000;
  private static final long RETRY_CAP_MS = 1_800_000;

  private GapRepair() {}

  /**
   * The outcome of one answer.
   *
   * @param gap the gap from now on; done if nothing is open any more
   * @param unrecoverable intervals given up now
   * @param why the reason for giving them up
   */
  public record Outcome(GapState gap, Intervals unrecoverable, Reason why) {}

  /**
   * Takes in the proof of the answer to {@code page}.
   *
   * @param page what was asked, as far as the answer reaches
   * @param beyond what was asked besides: this sweep asks for it again
   * @param heard what was heard of the gap so far, this answer too
   * @param kept how far back the venue has anything
   * @param settledToMs intervals that end later cannot be settled yet, epoch ms
   * @param nowMs market time, epoch ms
   */
  public static Outcome answered(
      GapState gap,
      Page page,
      Intervals beyond,
      Proof proof,
      AnswerHistory heard,
      KeptHistory kept,
      long settledToMs,
      long nowMs) {
    Intervals settled = page.wanted().minus(proof.left());
    Intervals open = gap.open().minus(settled);
    Intervals left = Intervals.fromArray(gap.sweepLeft()).union(proof.left()).intersect(open);
    boolean progress = isProgress(settled, page.wanted(), beyond, open);
    GapState next =
        gap.changed(
            after -> {
              after.missing = open.toArray();
              after.cursorMs =
                  page.isBelow(beyond) ? gap.cursorMs() : Math.min(page.firstMs(), gap.cursorMs());
              after.progress = gap.progress() || progress;
              after.attempts = progress ? 0 : gap.attempts();
              after.sweepLeft = left.toArray();
              after.nextTryMs = 0;
            });
    boolean sweepGoesOn = next.nextPage(Integer.MAX_VALUE, settledToMs, 0).isPresent();
    if (next.isDone() || sweepGoesOn) {
      return nothing(next);
    }
    boolean onlyYoung = next.open().equals(next.young(settledToMs));
    return onlyYoung ? nothing(next.anew()) : sweepEnded(next, heard, kept, nowMs);
  }

  /** A minute that turns up now and then is none; one short page after the other is. */
  private static boolean isProgress(
      Intervals settled, Intervals reached, Intervals beyond, Intervals left) {
    boolean most = !beyond.isEmpty() && settled.length() >= reached.length() / REACHED_PART;
    return !settled.isEmpty() && (most || settled.length() >= left.length() / LEFT_PART);
  }

  /** When a gap is asked for again after a failed request (market time, epoch ms). */
  public static long afterFailure(GapState gap, long nowMs) {
    return nowMs + delay(gap, gap.attempts() + 1);
  }

  private static Outcome sweepEnded(
      GapState gap, AnswerHistory heard, KeptHistory kept, long nowMs) {
    Intervals left = Intervals.fromArray(gap.sweepLeft());
    Lasting stuck = gap.stuck().and(left, gap.open(), nowMs);
    long listed = gap.stream().timeframe().floor(kept.listedAtMs());
    Intervals unlisted =
        listed > gap.dayMs() && !gap.givenUp()
            ? left.intersect(heard.twice()).intersect(Intervals.of(gap.dayMs(), listed))
            : Intervals.empty();
    if (!unlisted.isEmpty()) {
      GapState rest = restart(gap, gap.open().minus(unlisted), Lasting.NEVER, nowMs);
      return new Outcome(rest, unlisted, Reason.BEFORE_LISTING);
    }
    long saidMs = Math.min(nowMs, heard.saidMs()); // our clock may have been put forward
    boolean hopeless =
        stuck.sweeps() >= GIVE_UP_SWEEPS
            && saidMs - stuck.sinceMs() >= GIVE_UP_AFTER_MS
            && heard.sinceMs() <= saidMs - HEARD_FOR_MS
            && stuck.intervals().equals(gap.open());
    boolean tooOld =
        gap.endMs() + (nowMs - saidMs) <= kept.keptFromMs()
            && left.equals(gap.open())
            && left.minus(heard.once()).isEmpty();
    if (hopeless || tooOld) {
      return giveUp(gap, tooOld ? Reason.BEYOND_DEPTH : Reason.NO_PROOF, nowMs);
    }
    return nothing(restart(gap, gap.open(), stuck, nowMs));
  }

  private static Outcome giveUp(GapState gap, Reason why, long nowMs) {
    GapState later =
        GapState.givenUp(gap.stream(), gap.dayMs(), gap.open(), nowMs + GIVE_UP_AFTER_MS);
    Intervals news = gap.givenUp() ? Intervals.empty() : gap.open();
    return new Outcome(later, news, why);
  }

  private static Outcome nothing(GapState gap) {
    return new Outcome(gap, Intervals.empty(), Reason.NONE);
  }

  private static GapState restart(GapState gap, Intervals left, Lasting stuck, long nowMs) {
    int attempts = gap.progress() ? 1 : gap.attempts() + 1;
    long nextTry = gap.givenUp() ? nowMs + GIVE_UP_AFTER_MS : nowMs + delay(gap, attempts);
    return gap.anew()
        .changed(
            again -> {
              again.missing = left.toArray();
              again.attempts = attempts;
              again.nextTryMs = nextTry;
              again.stuck = stuck;
            });
  }

  private static long delay(GapState gap, int attempts) {
    return RetryDelay.of(attempts, RETRY_BASE_MS, RETRY_CAP_MS, gap.key().hashCode());
  }
}
