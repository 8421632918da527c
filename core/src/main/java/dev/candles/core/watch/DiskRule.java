package dev.candles.core.watch;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How short of space a disk is: measurements go in, a level comes out. Pure and not thread-safe;
 * times are real, milliseconds of any origin that do not go back.
 *
 * <ol>
 *   <li>A level is entered when less is free than its bound, several at once if need be.
 *   <li>It is left when a fifth more than that is free, so that a disk that stays at a bound does
 *       not start and stop what it stops again and again. At first it is left only so, because
 *       nobody knows what was before.
 *   <li>{@link DiskLevel#SHORT} is entered too if the growth of the last {@link #GROWTH_MS} fills
 *       the disk soon, and left when that would take twice as long. Before so much time was
 *       measured nothing is foretold: the history of a new lake is built faster than it grows.
 * </ol>
 */
public final class DiskRule {
  /** Growth is measured over so long. */
  public static final long GROWTH_MS = 6 * 3_600_000L;

  /** How much time lies between two measurements that growth is seen by. */
  static final long SAMPLE_MS = 600_000;

  private static final long NEVER = Long.MAX_VALUE;

  /** Before growth was measured for long enough. */
  private static final long UNKNOWN = NEVER - 1;

  private final DiskBounds bounds;
  private final Deque<Sample> samples = new ArrayDeque<>();
  private DiskLevel bySpace = DiskLevel.NO_CHECKPOINTS;
  private boolean growing;
  private boolean settled;

  private record Sample(long atMs, long freeBytes) {}

  public DiskRule(DiskBounds bounds) {
    this.bounds = bounds;
  }

  /** Takes in what was measured. */
  public DiskStanding take(long freeBytes, long totalBytes, long nowMs) {
    long reserve = bounds.reserve(totalBytes);
    DiskLevel next = DiskLevel.ROOMY;
    for (DiskLevel one : DiskLevel.values()) {
      long bound = one.bound(reserve);
      if (freeBytes < (bySpace.stops(one) ? bound + bound / 5 : bound)) {
        next = one;
      }
    }
    bySpace = next;
    long fullInMs = fullInMs(freeBytes, reserve, nowMs);
    growing = fullInMs < (growing ? 2 : 1) * bounds.fullWithinMs();
    DiskLevel level = next == DiskLevel.ROOMY && growing ? DiskLevel.SHORT : next;
    settled |= level != DiskLevel.ROOMY || fullInMs != UNKNOWN || bounds.fullWithinMs() == 0;
    return new DiskStanding(level, freeBytes, totalBytes, growing ? fullInMs : -1, settled);
  }

  /** When the reserve is reached at the present growth, if that is known. */
  private long fullInMs(long freeBytes, long reserve, long nowMs) {
    if (samples.isEmpty() || nowMs - samples.getLast().atMs() >= SAMPLE_MS) {
      samples.addLast(new Sample(nowMs, freeBytes));
    }
    while (nowMs - samples.getFirst().atMs() >= GROWTH_MS + SAMPLE_MS) {
      samples.removeFirst();
    }
    Sample oldest = samples.getFirst();
    long tookMs = nowMs - oldest.atMs();
    long grown = oldest.freeBytes() - freeBytes;
    if (tookMs < GROWTH_MS) {
      return UNKNOWN;
    }
    if (grown <= 0) {
      return NEVER;
    }
    return (long) ((double) Math.max(0, freeBytes - reserve) / grown * tookMs);
  }
}
