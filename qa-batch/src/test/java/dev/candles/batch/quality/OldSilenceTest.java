package dev.candles.batch.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.candles.batch.quality.check.Finding;
import dev.candles.batch.quality.check.FindingType;
import dev.candles.batch.quality.report.QaReport;
import dev.candles.batch.quality.report.QaText;
import dev.candles.core.candle.Candle;
import dev.candles.core.candle.Evidence;
import dev.candles.core.candle.Ohlc;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.candle.TradeRange;
import dev.candles.core.candle.Volumes;
import dev.candles.core.coverage.IntervalState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A lake in which an older build wrote the silence of okx as flat rows, and a build of now goes on:
 * minutes 60 to 74 are flat rows, 75 to 79 empty; of the 5m intervals over them those of 60 and 65
 * are flat rows, those of 70 and 75 empty.
 */
class OldSilenceTest {
  private static final StreamKey OKX = TestLake.OKX;
  private static final StreamKey FIVE = OKX.in(Timeframe.M5);

  @TempDir Path root;
  private TestLake lake;

  @BeforeEach
  void fill() throws Exception {
    lake = new TestLake(root);
    List<Candle> minutes = new ArrayList<>(TestLake.minutes(OKX, 0));
    minutes.removeIf(c -> c.openTimeMs() >= minute(75) && c.openTimeMs() < minute(80));
    minutes.replaceAll(
        c -> c.openTimeMs() >= minute(60) && c.openTimeMs() < minute(75) ? flat(c) : c);
    lake.write(minutes);
    List<Candle> fives = new ArrayList<>(TestLake.rollup(minutes, Timeframe.M5));
    fives.removeIf(c -> c.openTimeMs() == minute(70));
    lake.write(fives);
    lake.state(OKX, minute(75), 5, IntervalState.VERIFIED_EMPTY, Evidence.VENUE_FLAG);
    lake.state(FIVE, minute(70), 2, IntervalState.VERIFIED_EMPTY, Evidence.ROLLUP);
  }

  private static long minute(int number) {
    return TestLake.FIRST + number * TestLake.MINUTE;
  }

  private static Candle flat(Candle c) {
    return new Candle(
        c.stream(),
        c.openTimeMs(),
        new Ohlc(100, 100, 100, 100),
        new Volumes(0, 0.0, null),
        TradeRange.UNKNOWN,
        c.provenance());
  }

  @Test
  void bothAreAcceptedAndTheRowsAreCounted() throws Exception {
    lake.commit();
    QaReport report = PlainQa.run(root);
    assertThat(report.findings()).isEmpty();
    assertThat(report.totals().flatRows()).isEqualTo(15 + 2);
    assertThat(report.counts().empty()).isEqualTo(5 + 2);
    assertThat(QaText.lines(report))
        .contains(
            "17 of the rows say that nobody traded: builds of before December 2026 wrote silence so,"
                + " and it counts as final (sealed days are not counted)");
  }

  @Test
  void aSealedDayIsReadForWhatItsStatesAloneWouldDeny() throws Exception {
    lake.seal(OKX, 0);
    lake.seal(FIVE, 0);
    lake.commit();
    assertThat(PlainQa.run(root).totals().sealedNow()).isEqualTo(2);
    QaReport second = PlainQa.run(root);
    assertThat(second.totals().sealed()).isEqualTo(2);
    assertThat(second.findings()).isEmpty();
    assertThat(second.totals().flatRows()).isZero();
  }

  @Test
  void anEmptyIntervalOverAMinuteThatTradedIsStillDenied() throws Exception {
    lake.state(FIVE, minute(80), 1, IntervalState.VERIFIED_EMPTY, Evidence.ROLLUP);
    List<Candle> fives = new ArrayList<>(TestLake.rollup(TestLake.minutes(OKX, 0), Timeframe.M5));
    fives.removeIf(c -> c.openTimeMs() >= minute(60) && c.openTimeMs() < minute(85));
    for (String file : List.of("c-1.parquet", "c-2.parquet")) {
      Files.delete(lake.folder(FIVE, 0).resolve(file));
    }
    lake.write(fives);
    lake.state(FIVE, minute(60), 2, IntervalState.VERIFIED_EMPTY, Evidence.ROLLUP);
    lake.commit();
    assertThat(PlainQa.run(root).findings())
        .extracting(Finding::kind, Finding::openTimeMs)
        .containsExactly(tuple(FindingType.ROLLUP_DENIED, minute(80)));
  }
}
