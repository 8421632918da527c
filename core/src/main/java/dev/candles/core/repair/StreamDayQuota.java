package dev.candles.core.repair;

import java.util.HashSet;
import java.util.Set;

/**
 * How many stream-days may be written between two checkpoints, of all venues together: each holds a
 * writer open. Not thread-safe.
 */
public final class StreamDayQuota {
  private final int most;
  private final Set<String> written = new HashSet<>();

  public StreamDayQuota(int most) {
    this.most = most;
  }

  /** A checkpoint has closed all writers. */
  public void renew() {
    written.clear();
  }

  boolean allows(String streamDay) {
    return written.contains(streamDay) || written.size() < most;
  }

  void use(String streamDay) {
    written.add(streamDay);
  }
}
