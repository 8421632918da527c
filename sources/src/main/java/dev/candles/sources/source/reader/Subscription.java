package dev.candles.sources.source.reader;

import dev.candles.core.candle.Market;
import dev.candles.core.candle.StreamKey;
import java.util.OptionalLong;

/**
 * One market of a connection: what was seen of it, and what is due. Pure; all times are market
 * time: what is waited for by a steady clock of any origin, what is said by the venue's, epoch ms.
 */
final class Subscription {
  /** 75 s of silence grow to 40 minutes. */
  private static final int MAX_DOUBLINGS = 5;

  private final Market market;
  private final StreamKey stream;
  private long lastSeenMs;
  private boolean interrupted;
  private long quietSinceMs = Long.MAX_VALUE / 2; // until it is asked for
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
  }

  Market market() {
    return market;
  }

  StreamKey stream() {
    return stream;
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
   * @param nowMs by the steady clock
   * @param venueMs by the venue's
   * @return since when the stream was not watched, if it was not
   */
  OptionalLong row(long nowMs, long venueMs) {
    OptionalLong since = interrupted ? OptionalLong.of(lastSeenMs) : OptionalLong.empty();
    interrupted = false;
    lastSeenMs = venueMs;
    quietSinceMs = nowMs;
    fruitless = 0;
    refused = false;
    return since;
  }

  /** A row came that is not believed for its time: there is no need to ask again. */
  void untimely(long nowMs) {
    quietSinceMs = Math.max(quietSinceMs, nowMs);
  }

  /** How long no row has come. */
  long silentMs(long nowMs) {
    return nowMs - quietSinceMs;
  }

  /** Whether it has been silent for {@code silenceMs}, doubled for each time it was asked again. */
  boolean silent(long nowMs, long silenceMs) {
    return nowMs - quietSinceMs >= silenceMs << Math.min(fruitless, MAX_DOUBLINGS);
  }

  /** Intervals that end at {@code endMs} (epoch ms, UTC) or before are told: no clock mark. */
  void over(long endMs) {
    nextOpenMs = Math.max(nextOpenMs, endMs);
  }

  /** Whether the next interval is over by the venue's time, its grace too. */
  boolean clockDue(long venueMs, long graceMs) {
    return venueMs >= nextOpenMs + stream.timeframe().millis() + graceMs;
  }

  /** Marks the next interval as told, and gives its end. */
  long clock() {
    nextOpenMs += stream.timeframe().millis();
    return nextOpenMs;
  }
}
