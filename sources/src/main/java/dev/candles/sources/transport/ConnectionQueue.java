package dev.candles.sources.transport;

import java.util.ArrayDeque;
import java.util.Optional;

/**
 * The bridge from one connection's socket thread to the reader's thread: bounded in frames and in
 * characters. A frame that finds it full ends the connection; no frame after that gets in, so what
 * was let in has no holes. Safe for both threads.
 */
public final class ConnectionQueue {
  private final int maxFrames;
  private final long maxChars;
  private final Runnable wake;
  private final ArrayDeque<FeedSignal> signals = new ArrayDeque<>();
  private int frames;
  private long chars;
  private boolean lost;

  /**
   * @param wake called, outside of any lock, after each signal that was let in
   */
  public ConnectionQueue(int maxFrames, long maxChars, Runnable wake) {
    this.maxFrames = maxFrames;
    this.maxChars = maxChars;
    this.wake = wake;
  }

  /** The connection is open. */
  public void opened() {
    put(new FeedSignal.Opened());
  }

  /**
   * Takes a frame, or refuses it because the queue is full or the connection is lost. The caller
   * must end the connection when it is refused.
   *
   * @return whether it was taken
   */
  public boolean offer(FeedSignal.Frame frame) {
    synchronized (this) {
      int length = frame.text().length();
      if (lost || frames >= maxFrames || chars + length > maxChars) {
        return false;
      }
      signals.add(frame);
      frames++;
      chars += length;
    }
    wake.run();
    return true;
  }

  /** The connection is lost; only the first word of it counts. */
  public void lost(String error) {
    put(new FeedSignal.Lost(error));
  }

  private void put(FeedSignal signal) {
    synchronized (this) {
      if (lost) {
        return;
      }
      lost = signal instanceof FeedSignal.Lost;
      signals.add(signal);
    }
    wake.run();
  }

  /** The next signal, or empty if none waits. */
  public synchronized Optional<FeedSignal> poll() {
    FeedSignal signal = signals.poll();
    if (signal instanceof FeedSignal.Frame frame) {
      frames--;
      chars -= frame.text().length();
    }
    return Optional.ofNullable(signal);
  }

  /** Whether no signal waits. */
  public synchronized boolean isEmpty() {
    return signals.isEmpty();
  }

  /** Frames that wait. */
  public synchronized int frames() {
    return frames;
  }

  /** Real arrival of the oldest waiting signal, epoch ms; {@code otherwise} if it is no frame. */
  public synchronized long oldestRealMs(long otherwise) {
    return signals.peek() instanceof FeedSignal.Frame frame ? frame.receivedRealMs() : otherwise;
  }
}
