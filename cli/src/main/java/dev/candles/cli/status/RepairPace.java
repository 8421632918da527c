package dev.candles.cli.status;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Estimates when the gaps of a venue are filled, from how many minutes were open at the looks of
 * the last minutes. Pure.
 */
final class RepairPace {
  private static final long REMEMBERED_MS = Duration.ofMinutes(5).toMillis();

  /** Over less time the pace is chance. */
  private static final long LEAST_MS = Duration.ofSeconds(20).toMillis();

  private static final int MOST_LOOKS = 100;

  private final Deque<Look> looks = new ArrayDeque<>();

  private record Look(long realMs, long openMinutes) {}

  /**
   * Takes in a look.
   *
   * @param realMs when, real time, epoch ms
   * @param openMinutes minutes that lacked then
   * @return the real time until none does at the pace since the oldest look that is remembered;
   *     empty if there are none, or not fewer than then
   */
  Optional<Duration> look(long realMs, long openMinutes) {
    looks.addLast(new Look(realMs, openMinutes));
    while (looks.size() > MOST_LOOKS || looks.getFirst().realMs < realMs - REMEMBERED_MS) {
      looks.removeFirst();
    }
    Look oldest = looks.getFirst();
    long filled = oldest.openMinutes - openMinutes;
    long passedMs = realMs - oldest.realMs;
    return openMinutes == 0 || filled <= 0 || passedMs < LEAST_MS
        ? Optional.empty()
        : Optional.of(Duration.ofMillis(Math.round((double) openMinutes * passedMs / filled)));
  }
}
