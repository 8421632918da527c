package dev.candles.sources.transport;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The bridge from one connection's socket thread to the reader's thread: bounded in frames and in
 * characters. A frame that finds it full ends the connection; no frame after that gets in, so what
 * was let in has no holes. Safe for both threads.
 *
 * <p>Only a signal that finds the queue empty wakes the reader. A reader that is about to sleep
 * offers first what wakes it and then finds the queue empty under its lock, so whoever lets in the
 * next signal holds that lock later and sees both: an empty queue, and what it has to wake. A
 * signal that finds others waiting owes no wake: the reader has yet to take those, and it does not
 * sleep before it has found the queue empty once more.
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
   * @param wake called, outside of any lock, after a signal that was let in where none waited
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
    boolean first;
    synchronized (this) {
      int length = frame.text().length();
      if (lost || frames >= maxFrames || chars + length > maxChars) {
        return false;
      }
      first = signals.isEmpty();
      signals.add(frame);
      frames++;
      chars += length;
    }
    wakeFor(first);
    return true;
  }

  /** The connection is lost; only the first word of it counts. */
  public void lost(String error) {
    put(new FeedSignal.Lost(error));
  }

  private void put(FeedSignal signal) {
    boolean first;
    synchronized (this) {
      if (lost) {
        return;
      }
      lost = signal instanceof FeedSignal.Lost;
      first = signals.isEmpty();
      signals.add(signal);
    }
    wakeFor(first);
  }

  private void wakeFor(boolean first) {
    if (first) {
      wake.run();
    }
  }

  /** The oldest signals that wait, in order, at most so many. */
  public synchronized List<FeedSignal> drain(int most) {
    int count = Math.min(most, signals.size());
    List<FeedSignal> drained = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      drained.add(taken(signals.remove()));
    }
    return drained;
  }

  /** The next signal, or empty if none waits. */
  public synchronized Optional<FeedSignal> poll() {
    return Optional.ofNullable(signals.poll()).map(this::taken);
  }

  private FeedSignal taken(FeedSignal signal) {
    if (signal instanceof FeedSignal.Frame frame) {
      frames--;
      chars -= frame.text().length();
    }
    return signal;
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
