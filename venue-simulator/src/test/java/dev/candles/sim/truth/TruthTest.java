package dev.candles.sim.truth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.sim.tape.RandomMarket;
import dev.candles.sim.tape.Series;
import dev.candles.sim.tape.Tape;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

class TruthTest {
  static final long START = 1_767_225_600_000L; // 2026-01-01T00:00Z
  static final long HOUR = 3_600_000;
  static final StreamKey STREAM = new StreamKey("okx", "DOGE-USDT", Timeframe.M1);

  @Test
  void everyIntervalIsACandleOfTradesOrEmpty() {
    Truth truth = truth(series(0.3), START + 10 * HOUR);
    List<TrueCandle> candles = truth.candles(STREAM, START, START + 10 * HOUR);
    List<Long> empties = truth.empties(STREAM, START, START + 10 * HOUR);
    assertThat(candles.size() + empties.size()).isEqualTo(600);
    assertThat(empties).isNotEmpty();
    assertThat(candles).allMatch(candle -> candle.volume() > 0 && candle.tradeCount() > 0);
  }

  @Test
  void aLargerCandleIsItsMinutesFolded() {
    Truth truth = truth(series(0.3), START + 24 * HOUR);
    for (TrueCandle hour : truth.candles(STREAM.in(Timeframe.H1), START, START + 24 * HOUR)) {
      List<TrueCandle> minutes = truth.candles(STREAM, hour.openTimeMs(), hour.openTimeMs() + HOUR);
      assertThat(hour.open()).isEqualTo(minutes.get(0).open());
      assertThat(hour.close()).isEqualTo(minutes.get(minutes.size() - 1).close());
      assertThat(hour.high())
          .isEqualTo(minutes.stream().mapToDouble(TrueCandle::high).max().orElseThrow());
      assertThat(hour.tradeCount())
          .isEqualTo(minutes.stream().mapToLong(TrueCandle::tradeCount).sum());
      assertThat(hour.takerBuyVolume())
          .isPositive()
          .isLessThan(hour.volume())
          .isCloseTo(minutes.stream().mapToDouble(TrueCandle::takerBuyVolume).sum(), within(1e-9));
      assertThat(hour.firstTradeId()).isEqualTo(minutes.get(0).firstTradeId());
    }
  }

  @Test
  void anIntervalThatIsNotOverIsNotTold() {
    Truth truth = truth(series(0), START + 5 * 60_000 + 59_999);
    assertThat(truth.candles(STREAM, START, START + HOUR)).hasSize(5);
  }

  @Test
  void aCorrectionHoldsFromItsTimeOnAndKeepsTheOriginal() {
    Series series = series(0);
    long[] now = {START + HOUR};
    Truth truth = new Truth(List.of(new TrueMarket("okx", "DOGE-USDT", series)), () -> now[0]);
    TrueCandle before = truth.candles(STREAM, START, START + 60_000).get(0);
    series.correct(
        series
            .candle(Timeframe.M1, START, START + HOUR)
            .orElseThrow()
            .corrected(new BigDecimal("0.5"), BigDecimal.ONE),
        START + HOUR + 1);
    assertThat(truth.candles(STREAM, START, START + 60_000)).containsExactly(before);
    now[0] = START + HOUR + 1;
    TrueCandle after = truth.candles(STREAM, START, START + 60_000).get(0);
    assertThat(after.original()).isEqualTo(before);
    assertThat(after.high()).isGreaterThan(before.high());
    TrueCandle hour = truth.candles(STREAM.in(Timeframe.H1), START, START + HOUR).get(0);
    assertThat(hour.high()).isEqualTo(after.high());
    assertThat(hour.original()).isNotNull();
  }

  @Test
  void aLateTradeMakesOfASilentMinuteACandleThatNobodyToldInTime() {
    Series series = series(0.5);
    Truth truth = truth(series, START + 24 * HOUR);
    List<Long> empties = truth.empties(STREAM, START, START + 23 * HOUR);
    long silent =
        empties.stream().filter(at -> !empties.contains(at + 60_000)).findFirst().orElseThrow();
    TrueCandle next = truth.candles(STREAM, silent + 60_000, silent + 120_000).get(0);
    List<TrueCandle> fiveMinutes = truth.candles(STREAM.in(Timeframe.M5), START, START + HOUR);

    assertThat(series.extend(silent)).isTrue();

    assertThat(truth.empties(STREAM, START, START + 23 * HOUR)).doesNotContain(silent);
    TrueCandle late = truth.candles(STREAM, silent, silent + 60_000).get(0);
    assertThat(late.tradeCount()).isEqualTo(1);
    assertThat(late.firstTradeId()).isEqualTo(next.firstTradeId());
    assertThat(late.original()).isNull();
    assertThat(series.corrected(Timeframe.M1, silent, START + 24 * HOUR)).isTrue();
    assertThat(series.flat(silent + 60_000).orElseThrow().close().doubleValue())
        .isEqualTo(late.close());
    assertThat(truth.candles(STREAM.in(Timeframe.M5), START, START + HOUR))
        .extracting(TrueCandle::tradeCount)
        .satisfies(
            counts ->
                assertThat(counts.stream().mapToLong(Long::longValue).sum())
                    .isEqualTo(fiveMinutes.stream().mapToLong(TrueCandle::tradeCount).sum()));
  }

  @Test
  void whatCameLateInOneMinuteIsNotTheNextOnesOriginal() {
    Series series = series(0);
    long minutes = START + 5 * 60_000;
    long before = series.candle(Timeframe.M1, minutes, START + HOUR).orElseThrow().firstTradeId();
    assertThat(series.extend(minutes - 60_000)).isTrue();
    assertThat(series.extend(minutes)).isTrue();
    assertThat(series.original(Timeframe.M1, minutes).orElseThrow().firstTradeId())
        .isEqualTo(before + 1);
  }

  @Test
  void nothingComesLateBeforeTheListing() {
    RandomMarket market = RandomMarket.of("DOGE-USDT").withSilence(0).withListed(START);
    Series series = new Series(Tape.random(1, "okx", "DOGE-USDT", market));
    assertThat(series.extend(START - 60_000)).isFalse();
    assertThat(series.extend(START)).isTrue();
  }

  @Test
  void anUnknownMarketIsRefused() {
    Truth truth = truth(series(0), START);
    assertThatThrownBy(
            () -> truth.candles(new StreamKey("okx", "NOPE-USDT", Timeframe.M1), START, START))
        .hasMessageContaining("no such market");
  }

  static Series series(double silence) {
    RandomMarket market = RandomMarket.of("DOGE-USDT").withSilence(silence);
    return new Series(Tape.random(1, "okx", "DOGE-USDT", market));
  }

  static Truth truth(Series series, long nowMs) {
    return new Truth(List.of(new TrueMarket("okx", "DOGE-USDT", series)), () -> nowMs);
  }
}
