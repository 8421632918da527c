package dev.candles.sim.venue.okx;

import dev.candles.sim.fault.Faults;
import dev.candles.sim.tape.Series;
import dev.candles.sim.venue.HttpServer;
import dev.candles.sim.venue.MarketTime;
import dev.candles.sim.venue.Outage;
import dev.candles.sim.venue.SocketServer;
import dev.candles.sim.venue.VenueServer;
import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * OKX on loopback: {@code {ws}/ws/v5/public}, {@code {ws}/ws/v5/business}, {@code {rest}/api/v5}.
 */
public final class Okx implements VenueServer {
  /** The venue's name. */
  public static final String VENUE = "okx";

  /** What it lists if nobody says otherwise. */
  public static final List<String> SYMBOLS =
      List.of("BTC-USDT", "ETH-USDT", "SOL-USDT", "XRP-USDT", "DOGE-USDT");

  private final SocketServer sockets;
  private final HttpServer http;
  private final OkxRest rest;

  private Okx(SocketServer sockets, HttpServer http, OkxRest rest) {
    this.sockets = sockets;
    this.http = http;
    this.rest = rest;
  }

  /**
   * Starts serving.
   *
   * @param series by symbol
   * @param wsPort 0 for any free one
   * @param restPort 0 for any free one
   * @throws IOException if a port cannot be bound
   */
  public static Okx start(
      Map<String, Series> series,
      OkxSettings settings,
      MarketTime time,
      Faults faults,
      int wsPort,
      int restPort)
      throws IOException {
    Map<String, OkxMarket> markets = new LinkedHashMap<>();
    series.forEach((id, one) -> markets.put(id, new OkxMarket(id, one, settings.flatRows())));
    OkxContext context = new OkxContext(markets, time, faults, new OkxCorrections(faults));
    Outage outage = new Outage(faults);
    OkxRest rest = new OkxRest(context, outage, settings);
    HttpServer http = HttpServer.start(VENUE, restPort, rest::answer);
    try {
      SocketServer sockets =
          SocketServer.start(wsPort, new OkxSockets(context), faults, outage, time);
      return new Okx(sockets, http, rest);
    } catch (IOException e) {
      http.close();
      throw e;
    }
  }

  @Override
  public String venue() {
    return VENUE;
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
