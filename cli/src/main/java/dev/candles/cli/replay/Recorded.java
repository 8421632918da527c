package dev.candles.cli.replay;

/** One record of a recording. Times are epoch ms, UTC, or {@link #UNKNOWN}. */
sealed interface Recorded {
  /** The recorder did not say when. */
  int UNKNOWN = -1;

  /** A frame of the feed as it was received. */
  record Frame(String text, long receivedMs) implements Recorded {}

  /**
   * A REST answer as it was received.
   *
   * @param status HTTP status, or {@link #UNKNOWN}
   * @param receivedMs by the recorder's clock
   * @param saidMs what the answer itself says it is of: its {@code Date} less its {@code Age}
   */
  record Answer(String body, int status, long receivedMs, long saidMs) implements Recorded {
    /** The time until which it can know anything: the earlier of those that are known. */
    long asOfMs() {
      return saidMs == UNKNOWN || receivedMs == UNKNOWN
          ? Math.max(saidMs, receivedMs)
          : Math.min(saidMs, receivedMs);
    }
  }

  /** A message that the recorder sent. */
  record Sent(String text) implements Recorded {}

  /** The recorder connected. */
  record Connected(String address) implements Recorded {}

  /** The recorder's own words: how it was configured. */
  record Note() implements Recorded {}

  /**
   * Something that is no record.
   *
   * @param tooLarge whether it is only its size
   * @param text its beginning
   */
  record Unreadable(boolean tooLarge, String detail, String text) implements Recorded {}
}
