package dev.candles.core.health;

import dev.candles.core.feed.ConnectionEvent;
import org.jspecify.annotations.Nullable;

/**
 * A success or a failure of a venue, or neither: a connection is to be made. Flat, because it
 * crosses an edge.
 *
 * @param source which connection, from 0, or {@link #REST}
 * @param success whether it was one
 * @param failure why it failed; null if it did not
 * @param atMs market time, epoch ms, UTC
 */
public record HealthSignal(
    String venue, int source, boolean success, @Nullable FailureReason failure, long atMs) {
  /** The source of all REST requests of a venue. */
  public static final int REST = ConnectionEvent.REST;

  /** A failure, or a success if there is no {@code failure}. */
  public HealthSignal(String venue, int source, @Nullable FailureReason failure, long atMs) {
    this(venue, source, failure == null, failure, atMs);
  }

  /** What happened to a connection. */
  public static HealthSignal of(ConnectionEvent mark) {
    FailureReason failure = mark.live() || mark.isBegun() ? null : FailureReason.of(mark.error());
    return new HealthSignal(mark.venue(), mark.connection(), mark.live(), failure, mark.atMs());
  }

  /** Whether it is a success of a connection: a live frame after it was made. */
  boolean isLive() {
    return source != REST && success;
  }
}
