package dev.candles.sources.source.reader;

import dev.candles.core.candle.StreamKey;
import dev.candles.sources.venue.Market;
import java.util.OptionalLong;

/**
 * One market of a connection: what was seen of it, and what is due. Pure; all times are market
 * time, epoch ms.
 */
final class Subscription {
  /** 75 s of silence grow to 40 minutes. */
  private static final int MAX_DOUBLINGS = 5;

  private final Market market;
  private final StreamKey stream;
  private long lastSeenMs;
  private boolean interrupted;
  private long quietSinceMs;
  private int fruitless;
  private boolean refused;
  private boolean everRefused;
  private long nextOpenMs;

  /**
   * @param announcedToMs end of what the lake was asked for: the first interval to watch opens here
   */
  Subscription(Market market, StreamKey stream, long announcedToMs) {
    this.market = market;
    this.stream = stream;
    this.lastSeenMs = announcedToMs;
    this.nextOpenMs = announcedToMs;
    this.quietSinceMs = announcedToMs;
  }

  Market market() {
    return market;
  }

  StreamKey stream() {
    return stream;
  }

  /** When the last row came, or the end of the announcement before the first. */
  long lastSeenMs() {
    return lastSeenMs;
  }

  /** Asked for on a new link. */
  void asked(long nowMs) {
    quietSinceMs = nowMs;
    fruitless = 0;
    refused = false;
  }

  /** Asked for once more on the same link, after silence. */
  void askedAgain(long nowMs) {
    quietSinceMs = nowMs;
    fruitless++;
    interrupted = true;
  }

  /** The link was lost. */
  void interrupt() {
    interrupted = true;
  }

  /**
   * The venue refused it; it is asked again as rarely as a subscription that is silent for long.
   *
   * @return whether it is the first time
   */
  boolean refuse() {
    boolean first = !everRefused;
    everRefused = true;
    refused = true;
    interrupted = true;
    fruitless = MAX_DOUBLINGS;
    return first;
  }

  /** Whether the venue refused it on this link. */
  boolean refused() {
    return refused;
  }

  /**
   * A row came.
   *
   * @return since when the stream was not watched, if it was not
   */
  OptionalLong row(long nowMs) {
    OptionalLong since = interrupted ? OptionalLong.of(lastSeenMs) : OptionalLong.empty();
    interrupted = false;
    lastSeenMs = nowMs;
    quietSinceMs = nowMs;
    fruitless = 0;
    refused = false;
    return since;
  }

  /** Whether it has been silent for {@code silenceMs}, doubled for each time it was asked again. */
  boolean silent(long nowMs, long silenceMs) {
    return nowMs - quietSinceMs >= silenceMs << Math.min(fruitless, MAX_DOUBLINGS);
  }

  /** A whole interval was emitted: no clock mark for it or an earlier one. */
  void folded(long openTimeMs) {
    nextOpenMs = Math.max(nextOpenMs, openTimeMs + stream.timeframe().millis());
  }

  /** Whether the next interval is over, its grace too. */
  boolean clockDue(long nowMs, long graceMs) {
    return nowMs >= nextOpenMs + stream.timeframe().millis() + graceMs;
  }

  /** Marks the next interval as told, and gives its end. */
  long clock() {
    nextOpenMs += stream.timeframe().millis();
    return nextOpenMs;
  }
}
