package dev.candles.sim.venue.kraken;

import dev.candles.sim.venue.ClientSink;
import dev.candles.sim.venue.Protocol;
import dev.candles.sim.venue.RateWindow;
import dev.candles.sim.venue.Session;

/**
 * Kraken's WebSocket port: version 2, and version 1 at the root; too many connections, and it is
 * shut for ten minutes.
 */
final class KrakenSockets implements Protocol {
  private static final String SECOND = "/v2";
  private static final int CONNECTIONS = 150;
  private static final long WINDOW_MS = 600_000;

  private final KrakenContext context;
  private final RateWindow connects = new RateWindow(CONNECTIONS, WINDOW_MS);
  private long bannedUntilMs = Long.MIN_VALUE;
  private long opened;

  KrakenSockets(KrakenContext context) {
    this.context = context;
  }

  @Override
  public String venue() {
    return SimKraken.VENUE;
  }

  @Override
  public boolean serves(String path) {
    return path.equals(SECOND) || path.equals("/") || path.isEmpty();
  }

  @Override
  public boolean admits(long nowMs) {
    if (nowMs < bannedUntilMs) {
      return false;
    }
    if (!connects.take(nowMs)) {
      bannedUntilMs = nowMs + WINDOW_MS;
      return false;
    }
    return true;
  }

  @Override
  public Session open(String path, ClientSink outlet, long nowMs) {
    return path.equals(SECOND)
        ? new KrakenConnection(context, opened++, outlet, nowMs)
        : new KrakenOldConnection(context, opened++, outlet, nowMs);
  }

  @Override
  public void closed(Session session) {
    if (session instanceof KrakenTalk talk) {
      talk.leave();
    }
  }

  @Override
  public void onTick(long nowMs) {}
}
