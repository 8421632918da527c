package dev.candles.sim.venue.kraken;

import dev.candles.core.candle.Timeframe;
import java.util.Map;
import java.util.Optional;

/** Kraken's intervals in minutes, as far as they are simulated. */
final class KrakenIntervals {
  private static final Map<String, Timeframe> INTERVALS =
      Map.of(
          "1", Timeframe.M1,
          "5", Timeframe.M5,
          "15", Timeframe.M15,
          "30", Timeframe.M30,
          "60", Timeframe.H1,
          "240", Timeframe.H4,
          "1440", Timeframe.D1);

  private KrakenIntervals() {}

  static Optional<Timeframe> of(String minutes) {
    return Optional.ofNullable(INTERVALS.get(minutes));
  }
}
