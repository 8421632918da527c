package dev.candles.core.watch;

import dev.candles.text.ByteText;
import java.util.Optional;

/**
 * How a disk stands.
 *
 * @param freeBytes what can still be written; below zero if nobody can tell
 * @param totalBytes its size; below zero if nobody can tell
 * @param fullInMs when the reserve is reached at the present growth, real milliseconds; below zero
 *     if that is not near
 * @param settled whether no trouble can last of which people were told before this was measured,
 *     such as growth
 */
public record DiskStanding(
    DiskLevel level, long freeBytes, long totalBytes, long fullInMs, boolean settled) {
  /** Nobody could tell yet. */
  public static final DiskStanding UNKNOWN = new DiskStanding(DiskLevel.ROOMY, -1, -1, -1, false);

  private static final long HOUR_MS = 3_600_000;

  /** What a person can do. */
  public static final String REMEDY = "Free space: ./candles compact --all, ./candles archive";

  /** Whether somebody could tell. */
  public boolean isKnown() {
    return freeBytes >= 0;
  }

  /** Whether no checkpoint is made for want of room. */
  public boolean isFull() {
    return level.stops(DiskLevel.NO_CHECKPOINTS);
  }

  /** What people are told of it; empty if nobody can tell yet. */
  public Optional<Finding> finding() {
    if (!isKnown() || (level == DiskLevel.ROOMY && !settled)) {
      return Optional.empty();
    }
    return Optional.of(told());
  }

  /** Like {@code 40 GB of 100 GB free}, and when it is full if that is near. */
  public String room() {
    return fullInMs < 0
        ? left()
        : left() + ", full in " + fullInMs / HOUR_MS + " h if it goes on like this";
  }

  private String left() {
    return ByteText.of(freeBytes) + " of " + ByteText.of(totalBytes) + " free";
  }

  private Finding told() {
    String left = left();
    if (level == DiskLevel.ROOMY) {
      return new Finding("disk_well", Severity.INFO, "The lake's disk has room again: " + left);
    }
    if (isFull()) {
      return new Finding(
          "disk_full",
          Severity.CRITICAL,
          left + ", no checkpoint is written. Nothing is lost that a venue still gives. " + REMEDY);
    }
    return new Finding("disk_nearly_full", Severity.WARNING, room() + ". " + REMEDY);
  }
}
