package dev.candles.sources.source.reader;

import java.io.IOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * Hands what is read of the lake from the threads that read it to the mailbox thread. Bounded: who
 * reads waits until it is taken, so that memory holds a few hundred results and no more.
 */
final class LakeScanQueue {
  private static final int MOST = 256;

  private final BlockingQueue<LakeScanResult> results = new ArrayBlockingQueue<>(MOST);
  private final Runnable wake;

  /** Something that reads the lake, on a thread of its own. */
  interface Reading {
    /** Puts what it reads into {@code out}. */
    void read(LakeScanQueue out) throws IOException, InterruptedException;
  }

  /**
   * @param wake tells the mailbox thread that a result waits
   */
  LakeScanQueue(Runnable wake) {
    this.wake = wake;
  }

  /** Reads on the caller's thread. A failure is a result; an interrupt is the reader's end. */
  void run(Reading reading) {
    try {
      reading.read(this);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the reader closes and asks for nothing more
    } catch (IOException | RuntimeException | Error e) {
      fail(e);
    }
  }

  private void fail(Throwable cause) {
    try {
      put(new LakeScanResult.Failed(cause));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits while the queue is full. */
  void put(LakeScanResult result) throws InterruptedException {
    results.put(result);
    wake.run();
  }

  /** The next result; null if none waits. */
  @Nullable LakeScanResult poll() {
    return results.poll();
  }

  boolean isEmpty() {
    return results.isEmpty();
  }
}
