package dev.candles.sim.venue.coinbase;

import dev.candles.sim.venue.ClientSink;
import dev.candles.sim.venue.Protocol;
import dev.candles.sim.venue.Session;
import dev.candles.sim.venue.TokenBucket;

/** The feed's port: one path, eight connections a second and a burst of twenty. */
final class CoinbaseSockets implements Protocol {
  private static final int CONNECTIONS_PER_SECOND = 8;
  private static final int CONNECTIONS_BURST = 20;

  private final CoinbaseContext context;
  private final TokenBucket connects = new TokenBucket(CONNECTIONS_PER_SECOND, CONNECTIONS_BURST);
  private long opened;

  CoinbaseSockets(CoinbaseContext context) {
    this.context = context;
  }

  @Override
  public String venue() {
    return SimCoinbase.VENUE;
  }

  @Override
  public boolean serves(String path) {
    return path.equals("/") || path.isEmpty();
  }

  @Override
  public boolean admits(long nowMs) {
    return connects.take(nowMs);
  }

  @Override
  public Session open(String path, ClientSink outlet, long nowMs) {
    return new CoinbaseConnection(context, ++opened, outlet, nowMs);
  }

  @Override
  public void closed(Session session) {
    if (session instanceof CoinbaseConnection connection) {
      connection.leave();
    }
  }

  @Override
  public void onTick(long nowMs) {}
}
