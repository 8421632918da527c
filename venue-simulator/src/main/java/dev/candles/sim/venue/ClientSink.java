package dev.candles.sim.venue;

/** The venue's side of one connection, as its protocol sees it. */
public interface ClientSink {

  /** Sends what is no data: acks, errors, pong. Nothing leaves while the connection is stalled. */
  void control(String text);

  /** Sends data, unless {@link #flows} says no. */
  void data(String text);

  /** Whether data gets out at a market time (epoch ms): neither stalled, silenced nor closed. */
  boolean flows(long nowMs);

  /** Lets no data out until a market time (epoch ms), acks still. */
  void silence(long untilMs);

  /** Closes with a WebSocket close code. */
  void close(int code, String reason);
}
