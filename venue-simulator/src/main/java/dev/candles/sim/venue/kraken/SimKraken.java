package dev.candles.sim.venue.kraken;

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
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Kraken on loopback: {@code {ws}/v2} and {@code {rest}/0/public}. */
public final class SimKraken {
  /** The venue's name. */
  public static final String VENUE = "kraken";

  /** What it lists if nobody says otherwise. */
  public static final List<String> SYMBOLS =
      List.of("BTC-USD", "ETH-USD", "SOL-USD", "XRP-USD", "DOGE-USD");

  /** What can go wrong: everything. */
  public static final Set<FaultKind> FAULTS =
      Collections.unmodifiableSet(EnumSet.allOf(FaultKind.class));

  /** Of an address about one call a second, after thirty at once (kraken.md section 5). */
  public static final Duration CALL_EVERY = Duration.ofSeconds(1);

  private SimKraken() {}

  /**
   * Starts serving.
   *
   * @param series by canonical symbol
   * @param latency how long a REST answer takes, real time
   * @param ws 0 for any free one; REST has the next one
   * @throws IOException if a port cannot be bound
   */
  public static VenueServer start(
      Map<String, Series> series,
      KrakenSettings settings,
      MarketTime time,
      Faults faults,
      Duration latency,
      InetSocketAddress ws)
      throws IOException {
    List<KrakenPair> pairs = new ArrayList<>();
    series.forEach((id, one) -> pairs.add(KrakenPair.of(new SimMarket(VENUE, id, one, faults))));
    KrakenContext context = new KrakenContext(pairs, time, faults);
    return LiveVenue.start(
        new KrakenSockets(context),
        new SimKrakenRest(context, settings),
        time,
        faults,
        latency,
        ws);
  }
}
