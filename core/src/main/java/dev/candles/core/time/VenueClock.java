package dev.candles.core.time;

import java.util.OptionalLong;

/**
 * What time it is at a venue, by what the venue stamps: a lower bound that lags by the transit. The
 * clock of the machine only carries it from one stamp to the next, so it may be off, or be set
 * while we run. It schedules, and bounds what is absurd; no candle is final and no interval silent
 * because of it. Pure and not thread-safe; all times are market time, epoch ms, UTC.
 *
 * <ol>
 *   <li>The first stamp, or the {@code Date} of the first answer, starts it.
 *   <li>The offset is the largest of stamp minus ours over the last minute or two, so that it
 *       follows our clock down as well as up.
 *   <li>A stamp too far ahead is refused. Three in a row that agree say that our clock was set.
 *   <li>Where {@link #ticked} is called, a clock that is set back or put forward is seen at once.
 *       Put forward and a machine that slept look alike, so the earlier time holds until a stamp
 *       decides.
 * </ol>
 */
public final class VenueClock {
  /** The venue's clock and ours are never believed to be further apart. */
  public static final long MOST_OFF_MS = 3_600_000;

  /** A stamp may be so much ahead of what is known. */
  public static final long MOST_AHEAD_MS = 60_000;

  /** An offset is worth a word from here on. */
  public static final long TOLD_MS = 2_000;

  private static final long WINDOW_MS = 60_000;
  private static final long LEAP_MS = 500;

  /** A word of an answer or a feed is late, so our clock must be so much more ahead to be told. */
  private static final long LATE_MS = 3_000;

  private static final int AGREEING = 3;
  private static final long NONE = Long.MIN_VALUE / 2;

  private final long aheadMs;
  private final long windowMs;
  private final long leapMs;
  private final long toldFromMs;
  private final long lateMs;

  private long offsetBefore = NONE;
  private long offsetNow = NONE;
  private long latestBefore = NONE;
  private long latestNow = NONE;
  private long windowFromMs = NONE;

  private int far;
  private long farOffset;
  private long farAtMs = NONE;

  private long aheadOfSteadyMs = NONE;
  private long sleptOffset = NONE;
  private long sleptToMs;
  private boolean stampedSince;

  private long told;
  private long tooFarOffset;

  public VenueClock() {
    this(0);
  }

  /**
   * @param shortestMs no bound is shorter than this: a real second, where market time is fast
   */
  public VenueClock(long shortestMs) {
    this.aheadMs = Math.max(MOST_AHEAD_MS, shortestMs);
    this.windowMs = Math.max(WINDOW_MS, shortestMs);
    this.leapMs = Math.max(LEAP_MS, shortestMs / 2);
    this.toldFromMs = Math.max(TOLD_MS, shortestMs);
    this.lateMs = Math.max(LATE_MS, LATE_MS / 1_000 * shortestMs);
  }

  /**
   * The venue stamped something live: its time is not before {@code stampMs}.
   *
   * @param ourMs when we received it
   * @return whether the stamp is believable
   */
  public boolean stamped(long stampMs, long ourMs) {
    long offset = stampMs - ourMs;
    if (!believable(stampMs, ourMs) && !agreed(offset, ourMs)) {
      return false;
    }
    far = 0;
    tooFarOffset = 0;
    stampedSince = true;
    if (ourMs >= windowFromMs + windowMs || ourMs < windowFromMs - windowMs) {
      windowFromMs = ourMs;
      offsetBefore = offsetNow;
      latestBefore = latestNow;
      offsetNow = offset;
      latestNow = stampMs;
    } else {
      offsetNow = Math.max(offsetNow, offset);
      latestNow = Math.max(latestNow, stampMs);
    }
    return true;
  }

  /**
   * An answer over HTTP has this {@code Date}: the venue's time in whole seconds, rounded down.
   *
   * @param ourMs when we received it
   */
  public void answered(long dateMs, long ourMs) {
    stamped(dateMs, ourMs);
  }

