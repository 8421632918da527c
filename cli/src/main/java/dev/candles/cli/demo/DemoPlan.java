package dev.candles.cli.demo;

import static dev.candles.sim.fault.FaultKind.ACK_THEN_SILENCE;
import static dev.candles.sim.fault.FaultKind.CLOCK_SKEW;
import static dev.candles.sim.fault.FaultKind.CUT;
import static dev.candles.sim.fault.FaultKind.DROP;
import static dev.candles.sim.fault.FaultKind.EMPTY_PAGE;
import static dev.candles.sim.fault.FaultKind.HTML;
import static dev.candles.sim.fault.FaultKind.HUGE_FRAME;
import static dev.candles.sim.fault.FaultKind.LATE_CORRECTION;
import static dev.candles.sim.fault.FaultKind.MALFORMED;
import static dev.candles.sim.fault.FaultKind.MERGE;
import static dev.candles.sim.fault.FaultKind.REFUSE;
import static dev.candles.sim.fault.FaultKind.REORDER;
import static dev.candles.sim.fault.FaultKind.REPEAT;
import static dev.candles.sim.fault.FaultKind.SHORT_PAGE;
import static dev.candles.sim.fault.FaultKind.SILENT_SYMBOL;
import static dev.candles.sim.fault.FaultKind.STALE_PAGE;
import static dev.candles.sim.fault.FaultKind.STALL;
import static dev.candles.sim.fault.FaultKind.THROTTLE;

import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.time.MarketClock;
import dev.candles.sim.fault.Fault;
import dev.candles.sim.fault.FaultKind;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What happens when in a demonstration. All instants are market time, epoch ms, UTC.
 *
 * @param historyMs where the lake has to start
 * @param startMs when the venue opens
 * @param killMs when the collector is killed
 * @param horizonMs when the faults end; the lake is compared with the truth up to here
 */
public record DemoPlan(
    MarketClock clock, long seed, long historyMs, long startMs, long killMs, long horizonMs) {
  static final String VENUE = "okx";
  static final List<String> SYMBOLS =
      List.of("BTC-USDT", "ETH-USDT", "SOL-USDT", "XRP-USDT", "DOGE-USDT");
  static final List<Timeframe> TIMEFRAMES = List.of(Timeframe.M1, Timeframe.M5, Timeframe.M15);
  private static final long HISTORY_MS = Duration.ofHours(6).toMillis();

  /**
   * A plan that begins now and whose market time ends about now.
   *
   * @param nowMs real time, epoch ms
   * @param minutes real minutes with faults
   * @throws IllegalArgumentException if it would show less than half an hour of market time, or
   *     more than a week
   */
  public static DemoPlan of(long nowMs, double speed, double minutes, long seed) {
    double marketMinutes = speed * minutes;
    if (!(marketMinutes >= 30 && marketMinutes <= 10_080 && speed <= 600 && minutes >= 0.5)) {
      throw new IllegalArgumentException(
          "speed × minutes must be from 30 to 10080 market minutes, speed at most 600, minutes at"
              + " least 0.5: speed=%s, minutes=%s".formatted(speed, minutes));
    }
    Timeframe largest = TIMEFRAMES.get(TIMEFRAMES.size() - 1);
    long length = (long) (marketMinutes * 60_000);
    long start = largest.floor(nowMs - length);
    long horizon = largest.floor(start + length);
    double killAt = 0.4 + 0.2 * new SplittableRandom(seed).nextDouble();
    MarketClock clock = new MarketClock(nowMs, start, speed);
    long kill = start + (long) ((horizon - start) * killAt);
    return new DemoPlan(clock, seed, start - HISTORY_MS, start, kill, horizon);
  }

  List<StreamKey> streams() {
    return SYMBOLS.stream()
        .flatMap(symbol -> TIMEFRAMES.stream().map(t -> new StreamKey(VENUE, symbol, t)))
        .toList();
  }

  /** Faults of every kind; those of connections are paced so that some data comes through. */
  List<Fault> faults() {
    return List.of(
            every(DROP, 7),
            every(REPEAT, 5),
            every(REORDER, 6),
            every(MERGE, 8),
            every(LATE_CORRECTION, 9),
            every(MALFORMED, 3),
            every(HUGE_FRAME, 37),
            every(SILENT_SYMBOL, 19),
            every(STALL, 29).lasting(Duration.ofMinutes(2)),
            every(CUT, 23).lasting(Duration.ofMinutes(1)),
            Fault.chance(REFUSE, VENUE, 0.25).lasting(Duration.ofSeconds(30)),
            Fault.chance(ACK_THEN_SILENCE, VENUE, 0.25).lasting(Duration.ofMinutes(3)),
            Fault.chance(THROTTLE, VENUE, 0.1),
            Fault.chance(HTML, VENUE, 0.1),
            Fault.chance(EMPTY_PAGE, VENUE, 0.1),
            Fault.chance(SHORT_PAGE, VENUE, 0.1),
            Fault.chance(STALE_PAGE, VENUE, 0.1),
            Fault.chance(CLOCK_SKEW, VENUE, 0.1))
        .stream()
        .map(fault -> fault.until(horizonMs))
        .toList();
  }

  private static Fault every(FaultKind kind, int minutes) {
    return Fault.every(kind, VENUE, Duration.ofMinutes(minutes));
  }

  /** The collector's configuration. */
  String config(URI webSocket, URI rest, Path lake) {
    return """
        venues:
          - name: %s
            symbols: [%s]
            ws_url: %s
            rest_url: %s
        timeframes: [%s]
        data_dir: '%s'
        log_level: INFO
        history: %s
        checkpoint_interval: 3s
        ui_port: 0
        clock: {real_ms: %d, market_ms: %d, speed: %s}
        """
        .formatted(
            VENUE,
            String.join(", ", SYMBOLS),
            webSocket,
            rest,
            String.join(", ", TIMEFRAMES.stream().map(Timeframe::label).toList()),
            lake.toString().replace("'", "''"),
            Instant.ofEpochMilli(historyMs),
            clock.realMs(),
            clock.marketMs(),
            clock.speed());
  }
}
