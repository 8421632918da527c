package dev.candles.sources.source.reader;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.candle.Candle;
import dev.candles.core.candle.Market;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.feed.CompletedInterval;
import dev.candles.core.feed.Reject;
import dev.candles.core.repair.GapState;
import dev.candles.core.repair.Proof;
import dev.candles.core.repair.RestAnswer;
import dev.candles.core.repair.RestQuery;
import dev.candles.sim.Simulator;
import dev.candles.sim.SimulatorConfig;
import dev.candles.sim.truth.TrueCandle;
import dev.candles.sources.transport.RestClient;
import dev.candles.sources.transport.RestResponse;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The reader and the venue against a simulated OKX whose truth is known. */
@Timeout(600)
class SimulatedOkxTest {
  private static final StreamKey BTC = ReaderHarness.stream("BTC-USDT");

  private static Simulator simulator() throws Exception {
    return Simulator.start(
        SimulatorConfig.defaults()
            .withSymbols("okx", List.of("BTC-USDT", "ETH-USDT"))
            .startingAt(ReaderHarness.START_MS, 60.0));
  }

  private static void assertTrue(Candle candle, TrueCandle truth) {
    assertThat(candle.openTimeMs()).isEqualTo(truth.openTimeMs());
    assertThat(candle.open()).isEqualTo(truth.open());
    assertThat(candle.high()).isEqualTo(truth.high());
    assertThat(candle.low()).isEqualTo(truth.low());
    assertThat(candle.close()).isEqualTo(truth.close());
    assertThat(Math.abs(candle.volume() - truth.volume())).isLessThanOrEqualTo(1e-8);
  }

  @Test
  void everyFoldIsACandleOfTheTruthOnceAndNothingIsRejected() throws Exception {
    try (Simulator simulator = simulator();
        ReaderHarness harness = new ReaderHarness(simulator.ws("okx"), simulator.clock())) {
      harness.startWatching();
      harness.await("folds", () -> harness.of(CompletedInterval.class).size() >= 8);

      Set<String> keys = new HashSet<>();
      for (CompletedInterval event : harness.of(CompletedInterval.class)) {
        Candle candle = event.candle();
        long open = candle.openTimeMs();
        assertThat(keys.add(candle.stream().id() + open)).as("once: %s", candle).isTrue();
        List<TrueCandle> truth =
            simulator.truth().candles(candle.stream(), open, open + Timeframe.M1.millis());
        assertThat(truth).as("truth of %s", candle).hasSize(1);
        assertTrue(candle, truth.get(0));
      }
      assertThat(harness.of(Reject.class)).isEmpty();
    }
  }

  @Test
  void aPageOfHistoryIsTheTruth() throws Exception {
    try (Simulator simulator = simulator();
        RestClient rest = new RestClient("okx", simulator.rest("okx"))) {
      long to = Timeframe.M1.floor(simulator.now()) - 3_600_000;
      long from = to - 300 * 60_000;
      RestQuery query =
          ReaderHarness.venue()
              .candles(
                  BTC,
                  new Market("BTC-USDT", "BTC-USDT", 0),
                  GapState.Page.of(from, to),
                  simulator.now());
      RestResponse response =
          rest.get(query.path()).get(ReaderHarness.DEADLINE_S, TimeUnit.SECONDS);
      RestAnswer answer =
          ReaderHarness.venue()
              .decodeCandles(
                  query,
                  ReaderHarness.venue().profile(),
                  response.status(),
                  response.body(),
                  simulator.now());
      List<TrueCandle> truth = simulator.truth().candles(BTC, from, to);

      assertThat(answer.rejects()).isEmpty();
      assertThat(answer.candles()).as("rows, of silence too").hasSize(300);
      List<Candle> candles = Proof.Rows.candles(answer.candles());
      assertThat(candles).hasSameSizeAs(truth).hasSizeGreaterThan(200);
      for (int i = 0; i < truth.size(); i++) {
        assertTrue(candles.get(i), truth.get(i));
      }
    }
  }
}
