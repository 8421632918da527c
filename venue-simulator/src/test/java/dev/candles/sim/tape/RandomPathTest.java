package dev.candles.sim.tape;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.candle.Timeframe;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RandomPathTest {
  private static final long MINUTE = 60_000;
  private static final long START = 1_767_225_600_000L; // 2026-01-01T00:00Z
  private static final int DAY = 1_440;

  /** Two markets' way beside their asset, the noise of trades, and what a minute may move. */
  private static final double FARTHEST = 0.005;

  private static final double USUAL = 0.002;

  @ParameterizedTest
  @ValueSource(longs = {1, 7, 2026})
  void fiveSymbolsStayCloseOnThreeVenuesAndAreNotTheSame(long seed) {
    for (String base : List.of("BTC", "ETH", "SOL", "XRP", "DOGE")) {
      List<Series> venues =
          List.of(
              series(seed, "okx", base + "-USDT"),
              series(seed, "coinbase", base + "-USD"),
              series(seed, "kraken", base + "-USD"));
      double sum = 0;
      int compared = 0;
      for (int minute = 0; minute < DAY; minute++) {
        long open = START + minute * MINUTE;
        double[] closes =
            venues.stream()
                .map(series -> series.candle(Timeframe.M1, open, Long.MAX_VALUE))
                .flatMap(Optional::stream)
                .mapToDouble(candle -> candle.close().doubleValue())
                .sorted()
                .toArray();
        if (closes.length == venues.size()) {
          double apart = closes[2] / closes[0] - 1;
          assertThat(apart).as("%s at %s", base, open).isLessThan(FARTHEST);
          sum += apart;
          compared++;
        }
      }
      assertThat(compared).as("minutes of %s in which all traded", base).isGreaterThan(DAY / 2);
      assertThat(sum / compared).as("mean of %s", base).isBetween(0.0, USUAL).isPositive();
    }
  }

  @Test
  void aMarketLiesNoMoreBesideItsAssetThanItMay() {
    RandomPath okx = new RandomPath(1, "okx", "BTC-USDT");
    RandomPath kraken = new RandomPath(1, "kraken", "BTC-USD");
    long first = START / MINUTE;
    for (int i = 0; i < 100_000; i++) {
      double ratio = okx.factor(first + i) / kraken.factor(first + i);
      assertThat(Math.abs(ratio - 1)).isLessThan(2.1 * RandomPath.BESIDE);
    }
  }

  @Test
  void anotherAssetAndAnotherSeedGoAnotherWay() {
    long minute = START / MINUTE;
    double bitcoin = new RandomPath(1, "okx", "BTC-USDT").factor(minute);
    for (RandomPath other :
        List.of(
            new RandomPath(1, "okx", "ETH-USDT"),
            new RandomPath(1, "okx", "BTC-EUR"),
            new RandomPath(2, "okx", "BTC-USDT"))) {
      assertThat(Math.abs(other.factor(minute) / bitcoin - 1)).isGreaterThan(3 * RandomPath.BESIDE);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "BTC-USD, BTC-USD",
    "BTC-USDT, BTC-USD",
    "BTC-USDC, BTC-USD",
    "BTC-EUR, BTC-EUR",
    "ETH-BTC, ETH-BTC",
    "USDT-USD, USDT-USD",
    "ODD, ODD"
  })
  void dollarsAreOneQuote(String symbol, String asset) {
    assertThat(RandomPath.asset(symbol)).isEqualTo(asset);
  }

  private static Series series(long seed, String venue, String symbol) {
    return new Series(Tape.random(seed, venue, symbol));
  }
}
