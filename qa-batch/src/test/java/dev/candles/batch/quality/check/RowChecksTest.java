package dev.candles.batch.quality.check;

import static dev.candles.batch.quality.check.Rows.day;
import static dev.candles.batch.quality.check.Rows.priced;
import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.candle.Volumes;
import dev.candles.lake.parquet.RawCandle;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RowChecksTest {
  private static List<FindingType> kinds(RawCandle... rows) {
    Findings findings = new Findings();
    new RowChecks().check(day(rows), findings);
    return findings.kept().stream().map(Finding::kind).toList();
  }

  @Test
  void aSoundRowIsNoFinding() {
    assertThat(kinds(priced(0, 10, 12, 9, 11), priced(1, 10, 10, 10, 10))).isEmpty();
  }

  @Test
  void aRowWithSeveralFaultsOfValueIsOneFinding() {
    assertThat(kinds(priced(0, Double.NaN, -1, Double.POSITIVE_INFINITY, 0)))
        .containsExactly(FindingType.NAN);
  }

  @Test
  void pricesMustBePositiveAndVolumesNotNegative() {
    assertThat(kinds(priced(0, 0, 12, 0, 11))).containsExactly(FindingType.NEGATIVE);
    RawCandle silent = Rows.row(0, 10, 10, 10, 10, 0, 0L, null, null, "VENUE_FLAG");
    assertThat(kinds(silent)).isEmpty();
    assertThat(kinds(Rows.row(0, 10, 10, 10, 10, -1e-9, 0L, null, null, "VENUE_FLAG")))
        .containsExactly(FindingType.NEGATIVE);
  }

  @Test
  void eachNumberThatIsNoneIsFound() {
    Map<Double, FindingType> bad =
        Map.of(
            Double.NaN,
            FindingType.NAN,
            Double.POSITIVE_INFINITY,
            FindingType.INFINITE,
            Double.NEGATIVE_INFINITY,
            FindingType.INFINITE,
            -1e-300,
            FindingType.NEGATIVE);
    List<String> names =
        List.of("open", "high", "low", "close", "volume", "quote_volume", "taker_buy_volume");
    bad.forEach(
        (number, kind) -> {
          for (int at = 0; at < names.size(); at++) {
            double[] n = {10, 10, 10, 10, 1.5, 15, 0.5};
            n[at] = number;
            RawCandle c = priced(0, n[0], n[1], n[2], n[3]);
            Volumes volumes = new Volumes(n[4], n[5], n[6]);
            Findings findings = new Findings();
            new RowChecks().check(day(with(c, volumes)), findings);
            assertThat(findings.kept())
                .singleElement()
                .matches(found -> found.kind() == kind)
                .extracting(Finding::value)
                .isEqualTo(names.get(at) + "=" + number);
          }
        });
  }

  @Test
  void takersBuyNoMoreThanIsTradedButForTheLastDigit() {
    assertThat(kinds(bought(1.5, null), bought(1.5, 0.0), bought(1.5, 1.5))).isEmpty();
    assertThat(kinds(bought(1.5, 1.5 + 1e-9))).isEmpty();
    assertThat(kinds(bought(1.5, 1.5 + 1e-7))).containsExactly(FindingType.TAKER_BUY_TOO_LARGE);
    assertThat(kinds(bought(1.5, -1e-9))).containsExactly(FindingType.NEGATIVE);
    assertThat(kinds(bought(1.5, Double.NaN))).containsExactly(FindingType.NAN);
  }

  private static RawCandle bought(double volume, @Nullable Double takerBuy) {
    return with(priced(0, 10, 12, 9, 11), new Volumes(volume, null, takerBuy));
  }

  private static RawCandle with(RawCandle c, Volumes volumes) {
    return new RawCandle(
        c.openTimeMs(), c.prices(), volumes, c.trades(), true, c.evidence(), c.source(), 0, 0);
  }

  @Test
  void theHighBoundsOpenAndCloseAndTheLowTheOtherWay() {
    assertThat(kinds(priced(0, 10, 10.5, 9, 11))).containsExactly(FindingType.HIGH_TOO_LOW);
    assertThat(kinds(priced(0, 10, 12, 10.5, 11))).containsExactly(FindingType.LOW_TOO_HIGH);
  }

  @Test
  void moreThanFiftyOfAKindAreCountedAndFiftyKept() {
    Findings findings = new Findings();
    RawCandle[] rows = new RawCandle[60];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = priced(i, 10, 9, 8, 10);
    }
    new RowChecks().check(day(rows), findings);
    assertThat(findings.kept()).hasSize(Findings.KEPT_PER_KIND);
    assertThat(findings.counts()).containsEntry(FindingType.HIGH_TOO_LOW, 60);
  }

  /** Each of them has a reader refuse the file. */
  @Test
  void whatIsBeyondAnyMarketIsFound() {
    assertThat(kinds(priced(0, 10, 1e308, 9, 11))).containsExactly(FindingType.OUT_OF_BOUNDS);
    assertThat(kinds(Rows.row(0, 10, 10, 10, 10, 1e308, 1L, null, null, "REST")))
        .containsExactly(FindingType.OUT_OF_BOUNDS);
    assertThat(kinds(Rows.row(0, 10, 10, 10, 10, 1, Long.MAX_VALUE, null, null, "REST")))
        .containsExactly(FindingType.OUT_OF_BOUNDS);
    assertThat(kinds(Rows.row(0, 10, 10, 10, 10, 1, 1L, -1L, Long.MAX_VALUE, "REST")))
        .containsExactly(FindingType.OUT_OF_BOUNDS);
  }
}
