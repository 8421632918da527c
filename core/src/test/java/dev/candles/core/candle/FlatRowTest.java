package dev.candles.core.candle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.Candles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which row says that nobody traded, to the letter, and which one denies itself. */
class FlatRowTest {
  @ParameterizedTest
  @CsvSource({
    // open, high, low, close, volume, quote volume, count, whether nobody traded
    "7, 7, 7, 7, 0,     0,    0,  true",
    "7, 7, 7, 7, 0,     ,     ,   true",
    "7, 7, 7, 7, 0,     ,     0,  true",
    "7, 7, 7, 7, -0.0,  -0.0, ,   true",
    "7, 7, 7, 7, 1e-300, ,    ,   false",
    "7, 7, 7, 7, 1,     7,    1,  false",
    "7, 7, 7, 7, 0,     1e-9, ,   false", // somebody paid
    "7, 7, 7, 7, 0,     0,    1,  false", // somebody traded less than a digit
    "7, 8, 7, 7, 0,     0,    ,   false", // a price moved
    "7, 7, 6, 7, 0,     0,    ,   false",
    "8, 8, 7, 7, 0,     0,    ,   false",
    "7, 8, 7, 8, 0,     0,    ,   false",
  })
  void onePriceAndNoVolumeAndNothingElseThatTellsOfATrade(
      double open,
      double high,
      double low,
      double close,
      double volume,
      Double quote,
      Long count,
      boolean nobodyTraded) {
    Candle row = row(open, high, low, close, volume, quote, count);
    assertThat(FlatRow.matches(row)).isEqualTo(nobodyTraded);
    assertThat(CandleCheck.problem(row)).as("it may be written, or is evidence").isEmpty();
  }

  @Test
  void twoReadsProveNoMoreThanTheRowItself() {
    assertThat(FlatRow.evidence(flat(Evidence.REST_TWICE))).isEqualTo(Evidence.REST);
    for (Evidence other : new Evidence[] {Evidence.REST, Evidence.VENUE_FLAG, Evidence.ROLLUP}) {
      assertThat(FlatRow.evidence(flat(other))).isEqualTo(other);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "7, 7, 1, ,  BAD_VOLUME",
    "7, 7, 0, 1, BAD_VOLUME",
    "7, 8, 0, 0, BAD_OHLC",
  })
  void aRowThatCountsNoTradeAndShowsOneIsNeitherCandleNorEvidence(
      double low, double high, double volume, Double quote, RejectReason reason) {
    Candle row = row(low, high, low, low, volume, quote, 0L);
    assertThat(CandleCheck.problem(row).map(CandleCheck.Problem::reason)).contains(reason);
  }

  private static Candle flat(Evidence evidence) {
    return Candles.flat(Candles.T0, 7, evidence);
  }

  private static Candle row(
      double open, double high, double low, double close, double volume, Double quote, Long count) {
    return new Candle(
        Candles.STREAM,
        Candles.T0,
        new Ohlc(open, high, low, close),
        new Volumes(volume, quote, null),
        new TradeRange(count, null, null),
        Provenance.first(Evidence.REST, "test", Candles.T0));
  }
}
