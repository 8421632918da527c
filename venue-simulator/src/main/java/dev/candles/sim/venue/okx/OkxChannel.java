package dev.candles.sim.venue.okx;

import dev.candles.core.candle.Timeframe;
import java.util.Arrays;
import java.util.Optional;

/**
 * OKX's names of the timeframes: the UTC ones from six hours on, since the plain ones open at
 * UTC+8.
 */
enum OkxChannel {
  M1(Timeframe.M1, "1m"),
  M3(Timeframe.M3, "3m"),
  M5(Timeframe.M5, "5m"),
  M15(Timeframe.M15, "15m"),
  M30(Timeframe.M30, "30m"),
  H1(Timeframe.H1, "1H"),
  H2(Timeframe.H2, "2H"),
  H4(Timeframe.H4, "4H"),
  H6(Timeframe.H6, "6Hutc"),
  H12(Timeframe.H12, "12Hutc"),
  D1(Timeframe.D1, "1Dutc");

  private final Timeframe timeframe;
  private final String bar;

  OkxChannel(Timeframe timeframe, String bar) {
    this.timeframe = timeframe;
    this.bar = bar;
  }

  Timeframe timeframe() {
    return timeframe;
  }

  /** The channel, for example {@code candle1Dutc}. */
  String channel() {
    return "candle" + bar;
  }

  static Optional<OkxChannel> ofBar(String bar) {
    return Arrays.stream(values()).filter(c -> c.bar.equals(bar)).findFirst();
  }

  static Optional<OkxChannel> ofChannel(String channel) {
    return Arrays.stream(values()).filter(c -> c.channel().equals(channel)).findFirst();
  }
}
