package dev.candles.sim.venue;

import dev.candles.sim.fault.Faults;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;

/** A venue whose protocols are served on two ports of loopback. */
public final class LiveVenue implements VenueServer {
  private final String venue;
  private final SocketServer sockets;
  private final HttpServer http;
  private final RestGateway rest;

  private LiveVenue(String venue, SocketServer sockets, HttpServer http, RestGateway rest) {
    this.venue = venue;
    this.sockets = sockets;
    this.http = http;
    this.rest = rest;
  }

  /**
   * Starts serving.
   *
   * @param latency how long a REST answer takes, real time
   * @param ws where; port 0 for any free one, REST has the next one
   * @throws IOException if a port cannot be bound
   */
  public static LiveVenue start(
      Protocol protocol,
      RestProtocol restProtocol,
      MarketTime time,
      Faults faults,
      Duration latency,
      InetSocketAddress ws)
      throws IOException {
    String venue = protocol.venue();
    Outage outage = new Outage(venue, faults);
    RestGateway rest = new RestGateway(restProtocol, time, faults, outage, latency);
    InetSocketAddress next =
        new InetSocketAddress(ws.getAddress(), ws.getPort() == 0 ? 0 : ws.getPort() + 1);
    HttpServer http = HttpServer.start(venue, next, restProtocol.readsForms(), rest::answer);
    try {
      SocketServer sockets = SocketServer.start(ws, protocol, faults, outage, time);
      return new LiveVenue(venue, sockets, http, rest);
    } catch (IOException e) {
      http.close();
      throw e;
    }
  }

  @Override
  public String venue() {
    return venue;
  }

  @Override
  public URI ws() {
    return sockets.address();
  }

  @Override
  public URI rest() {
    return http.address();
  }

  @Override
  public int connections() {
    return sockets.connections();
  }

  @Override
  public RestCounts restCounts() {
    return rest.counts();
  }

  @Override
  public void close() {
    sockets.close();
    http.close();
  }
}
