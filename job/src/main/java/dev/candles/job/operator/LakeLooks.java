package dev.candles.job.operator;

import java.util.HashMap;
import java.util.Map;

/**
 * When an interval that the lake does not hold whole yet is looked for there again: soon at first,
 * then ever more rarely, so that what is never whole neither costs much nor keeps others waiting.
 * Kept in memory, not thread-safe.
 */
final class LakeLooks {
  /** Rarer than this it never is, real milliseconds. */
  static final long MOST_PAUSE_MS = 3_600_000;

  private final long firstPauseMs;
  private final Map<Place, Look> looks = new HashMap<>();

  private record Place(String stream, long openTimeMs) {}

  private record Look(long nextRealMs, long pauseMs) {}

  /**
   * @param firstPauseMs from the first look in vain to the next, real milliseconds
   */
  LakeLooks(long firstPauseMs) {
    this.firstPauseMs = firstPauseMs;
  }

  /** Whether it is time to look; also where the pause became longer than it was, by a set clock. */
  boolean isDue(String stream, long openTimeMs, long realMs) {
    Look look = looks.get(new Place(stream, openTimeMs));
    return look == null || look.nextRealMs <= realMs || look.nextRealMs - look.pauseMs > realMs;
  }

  /** Takes in that it was looked for and not found. */
  void inVain(String stream, long openTimeMs, long realMs) {
    looks.merge(
        new Place(stream, openTimeMs),
        new Look(realMs + firstPauseMs, firstPauseMs),
        (before, first) -> {
          long pauseMs = Math.min(2 * before.pauseMs, Math.max(firstPauseMs, MOST_PAUSE_MS));
          return new Look(realMs + pauseMs, pauseMs);
        });
  }

  /** It is looked for at once if it ever is. */
  void forget(String stream, long openTimeMs) {
    looks.remove(new Place(stream, openTimeMs));
  }

  int size() {
    return looks.size();
  }
}
