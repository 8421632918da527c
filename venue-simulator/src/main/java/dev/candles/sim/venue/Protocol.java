package dev.candles.sim.venue;

/** A venue's WebSocket protocol. Called by one thread at a time; times are market epoch ms. */
public interface Protocol {

  /** The venue's name. */
  String venue();

  /** Whether the path is one of the venue's. */
  boolean serves(String path);

  /** Whether one more connection is within the venue's limits. */
  boolean admits(long nowMs);

  /** A connection was made. */
  Session open(String path, ClientSink outlet, long nowMs);

  /** A connection is gone. */
  void closed(Session session);

  /** Time went on; called after the sessions' own ticks. */
  void onTick(long nowMs);
}
