package dev.candles.core.feed;

/**
 * Something happened to a connection: what venue health is judged by.
 *
 * @param connection which of the venue's connections, from 0
 * @param live true for a live frame after (re)connect, false for a failure
 * @param atMs market time, epoch ms, UTC
 * @param error what failed, empty if nothing did; cut if long
 */
public record ConnectionEvent(String venue, int connection, boolean live, long atMs, String error)
    implements FeedEvent {
  private static final int MAX_ERROR_CHARS = 1_024;

  /** Cuts what outside data could make long. */
  public ConnectionEvent {
    error = error.length() <= MAX_ERROR_CHARS ? error : error.substring(0, MAX_ERROR_CHARS);
  }

  @Override
  public <E extends Exception> void dispatch(Handler<E> handler) throws E {
    handler.link(this);
  }
}
