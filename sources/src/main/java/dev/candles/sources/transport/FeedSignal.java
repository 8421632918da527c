package dev.candles.sources.transport;

/** What a connection tells, in order: opened, frames, lost. */
public sealed interface FeedSignal {
  /** The venue accepted the connection. */
  record Opened() implements FeedSignal {}

  /**
   * A whole text frame.
   *
   * @param receivedRealMs real time of its arrival, epoch ms
   */
  record Frame(String text, long receivedRealMs) implements FeedSignal {}

  /** The connection is no more; the last signal. */
  record Lost(String error) implements FeedSignal {}
}
