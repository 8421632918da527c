package dev.candles.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.batch.quality.check.Day;
import dev.candles.batch.quality.check.Finding;
import dev.candles.batch.quality.check.MarketCheck;
import dev.candles.core.candle.Evidence;
import dev.candles.core.candle.Ohlc;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.candle.TradeRange;
import dev.candles.core.candle.Volumes;
import dev.candles.lake.layout.Partition;
import dev.candles.lake.parquet.RawCandle;
import dev.candles.sim.Simulator;
import dev.candles.sim.SimulatorConfig;
import dev.candles.sim.truth.TrueCandle;
import dev.candles.sim.truth.TrueMarket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the daily check of prices over venues says of simulated ones. */
class SimulatedPricesTest {
  private static final long START_MS = 1_767_225_600_000L; // 2026-01-01T00:00Z
  private static final long DAY_MS = 86_400_000;
  private static final int DAYS = 3;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 2026})
  void noPriceOfASimulatedDayIsFarFromTheOtherVenues(long seed) throws Exception {
    SimulatorConfig config =
        DemoPlan.SCOPE
            .simulated(SimulatorConfig.defaults())
            .withSeed(seed)
            .startingAt(START_MS + DAYS * DAY_MS, 1);
    List<Finding> findings = new ArrayList<>();
    int compared = 0;
    try (Simulator simulator = Simulator.start(config)) {
      for (int i = 0; i < DAYS; i++) {
        long from = START_MS + i * DAY_MS;
        Map<String, List<Day>> assets =
            simulator.truth().markets().stream()
                .map(market -> day(simulator, market, from))
                .collect(Collectors.groupingBy(d -> MarketCheck.asset(d.partition().stream())));
        for (List<Day> days : assets.values()) {
          assertThat(days).hasSameSizeAs(Simulator.VENUES);
          compared += days.stream().mapToInt(day -> day.current().size()).sum();
          MarketCheck.check(days, findings::add);
        }
      }
    }
    assertThat(compared).isGreaterThan(DAYS * 5 * 3 * 1_000);
    assertThat(findings).isEmpty();
  }

  private static Day day(Simulator simulator, TrueMarket market, long fromMs) {
    StreamKey stream = new StreamKey(market.venue(), market.symbol(), Timeframe.M1);
    List<Day.Row> rows =
        simulator.truth().candles(stream, fromMs, fromMs + DAY_MS).stream()
            .map(candle -> new Day.Row(row(candle), "truth"))
            .toList();
    return new Day(Partition.of(stream, fromMs), rows, List.of());
  }

  private static RawCandle row(TrueCandle candle) {
    return new RawCandle(
        candle.openTimeMs(),
        new Ohlc(candle.open(), candle.high(), candle.low(), candle.close()),
        new Volumes(candle.volume(), candle.quoteVolume(), null),
        new TradeRange(candle.tradeCount(), candle.firstTradeId(), candle.lastTradeId()),
        true,
        Evidence.values()[0].name(),
        "ws",
        0,
        0);
  }
}
