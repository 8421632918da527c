package dev.candles.sources.replay;

/** One record of a recording. Times are epoch ms, UTC, or {@link #UNKNOWN}. */
sealed interface Recorded {
  /** The recorder did not say when. */
  long UNKNOWN = -1;

  /** A frame of the feed as it was received. */
  record Frame(String text, long receivedMs) implements Recorded {}

  /** A REST answer as it was received. */
  record Answer(String body, long receivedMs) implements Recorded {}

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
