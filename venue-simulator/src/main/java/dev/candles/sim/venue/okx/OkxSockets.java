package dev.candles.sim.venue.okx;

import dev.candles.sim.venue.ClientSink;
import dev.candles.sim.venue.Protocol;
import dev.candles.sim.venue.RateWindow;
import dev.candles.sim.venue.Session;
import java.util.LinkedHashSet;
import java.util.Set;

/** OKX's WebSocket port: two paths, three connections a second. */
final class OkxSockets implements Protocol {
  private static final String PUBLIC = "/ws/v5/public";
  private static final String BUSINESS = "/ws/v5/business";
  private static final int CONNECTIONS_PER_SECOND = 3;

  private final OkxContext context;
  private final RateWindow connects = new RateWindow(CONNECTIONS_PER_SECOND, 1_000);
  private final Set<OkxConnection> connections = new LinkedHashSet<>();
  private long opened;

  OkxSockets(OkxContext context) {
    this.context = context;
  }

  @Override
  public String venue() {
    return SimOkx.VENUE;
  }

  @Override
  public boolean serves(String path) {
    return path.equals(PUBLIC) || path.equals(BUSINESS);
  }

  @Override
  public boolean admits(long nowMs) {
    return connects.take(nowMs);
  }

  @Override
  public Session open(String path, ClientSink outlet, long nowMs) {
    OkxConnection connection =
        new OkxConnection(context, path.equals(BUSINESS), ++opened, outlet, nowMs);
    connections.add(connection);
    return connection;
  }

  @Override
  public void closed(Session session) {
    if (session instanceof OkxConnection connection) {
      connections.remove(connection);
    }
  }

  @Override
  public void onTick(long nowMs) {
    context.corrections().tick(nowMs, connections);
  }
}
