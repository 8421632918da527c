package dev.candles.sources.venue;

import java.io.Serializable;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

/**
 * The facts of a venue as a table; each is a default that configuration may override.
 *
 * @param name the venue's name in configuration, paths and logs
 * @param webSocket default address of the feed
 * @param rest default base address of REST
 * @param closeGrace market time after an interval's end at which its closing word is missing
 * @param settle market time after an interval's end before which a REST row of it is not believed
 * @param finality who says that an interval is over
 * @param pageRows most rows that one REST answer holds
 * @param budgets request budgets by name
 * @param limits connection limits
 */
public record VenueProfile(
    String name,
    URI webSocket,
    URI rest,
    Duration closeGrace,
    Duration settle,
    Finality finality,
    int pageRows,
    Map<String, Budget> budgets,
    Limits limits)
    implements Serializable {

  /** Who says that an interval is over. */
  public enum Finality {
    /** The venue marks its candles closed. */
    VENUE_FLAG,
    /** Contiguous trade ids, or the venue's own statement of its last id. */
    TRADE_CHAIN
  }

  /**
   * At most {@code requests} within any window of that length (market time).
   *
   * @param penalty market time to wait after a refusal that names none
   */
  public record Budget(int requests, Duration window, Duration penalty) implements Serializable {}

  /**
   * Limits of the feed; durations are market time.
   *
   * @param marketsPerConnection most markets on one connection
   * @param connectInterval least time between two connection attempts of this venue
   * @param messageInterval least time between two messages that we send on one connection
   * @param silence a subscription without any row for longer is asked for again; zero where a quiet
   *     market sends nothing, so that silence alone is no error
   * @param pingAfter a ping is sent after this long without a frame; zero if the venue wants none
   * @param pongWithin the connection is dropped when a ping is not answered within
   * @param ping the message that is a ping, empty if none
   * @param maxFrameBytes larger frames end the connection
   */
  public record Limits(
      int marketsPerConnection,
      Duration connectInterval,
      Duration messageInterval,
      Duration silence,
      Duration pingAfter,
      Duration pongWithin,
      String ping,
      int maxFrameBytes)
      implements Serializable {}
}
