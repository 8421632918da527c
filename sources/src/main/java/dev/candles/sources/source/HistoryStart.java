package dev.candles.sources.source;

import java.io.Serializable;

/** Where history starts. */
@FunctionalInterface
public interface HistoryStart extends Serializable {
  /**
   * Start of history, epoch ms, UTC.
   *
   * @param nowMs market time, epoch ms, UTC
   */
  long fromMs(long nowMs);
}
