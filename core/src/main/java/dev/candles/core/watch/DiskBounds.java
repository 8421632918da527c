package dev.candles.core.watch;

import java.io.Serializable;

/**
 * When a disk is short of space. The other bounds are multiples of the reserve, see {@link
 * DiskLevel}: absolute, because a small lake on a large disk needs no tenth of it.
 *
 * @param reserveBytes below it no checkpoint is written; of a small disk at most a tenth
 * @param fullWithinMs people are told if the reserve is reached sooner than that at the present
 *     growth, real milliseconds; 0 for never
 */
public record DiskBounds(long reserveBytes, long fullWithinMs) implements Serializable {
  private static final int LEAST_PARTS = 10;

  /** The reserve on a disk of that size. */
  long reserve(long totalBytes) {
    return Math.min(reserveBytes, totalBytes / LEAST_PARTS);
  }
}
