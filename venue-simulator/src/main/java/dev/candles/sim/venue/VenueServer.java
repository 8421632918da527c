package dev.candles.sim.venue;

import java.net.URI;

/** One simulated venue, serving. */
public interface VenueServer extends AutoCloseable {

  /** The venue's name. */
  String venue();

  /** Root of its WebSocket addresses. */
  URI ws();

  /** Root of its REST addresses. */
  URI rest();

  /** Open WebSocket connections. */
  int connections();

  /** REST requests that came, and how many of them broke the venue's limits. */
  RestCounts restCounts();

  @Override
  void close();

  /**
   * Counts since the start.
   *
   * @param requests all of them
   * @param refused those refused for their rate, faults not counted
   */
  record RestCounts(long requests, long refused) {}
}
