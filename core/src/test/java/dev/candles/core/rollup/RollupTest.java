package dev.candles.core.rollup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.Candles;
import dev.candles.core.candle.Candle;
import dev.candles.core.candle.CandleCheck;
import dev.candles.core.candle.Evidence;
import dev.candles.core.candle.FlatRow;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.candle.TradeRange;
import dev.candles.core.candle.Volumes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class RollupTest {
  private static final StreamKey H1 = Candles.STREAM.in(Timeframe.H1);
  private static final StreamKey M5 = Candles.STREAM.in(Timeframe.M5);

  @ParameterizedTest
  @MethodSource("dev.candles.core.Seeds#seeds")
  void theOrderOfThePartsDoesNotMatterAndPartsOfPartsGiveTheWhole(long seed) {
    List<Candle> minutes = hour(seed);
    Candle whole = Rollup.fold(H1, Candles.T0, minutes).orElseThrow();
    List<Candle> shuffled = new ArrayList<>(minutes);
    Collections.shuffle(shuffled, new Random(seed));
    assertThat(Rollup.fold(H1, Candles.T0, shuffled)).contains(whole);

    List<Candle> fives = new ArrayList<>();
    for (long open = Candles.T0; open < Candles.T0 + 3_600_000; open += 300_000) {
      long from = open;
      Rollup.fold(
              M5,
              from,
              minutes.stream().filter(m -> M5.timeframe().floor(m.openTimeMs()) == from).toList())
          .ifPresent(fives::add);
    }
    assertThat(Rollup.fold(H1, Candles.T0, fives)).contains(whole);
  }

  @Test
  void silentMinutesDoNotSetPrices() {
    Candle flat = Candles.flat(Candles.T0, 500, Evidence.VENUE_FLAG);
    Candle traded = Candles.candle(Candles.T0 + Candles.MINUTE, 100, 2, Evidence.VENUE_FLAG);
    Candle whole = Rollup.fold(M5, Candles.T0, List.of(flat, traded)).orElseThrow();
    assertThat(whole.open()).isEqualTo(100);
    assertThat(whole.high()).isEqualTo(101);
    assertThat(whole.volume()).isEqualTo(2);
    assertThat(whole.evidence()).isEqualTo(Evidence.ROLLUP);
  }

  @Test
  void nothingButSilenceIsSilence() {
    assertThat(Rollup.fold(M5, Candles.T0, List.of())).isEmpty();
  }

  /** What silent minutes of an older lake make says itself that nobody traded. */
  @Test
  void nothingButFlatMinutesIsFlat() {
    Candle flat = Candles.flat(Candles.T0, 7, Evidence.VENUE_FLAG);
    Candle later = Candles.flat(Candles.T0 + Candles.MINUTE, 8, Evidence.VENUE_FLAG);
    Candle whole = Rollup.fold(M5, Candles.T0, List.of(flat, later)).orElseThrow();
    assertThat(whole.close()).isEqualTo(8);
    assertThat(FlatRow.matches(whole)).isTrue();
  }

  @Test
  void aCandleWithoutVolumeWhosePricesDifferSetsThem() {
    Candle odd = Candles.candle(Candles.T0, 500, 0, Evidence.VENUE_FLAG);
    Candle traded = Candles.candle(Candles.T0 + Candles.MINUTE, 100, 2, Evidence.VENUE_FLAG);
    Candle whole = Rollup.fold(M5, Candles.T0, List.of(odd, traded)).orElseThrow();
    assertThat(whole.open()).isEqualTo(500);
    assertThat(whole.high()).isEqualTo(501);
  }

  @Test
  void volumesAreSummedExactly() {
    List<Candle> parts = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      parts.add(Candles.candle(Candles.T0 + i * Candles.MINUTE, 100, 0.1, Evidence.VENUE_FLAG));
    }
    assertThat(Rollup.fold(H1, Candles.T0, parts).orElseThrow().volume()).isEqualTo(1.0);
  }

  @Test
  void whatTakersBoughtIsSummedWhereEachPartSaysIt() {
    Candle one = bought(0, 0.1);
    Candle other = bought(1, 0.2);
    assertThat(Rollup.fold(M5, Candles.T0, List.of(one, other)).orElseThrow().takerBuyVolume())
        .isEqualTo(0.3);
    assertThat(
            Rollup.fold(M5, Candles.T0, List.of(one, bought(1, null)))
                .orElseThrow()
                .takerBuyVolume())
        .isNull();
  }

  private static Candle bought(int minute, @Nullable Double takerBuy) {
    Candle c = Candles.minute(minute);
    return new Candle(
        c.stream(),
        c.openTimeMs(),
        c.prices(),
        new Volumes(c.volume(), null, takerBuy),
        c.trades(),
        c.provenance());
  }

  private static List<Candle> hour(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Candle> minutes = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      if (i == 17 || random.nextInt(4) > 0) {
        minutes.add(Candles.random(random, Candles.T0 + i * Candles.MINUTE));
      }
    }
    return minutes;
  }

  /** What is folded of minutes is held against the same bounds when it is read again. */
  @ParameterizedTest
  @EnumSource(Timeframe.class)
  void whatIsFoldedOfTheLargestMinutesIsSoundAgain(Timeframe timeframe) {
    List<Candle> minutes = new ArrayList<>();
    for (int i = 0; i < timeframe.baseIntervals(); i++) {
      Candle minute = Candles.minute(0);
      minutes.add(
          new Candle(
              minute.stream(),
              Candles.T0 + i * Candles.MINUTE,
              minute.prices(),
              new Volumes(1e100, 1e100, 1e100),
              new TradeRange(1_000_000_000_000L, null, null),
              minute.provenance()));
    }
    assertThat(CandleCheck.problem(minutes.get(0))).isEmpty();
    Candle whole = Rollup.fold(Candles.STREAM.in(timeframe), Candles.T0, minutes).orElseThrow();
    assertThat(CandleCheck.problem(whole)).isEmpty();
    assertThat(whole.tradeCount()).isEqualTo(timeframe.baseIntervals() * 1_000_000_000_000L);
  }
}
