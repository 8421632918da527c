package dev.candles.core.health;

import dev.candles.core.feed.ConnectionEvent;
import org.jspecify.annotations.Nullable;

/**
 * A success or a failure of a venue. Flat, because it crosses an edge.
 *
 * @param source which connection, from 0, or {@link #REST}
 * @param failure why it failed; null for a success
 * @param atMs market time, epoch ms, UTC
 */
public record HealthSignal(String venue, int source, @Nullable FailureReason failure, long atMs) {
  /** The source of all REST requests of a venue. */
  public static final int REST = -1;

  /** What happened to a connection. */
  public static HealthSignal of(ConnectionEvent mark) {
    FailureReason failure = mark.live() ? null : FailureReason.of(mark.error());
    return new HealthSignal(mark.venue(), mark.connection(), failure, mark.atMs());
  }

  /** Whether it is a success of a connection: a live frame after it was made. */
  boolean isLive() {
    return source != REST && failure == null;
  }
}
