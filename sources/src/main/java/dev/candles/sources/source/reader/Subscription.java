package dev.candles.sources.source.reader;

import dev.candles.core.candle.Market;
import dev.candles.core.candle.StreamKey;
import java.util.OptionalLong;

/**
 * One market of a connection: what was seen of it, and what is due. Pure; all times are market
 * time: what is waited for by a steady clock of any origin, what is said by the venue's, epoch ms.
 */
final class Subscription {
  /** The wait for a silent market doubles so often at most, as 75 s do to 40 minutes. */
  private static final int MAX_DOUBLINGS = 5;

  /** Nor does it grow beyond this, market time: as ten minutes would to five hours. */
  private static final long LONGEST_MS = 40 * 60_000;

  private final Market market;
  private final StreamKey stream;
  private long lastSeenMs;
  private boolean interrupted;
  private long quietSinceMs = Long.MAX_VALUE / 2; // until it is asked for
  private int fruitless;
  private boolean refused;
  private boolean refusalTold;
  private boolean answered;
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
    askedLate(nowMs);
    fruitless = 0;
    refused = false;
  }

  /** Asked for once more on the same link, after silence. */
  void askedAgain(long nowMs) {
    askedLate(nowMs);
    fruitless++;
    interrupted = true;
  }

  /** Asked for once more, as the venue wanted to be asked later: silence counts from now. */
  void askedLate(long nowMs) {
    quietSinceMs = nowMs;
    answered = false;
  }

  /** The link was lost. */
  void interrupt() {
    interrupted = true;
  }

  /**
   * The venue refused it; it is asked again as rarely as a subscription that is silent for long.
   *
   * @return whether it is the first time since it was served
   */
  boolean refuse() {
    boolean first = !refusalTold;
    refusalTold = true;
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
   * A row in progress came. The first one after it was asked for may be what the venue sends at
   * once to each who asks: a sign of life, but none that it is served again.
   *
   * @param nowMs by the steady clock
   * @return whether it is more than that: a {@link #row}
   */
  boolean forming(long nowMs) {
    boolean more = answered || !interrupted;
    answered = true;
    quietSinceMs = nowMs;
    return more;
  }

  /**
   * A row came by which it is served.
   *
   * @param nowMs by the steady clock
   * @param venueMs by the venue's
   * @return since when the stream was not watched, if it was not
   */
  OptionalLong row(long nowMs, long venueMs) {
    OptionalLong since = interrupted ? OptionalLong.of(lastSeenMs) : OptionalLong.empty();
    interrupted = false;
    answered = true;
    lastSeenMs = venueMs;
    quietSinceMs = nowMs;
    fruitless = 0;
    refused = false;
    refusalTold = false;
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
    long doubledMs = silenceMs << Math.min(fruitless, MAX_DOUBLINGS);
    return nowMs - quietSinceMs >= Math.min(doubledMs, Math.max(silenceMs, LONGEST_MS));
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
