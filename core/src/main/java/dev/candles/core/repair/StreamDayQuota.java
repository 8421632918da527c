package dev.candles.core.repair;

import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How many stream-days may be written between two checkpoints, of all venues together: each holds a
 * file open, and rows or a writer. Not thread-safe.
 */
public final class StreamDayQuota {
  private final int most;
  private final Set<String> written = new HashSet<>();

  public StreamDayQuota(int most) {
    this.most = most;
  }

  /** A checkpoint has closed all files. */
  public void renew() {
    written.clear();
  }

  /** The only ones that may be written, because their files are open; null while any may. */
  @Nullable Set<String> only() {
    return written.size() < most ? null : Collections.unmodifiableSet(written);
  }

  /** Counts one that is written if it may be. */
  boolean tryUse(String streamDay) {
    return written.contains(streamDay) || (written.size() < most && written.add(streamDay));
  }

  /** Counts one that is written. */
  void use(String streamDay) {
    written.add(streamDay);
  }
}
