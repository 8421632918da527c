package dev.candles.sim.venue;

/** One connection's protocol. Called by one thread at a time; times are market epoch ms. */
public interface Session {

  /** A text frame came. */
  void onText(String text, long nowMs);

  /** Time went on; called often. */
  void onTick(long nowMs);

  /** The venue will close this connection that soon; says so if the venue does. */
  void onNotice();
}
