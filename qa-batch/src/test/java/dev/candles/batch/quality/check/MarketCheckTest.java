package dev.candles.batch.quality.check;

import static dev.candles.batch.quality.check.Rows.BTC;
import static dev.candles.batch.quality.check.Rows.MINUTE;
import static dev.candles.batch.quality.check.Rows.day;
import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.candle.Ohlc;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.candle.TradeRange;
import dev.candles.core.candle.Volumes;
import dev.candles.lake.parquet.RawCandle;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MarketCheckTest {
  private static final StreamKey OKX = new StreamKey("okx", "BTC-USDT", Timeframe.M1);
  private static final StreamKey KRAKEN = new StreamKey("kraken", "BTC-USD", Timeframe.M1);

  private static List<Finding> check(Day... days) {
    List<Finding> findings = new ArrayList<>();
    MarketCheck.check(List.of(days), findings::add);
    return findings;
  }

  private static Day walk(StreamKey stream, int farFrom, int farTo, double factor) {
    RawCandle[] rows = new RawCandle[20];
    for (int i = 0; i < rows.length; i++) {
      double price = (100 + i % 3) * (i >= farFrom && i < farTo ? factor : 1);
      rows[i] = Rows.priced(i, price, price + 1, price - 1, price);
    }
    return day(stream, rows);
  }

  @Test
  void theVenueThatIsFarFromTheMedianIsNamedOnceADayWithItsWorstCandle() {
    RawCandle[] rows = new RawCandle[20];
    for (int i = 0; i < rows.length; i++) {
      double price = i == 5 ? 121.01 : i == 9 || i == 12 ? 130.5 : 100 + i % 3;
      rows[i] = Rows.priced(i, price, price + 1, price - 1, price);
    }
    Day twice = day(BTC, rows);
    List<Finding> found = check(twice, walk(OKX, 0, 0, 1), walk(KRAKEN, 0, 0, 1));
    assertThat(found)
        .singleElement()
        .matches(f -> f.kind() == FindingType.OUTLIER && f.stream().equals(BTC.id()))
        .matches(f -> f.openTimeMs() == 5 * MINUTE)
        .extracting(Finding::value)
        .isEqualTo(
            "close=130.50 at 00:09, median of venues=100.00, 30.5 % off, the worst of 3 candles");
  }

  @Test
  void aMedianIsToldInTheVenuesTick() {
    Day far = day(BTC, Rows.priced(0, 120.5, 120.5, 120.5, 120.5));
    Day one = day(OKX, Rows.priced(0, 100.1, 100.1, 100.1, 100.1));
    Day other = day(KRAKEN, Rows.priced(0, 100.123, 100.123, 100.123, 100.123));
    assertThat(check(far, one, other))
        .singleElement()
        .matches(f -> f.value().contains("close=120.5 ") && f.value().contains("=100.1,"));
  }

  @Test
  void ofTwoVenuesTheOneThatJumpedIsNamed() {
    assertThat(check(walk(BTC, 0, 0, 1), walk(OKX, 5, 9, 0.8)))
        .extracting(Finding::stream)
        .containsExactly(OKX.id());
  }

  @Test
  void twoPerCentAreNoOutlier() {
    assertThat(check(walk(BTC, 5, 9, 1.02), walk(OKX, 0, 0, 1))).isEmpty();
  }

  @Test
  void aPriceThatFreezesOftenADayIsToldOnceWithItsLongestRun() {
    RawCandle[] rows = new RawCandle[240];
    for (int i = 0; i < rows.length; i++) {
      double price = i < 61 ? 7.5 : i < 70 ? i : i < 170 ? 8.25 : 9;
      rows[i] = Rows.row(i * MINUTE, price, price, price, price, 1, null, null, null, "REST");
    }
    assertThat(check(day(rows)))
        .singleElement()
        .matches(f -> f.openTimeMs() == 70 * MINUTE)
        .extracting(Finding::value)
        .isEqualTo("8.25 for 100 candles, the longest of 3 runs");
  }

  private static Day flat(int candles, double volume) {
    RawCandle[] rows = new RawCandle[candles];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = Rows.row(i * MINUTE, 7, 7, 7, 7, volume, null, null, null, "REST");
    }
    return day(rows);
  }

  @Test
  void anHourOfTradesAtOnePriceIsFrozenAndAnHourOfSilenceIsNot() {
    assertThat(check(flat(60, 1))).extracting(Finding::kind).containsExactly(FindingType.FROZEN);
    assertThat(check(flat(59, 1))).isEmpty();
    assertThat(check(flat(60, 0))).isEmpty();
  }

  private static RawCandle paid(int minute, double low, double high, double volume, double quote) {
    return new RawCandle(
        minute * MINUTE,
        new Ohlc(low, high, low, high),
        new Volumes(volume, quote, null),
        TradeRange.UNKNOWN,
        true,
        "VENUE_FLAG",
        "ws",
        0,
        0);
  }

  @Test
  void aVolumeInQuoteCurrencyThatThePricesDoNotGiveIsToldOnceADayWithTheWorst() {
    RawCandle within = paid(0, 100, 110, 2, 209);
    Day mixedUp = day(within, paid(1, 100, 110, 2, 190), paid(2, 100, 110, 209, 2), within);
    assertThat(check(mixedUp))
        .singleElement()
        .matches(f -> f.kind() == FindingType.QUOTE_VOLUME_OFF && f.openTimeMs() == MINUTE)
        .matches(f -> f.kind().isWarning())
        .extracting(Finding::value)
        .isEqualTo(
            "quote_volume=2.0 at 00:02, volume=209.0 at prices 100.0 to 110.0, the worst of 2"
                + " candles");
    assertThat(check(day(paid(0, 100, 110, 0, 5))))
        .extracting(Finding::kind)
        .containsExactly(FindingType.QUOTE_VOLUME_OFF);
  }

  @Test
  void aVolumeInQuoteCurrencyThatIsRoundedOrNotToldIsNone() {
    assertThat(
            check(
                day(
                    paid(0, 100, 110, 2, 200),
                    paid(1, 100, 110, 2, 220),
                    paid(2, 100, 100, 0.0101, 1), // of a cent
                    paid(3, 64_000, 64_000, 0, 0.0003), // of less than a unit
                    paid(4, 100, 100, 0, 0),
                    Rows.priced(5, 100, 110, 90, 100))))
        .isEmpty();
  }

  @Test
  void dollarsAreOneQuoteCurrencyAndOthersAreNot() {
    assertThat(MarketCheck.asset(OKX)).isEqualTo(MarketCheck.asset(BTC)).isEqualTo("BTC-USD");
    assertThat(MarketCheck.asset(new StreamKey("okx", "BTC-EUR", Timeframe.M1)))
        .isEqualTo("BTC-EUR");
  }
}
