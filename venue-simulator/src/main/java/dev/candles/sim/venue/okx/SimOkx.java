package dev.candles.sim.venue.okx;

import dev.candles.sim.fault.FaultKind;
import dev.candles.sim.fault.Faults;
import dev.candles.sim.tape.Series;
import dev.candles.sim.venue.LiveVenue;
import dev.candles.sim.venue.MarketTime;
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
 * OKX on loopback: {@code {ws}/ws/v5/public}, {@code {ws}/ws/v5/business}, {@code {rest}/api/v5}.
 */
public final class SimOkx {
  /** The venue's name. */
  public static final String VENUE = "okx";

  /** What it lists if nobody says otherwise. */
  public static final List<String> SYMBOLS =
      List.of("BTC-USDT", "ETH-USDT", "SOL-USDT", "XRP-USDT", "DOGE-USDT");

  /** What can go wrong: all but other volumes, which are a matter of candles beside trades. */
  public static final Set<FaultKind> FAULTS =
      Collections.unmodifiableSet(EnumSet.complementOf(EnumSet.of(FaultKind.OTHER_VOLUME)));

  private SimOkx() {}

  /**
   * Starts serving.
   *
   * @param series by symbol
   * @param latency how long a REST answer takes, real time
   * @param ws 0 for any free one; REST has the next one
   * @throws IOException if a port cannot be bound
   */
  public static VenueServer start(
      Map<String, Series> series,
      OkxSettings settings,
      MarketTime time,
      Faults faults,
      Duration latency,
      InetSocketAddress ws)
      throws IOException {
    Map<String, OkxMarket> markets = new LinkedHashMap<>();
    series.forEach((id, one) -> markets.put(id, new OkxMarket(id, one, settings)));
    OkxContext context = new OkxContext(markets, time, faults, new OkxCorrections(faults));
    return LiveVenue.start(
        new OkxSockets(context), new SimOkxRest(context, settings), time, faults, latency, ws);
  }
}
