package dev.candles.sim.venue.okx;

/** One subscription of one connection. Times are market epoch ms. */
interface OkxFeed {

  /** Right after the ack. */
  void start(long nowMs);

  /**
   * Time went on.
   *
   * @return whether anything was pushed
   */
  boolean tick(long nowMs);
}
