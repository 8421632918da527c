package dev.candles.batch.quality.check;

import static dev.candles.batch.quality.check.Rows.BTC;
import static dev.candles.batch.quality.check.Rows.MINUTE;
import static dev.candles.batch.quality.check.Rows.day;
import static dev.candles.batch.quality.check.Rows.priced;
import static dev.candles.batch.quality.check.Rows.row;
import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.candle.Candle;
import dev.candles.core.candle.Ohlc;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.candle.TradeRange;
import dev.candles.core.candle.Volumes;
import dev.candles.core.finality.Version;
import dev.candles.core.rollup.Rollup;
import dev.candles.lake.parquet.RawCandle;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RollupCheckTest {
  private static final RawCandle[] MINUTES = {
    priced(0, 10, 12, 9, 11),
    priced(1, 11, 14, 11, 13),
    priced(2, 13, 13, 8, 9),
    priced(3, 9, 10, 9, 10),
    priced(4, 10, 11, 10, 10.5)
  };

  private static Day five(double close, String evidence) {
    return day(BTC.in(Timeframe.M5), row(0, 10, 14, 8, close, 7.5, null, null, null, evidence));
  }

  @Test
  void theFoldOfTheMinutesIsNoFinding() {
    assertThat(RollupCheck.of(day(MINUTES), five(10.5, "ROLLUP"))).isEmpty();
  }

  @Test
  void anythingElseIsFoundWithoutADoubtWhereAllMinutesAreHere() {
    List<ConditionalFinding> doubts = RollupCheck.of(day(MINUTES), five(10.4, "ROLLUP"));
    assertThat(doubts)
        .singleElement()
        .matches(d -> d.finding().kind() == FindingType.ROLLUP_DIFFERS && d.neededMs().length == 0);
  }

  /** Around the largest difference that is allowed, where a plain sum may say something else. */
  @Test
  void theVolumeInQuoteCurrencyIsComparedWithTheExactSum() {
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < 2_000; i++) {
      RawCandle[] minutes = MINUTES.clone();
      Arrays.setAll(minutes, at -> paid(MINUTES[at], 1e6 * random.nextDouble()));
      Day base = day(minutes);
      Candle fold = Rollup.fold(BTC.in(Timeframe.M5), 0, base.current()).orElseThrow();
      double quote = Objects.requireNonNull(fold.quoteVolume()) / (1 - 1e-9);
      for (int ulps = -4; ulps <= 4; ulps++) {
        Day larger = fiveThatPaid(quote + ulps * Math.ulp(quote));
        boolean same = Version.of(fold).same(Version.of(larger.current().get(0)));
        assertThat(RollupCheck.of(base, larger).isEmpty()).as("seed %d", i).isEqualTo(same);
      }
    }
  }

  private static Day fiveThatPaid(double quote) {
    RawCandle five = row(0, 10, 14, 8, 10.5, 7.5, null, null, null, "ROLLUP");
    return day(BTC.in(Timeframe.M5), paid(five, quote));
  }

  private static RawCandle paid(RawCandle c, double quote) {
    Volumes volumes = new Volumes(c.volumes().base(), quote, null);
    return new RawCandle(
        c.openTimeMs(), c.prices(), volumes, c.trades(), true, c.evidence(), c.source(), 0, 0);
  }

  @Test
  void whatBothSidesKnewOfIsAsOldAsTheOlderOne() {
    RawCandle[] minutes = MINUTES.clone();
    minutes[2] = minutes[2].receivedAt(7_000);
    minutes[4] = minutes[4].receivedAt(5_000);
    RawCandle five = row(0, 10, 14, 8, 10.4, 7.5, null, null, null, "ROLLUP");
    for (long made : new long[] {5_000, 7_000, 9_000}) {
      Day larger = day(BTC.in(Timeframe.M5), five.receivedAt(made));
      assertThat(RollupCheck.of(day(minutes), larger))
          .extracting(ConditionalFinding::asOfMs)
          .containsExactly(Math.min(made, 7_000));
    }
  }

  @Test
  void whatTheVenueGaveItselfIsNotCompared() {
    assertThat(RollupCheck.of(day(MINUTES), five(10.4, "REST"))).isEmpty();
  }

  @Test
  void aMinuteThatLacksMakesItADoubt() {
    Day base = day(MINUTES[0], MINUTES[1], MINUTES[2], MINUTES[3]);
    assertThat(RollupCheck.of(base, five(10.5, "ROLLUP")))
        .singleElement()
        .satisfies(d -> assertThat(d.neededMs()).containsExactly(4 * MINUTE, 5 * MINUTE));
  }

  @Test
  void aMinuteThatIsWrongInItselfIsNotFoundAgain() {
    Day base = day(MINUTES);
    base.unsound(MINUTES[2]);
    assertThat(RollupCheck.of(base, five(99, "ROLLUP"))).isEmpty();
  }

  @Test
  void aCandleWithoutAnyPartIsInDoubt() {
    assertThat(RollupCheck.of(day(priced(9, 1, 1, 1, 1)), five(10.5, "ROLLUP")))
        .extracting(d -> d.finding().kind())
        .containsExactly(FindingType.ROLLUP_OF_NOTHING);
  }

  private static RawCandle paid(
      long openTimeMs, Ohlc prices, double volume, @Nullable Double quote, String evidence) {
    Volumes volumes = new Volumes(volume, quote, null);
    return new RawCandle(
        openTimeMs, prices, volumes, TradeRange.UNKNOWN, true, evidence, "test", 0, 0);
  }

  private static List<FindingType> quotes(
      @Nullable Double[] minutes, @Nullable Double five, String evidence) {
    Ohlc prices = new Ohlc(10, 12, 9, 11);
    RawCandle[] rows = new RawCandle[minutes.length];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = paid(i * MINUTE, prices, 2, minutes[i], "VENUE_FLAG");
    }
    Day larger = day(BTC.in(Timeframe.M5), paid(0, prices, 10, five, evidence));
    return RollupCheck.of(day(rows), larger).stream().map(d -> d.finding().kind()).toList();
  }

  @Test
  void theVolumeInQuoteCurrencyIsThatOfTheMinutes() {
    Double[] minutes = {20.1, 20.2, 20.3, 20.4, 20.5};
    assertThat(quotes(minutes, 101.5, "ROLLUP")).isEmpty();
    assertThat(quotes(minutes, 20.1 + 20.2 + 20.3 + 20.4 + 20.5, "ROLLUP")).isEmpty();
    assertThat(quotes(minutes, 203.0, "ROLLUP")).containsExactly(FindingType.ROLLUP_DIFFERS);
    assertThat(quotes(minutes, 101.500_001, "ROLLUP")).containsExactly(FindingType.ROLLUP_DIFFERS);
    assertThat(quotes(minutes, 203.0, "REST")).as("the venue's own").isEmpty();
  }

  @Test
  void whereOneSideDoesNotTellItNothingDiffers() {
    assertThat(quotes(new Double[] {20.1, 20.2, null, 20.4, 20.5}, 101.5, "ROLLUP")).isEmpty();
    assertThat(quotes(new Double[] {20.1, 20.2, 20.3, 20.4, 20.5}, null, "ROLLUP")).isEmpty();
    assertThat(quotes(new Double[] {0.0, 0.0, 0.0, 0.0, 0.0}, 0.0, "ROLLUP")).isEmpty();
  }
}
