package dev.candles.sources.source.reader;

import java.util.concurrent.Semaphore;

/**
 * Bounds the stream-days of old intervals that are replayed between two checkpoints: each may open
 * a file of the lake, which costs memory until the checkpoint closes it. The replay thread waits
 * and nothing else does; the reader's thread refills.
 */
final class ReplayPace {
  /** Stream-days per checkpoint. */
  static final int DAYS = 100;

  private final Semaphore days = new Semaphore(DAYS);

  /** Waits until one more stream-day may be replayed. */
  void take() throws InterruptedException {
    days.acquire();
  }

  /** A checkpoint is complete: its files are closed. */
  void refill() {
    days.drainPermits();
    days.release(DAYS);
  }
}
