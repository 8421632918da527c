package dev.candles.sim.venue.kraken;

/** One subscription of one connection. Times are market epoch ms. */
interface KrakenFeed {

  /** Right after the ack. */
  void start(long nowMs);

  /** Time went on. */
  void tick(long nowMs);

  /** It is over. */
  void leave();
}
