package dev.candles.sim.venue.coinbase;

import dev.candles.sim.fault.FaultKind;
import dev.candles.sim.fault.Faults;
import dev.candles.sim.tape.Series;
import dev.candles.sim.venue.LiveVenue;
import dev.candles.sim.venue.MarketTime;
import dev.candles.sim.venue.SimMarket;
import dev.candles.sim.venue.VenueServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The Coinbase Exchange on loopback: the feed at {@code {ws}}, the public calls at {@code {rest}}.
 */
public final class SimCoinbase {
  /** The venue's name. */
  public static final String VENUE = "coinbase";

  /** What it lists if nobody says otherwise. */
  public static final List<String> SYMBOLS =
      List.of("BTC-USD", "ETH-USD", "SOL-USD", "XRP-USD", "DOGE-USD");

  /** What can go wrong: not merge, since a match is alone in its frame, nor other volumes. */
  public static final Set<FaultKind> FAULTS =
      Collections.unmodifiableSet(
          EnumSet.complementOf(EnumSet.of(FaultKind.MERGE, FaultKind.OTHER_VOLUME)));

  private SimCoinbase() {}

  /**
   * Starts serving.
   *
   * @param series by symbol
   * @param slowRows how long after its end a REST row may be incomplete, market time
   * @param latency how long a REST answer takes, real time
   * @param ws 0 for any free one; REST has the next one
   * @throws IOException if a port cannot be bound
   */
  public static VenueServer start(
      Map<String, Series> series,
      Duration slowRows,
      MarketTime time,
      Faults faults,
      Duration latency,
      InetSocketAddress ws)
      throws IOException {
    Map<String, SimMarket> desks = new LinkedHashMap<>();
    series.forEach((id, one) -> desks.put(id, new SimMarket(VENUE, id, one, faults)));
    CoinbaseContext context = new CoinbaseContext(desks, time, faults);
    return LiveVenue.start(
        new CoinbaseSockets(context),
        new SimCoinbaseRest(context, slowRows),
        time,
        faults,
        latency,
        ws);
  }
}