  /**
   * Our clock shows {@code ourMs}. To be called often, some ten times a second.
   *
   * @param steadyMs what a clock shows that nobody sets, of any origin; it may stand still while
   *     the machine sleeps
   */
  public void ticked(long ourMs, long steadyMs) {
    long leaptMs = aheadOfSteadyMs == NONE ? 0 : ourMs - steadyMs - aheadOfSteadyMs;
    if (aheadOfSteadyMs == NONE || Math.abs(leaptMs) > leapMs) {
      aheadOfSteadyMs = ourMs - steadyMs;
      leapt(leaptMs, ourMs);
    }
    if (sleptOffset != NONE && ourMs >= sleptToMs) {
      if (!stampedSince) {
        offsetNow = sleptOffset; // nobody denies that time has passed
      }
      sleptOffset = NONE;
    }
  }

  /** The venue's time goes on although ours leapt. */
  private void leapt(long byMs, long ourMs) {
    if (!isKnown()) {
      return;
    }
    if (byMs > 0) {
      sleptOffset = Math.max(sleptOffset, offsetMs());
      sleptToMs = ourMs + 2 * windowMs;
      stampedSince = false;
    } else if (sleptOffset != NONE) {
      sleptOffset = bounded(sleptOffset - byMs);
      sleptToMs += byMs;
    }
    offsetNow = bounded(offsetNow - byMs);
    offsetBefore = offsetBefore == NONE ? NONE : bounded(offsetBefore - byMs);
    windowFromMs += byMs;
  }

  /** Whether a stamp that comes at {@code ourMs}, live or not, can be the venue's. */
  public boolean believable(long stampMs, long ourMs) {
    if (Math.abs(stampMs - ourMs) > MOST_OFF_MS) {
      return false;
    }
    return !isKnown() || stampMs <= latestPossible(ourMs) + aheadMs;
  }

  private long latestPossible(long ourMs) {
    return sleptOffset == NONE ? at(ourMs) : Math.max(at(ourMs), ourMs + sleptOffset);
  }

  /** Whether this is the third of some that are refused and agree, each of another frame. */
  private boolean agreed(long offset, long ourMs) {
    if (far > 0 && ourMs == farAtMs) {
      return false;
    }
    farAtMs = ourMs;
    if (far == 0 || Math.abs(offset - farOffset) > aheadMs) {
      far = 0;
      farOffset = offset;
    }
    far++;
    farOffset = Math.min(farOffset, offset);
    if (far >= AGREEING && Math.abs(offset) > MOST_OFF_MS) {
      tooFarOffset = farOffset;
      return false;
    }
    return far >= AGREEING;
  }

  /** The venue's time when our clock shows {@code ourMs}; ours while nothing is known. */
  public long at(long ourMs) {
    long latest = Math.max(latestBefore, latestNow);
    return Math.max(ourMs + offsetMs(), Math.min(latest, ourMs + MOST_OFF_MS));
  }

  /** The venue's clock minus ours, milliseconds, at most an hour either way; 0 while unknown. */
  public long offsetMs() {
    return isKnown() ? Math.max(offsetBefore, offsetNow) : 0;
  }

  public boolean isKnown() {
    return offsetNow != NONE;
  }

  /**
   * The offset, once, when it is worth a word: when it first exceeds {@link #TOLD_MS}, and when it
   * has changed by more since. More than {@link #MOST_OFF_MS} means that nothing of the venue is
   * believed. The first stamps of a busy machine are late by what they waited in its buffers, so
   * that the venue is behind us is said only when a minute of stamps agrees; a stamp ahead of us is
   * proof by itself.
   */
  public OptionalLong news() {
    long offset = tooFarOffset == 0 ? offsetMs() : tooFarOffset;
    if (Math.abs(offset) <= toldFromMs / 2) {
      told = 0;
    }
    boolean behind = offset < -toldFromMs - lateMs && (tooFarOffset != 0 || windowIsOver());
    boolean off = offset > toldFromMs || behind;
    if (!off || Math.abs(offset - told) <= toldFromMs) {
      return OptionalLong.empty();
    }
    told = offset;
    return OptionalLong.of(offset);
  }

  /** The offset that {@link #news} told of last; 0 if there was none, or it is small again. */
  public long toldMs() {
    return told;
  }

  /** Whether {@link #toldMs} says how the clock stands; a lone stamp does not. */
  public boolean isJudged() {
    return told != 0 || windowIsOver();
  }

  private boolean windowIsOver() {
    return offsetBefore != NONE;
  }

  private static long bounded(long offset) {
    return Math.max(-MOST_OFF_MS, Math.min(MOST_OFF_MS, offset));
  }
}
