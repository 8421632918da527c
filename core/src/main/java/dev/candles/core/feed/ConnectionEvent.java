package dev.candles.core.feed;

import dev.candles.text.Cut;

/**
 * Something happened to a connection, or to a venue's catalogue: what venue health is judged by.
 *
 * @param connection which of the venue's connections, from 0, or {@link #REST}
 * @param live true for the first data after (re)connect, or where none need come; false for a
 *     failure or a beginning
 * @param atMs market time, epoch ms, UTC
 * @param error what failed, empty if nothing did; cut if long
 */
public record ConnectionEvent(String venue, int connection, boolean live, long atMs, String error)
    implements FeedEvent {
  /** No connection: the catalogue, which comes by REST. */
  public static final int REST = -1;

  private static final int MAX_ERROR_CHARS = 1_024;

  /** Cuts what outside data could make long. */
  public ConnectionEvent {
    error = Cut.to(MAX_ERROR_CHARS, error);
  }

  /** A connection is to be made, of which nothing is known yet. */
  public static ConnectionEvent begun(String venue, int connection, long atMs) {
    return new ConnectionEvent(venue, connection, false, atMs, "");
  }

  /** Whether it is neither live nor a failure. */
  public boolean isBegun() {
    return !live && error.isEmpty();
  }

  @Override
  public <E extends Exception> void dispatch(Handler<E> handler) throws E {
    handler.link(this);
  }
}
