package dev.candles.cli.demo;

import dev.candles.core.candle.Timeframe;
import dev.candles.core.time.MarketClock;
import dev.candles.sim.Simulator;
import dev.candles.sim.SimulatorConfig;
import java.time.Duration;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * What happens when in a demonstration. All instants are market time, epoch ms, UTC.
 *
 * @param historyMs where the lake has to start
 * @param startMs when the venues open
 * @param killMs when the collector is killed
 * @param horizonMs when the faults end; the lake is compared with the truth up to here
 */
public record DemoPlan(
    MarketClock clock, long seed, long historyMs, long startMs, long killMs, long horizonMs) {
  /** Every venue there is: 45 streams with three of them. */
  public static final Scope SCOPE =
      Scope.usual(Simulator.VENUES, Timeframe.M1, Timeframe.M5, Timeframe.H1);

  private static final long HISTORY_MS = Duration.ofHours(6).toMillis();
  private static final int LEAST_MINUTES = SCOPE.largest().baseIntervals();
  private static final int MOST_MINUTES = 10_080;

  /**
   * A plan that begins now and whose market time ends about now, with an interval's end of the
   * largest timeframe.
   *
   * @param nowMs real time, epoch ms
   * @param minutes real minutes with faults
   * @throws IllegalArgumentException if it would show less than an hour of market time, or more
   *     than a week
   */
  public static DemoPlan of(long nowMs, double speed, double minutes, long seed) {
    double marketMinutes = speed * minutes;
    if (!(marketMinutes >= LEAST_MINUTES
        && marketMinutes <= MOST_MINUTES
        && speed <= 600
        && minutes >= 0.5)) {
      throw new IllegalArgumentException(
          String.format(
                  Locale.ROOT,
                  "speed × minutes must be from %d to %d market minutes, speed at most 600, minutes at",
                  LEAST_MINUTES,
                  MOST_MINUTES)
              + String.format(Locale.ROOT, " least 0.5: speed=%s, minutes=%s", speed, minutes));
    }
    long length = (long) (marketMinutes * 60_000);
    long start = SCOPE.largest().floor(nowMs - length);
    long horizon = SCOPE.largest().floor(start + length);
    double killAt = 0.4 + 0.2 * new SplittableRandom(seed).nextDouble();
    MarketClock clock = new MarketClock(nowMs, start, speed);
    long kill = start + (long) ((horizon - start) * killAt);
    return new DemoPlan(clock, seed, start - HISTORY_MS, start, kill, horizon);
  }

  SimulatorConfig simulated() {
    return SCOPE
        .simulated(SimulatorConfig.defaults())
        .withSeed(seed)
        .withClock(clock)
        .withFaults(DemoFaults.of(SCOPE.venues(), horizonMs));
  }
}
