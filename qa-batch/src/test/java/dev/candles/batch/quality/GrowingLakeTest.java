package dev.candles.batch.quality;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.batch.SmallLake;
import dev.candles.batch.quality.check.Finding;
import dev.candles.batch.quality.check.QaCheck;
import dev.candles.batch.quality.report.Certificates;
import dev.candles.batch.quality.report.QaReport;
import dev.candles.core.candle.Candle;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The daily QA beside a collector that goes on writing: judged is what is there at the end. */
class GrowingLakeTest {
  private static final StreamKey BTC = new StreamKey("okx", "BTC-USDT", Timeframe.M1);
  private static final StreamKey ETH = new StreamKey("okx", "ETH-USDT", Timeframe.M1);
  private static final long DAY = SmallLake.DAY;
  private static final long MINUTE = 60_000;

  @TempDir private Path root = Path.of("");
  private SmallLake lake = new SmallLake(root);

  @BeforeEach
  void twoStreamsOfAnHour() throws IOException {
    lake = new SmallLake(root);
    lake.day(BTC, DAY, 60, 4);
    lake.day(ETH, DAY, 60, 4);
  }

  @Test
  void aSilenceThatIsProvenBetweenCoverageAndCandlesIsNoHole() throws Exception {
    QaReport report =
        PlainQa.run(
            root,
            0,
            () -> {
              lake.empty(BTC, DAY + 60 * MINUTE, DAY + 61 * MINUTE);
              grow(BTC, 61, 90);
              grow(ETH, 60, 90);
            },
            () -> {});
    assertClean(report, 80);
  }

  @Test
  void whatComesAfterAPartitionWasReadCounts() throws Exception {
    QaReport report =
        PlainQa.run(
            root,
            0,
            () -> grow(ETH, 60, 90),
            () -> {
              grow(BTC, 60, 90);
              lake.empty(ETH, DAY + 90 * MINUTE, DAY + 100 * MINUTE);
            });
    assertClean(report, 90);
  }

  @Test
  void aGapThatIsFilledMeanwhileIsNone() throws Exception {
    grow(BTC, 70, 90);
    grow(ETH, 60, 90);
    lake.missing(BTC, DAY + 60 * MINUTE, DAY + 70 * MINUTE);
    assertThat(holes(PlainQa.run(root, 0))).isNotEmpty();
    assertClean(PlainQa.run(root, 0, () -> {}, () -> grow(BTC, 60, 70)), 80);
  }

  @Test
  void whatIsMissingAtTheEndIsFound() throws Exception {
    QaReport report =
        PlainQa.run(
            root,
            0,
            () -> {
              grow(BTC, 62, 90);
              grow(ETH, 60, 90);
            },
            () -> {});
    assertThat(holes(report))
        .singleElement()
        .satisfies(
            found -> {
              assertThat(found.stream()).isEqualTo(BTC.id());
              assertThat(found.openTimeMs()).isEqualTo(DAY + 60 * MINUTE);
              assertThat(found.value()).contains("2 minutes", "no state");
            });
  }

  /** What nobody has checked yet is neither sealed nor certified. */
  @Test
  void aDayThatGrowsWhileItIsReadIsCertifiedByTheNextRun() throws Exception {
    grow(BTC, 60, 1_440);
    grow(ETH, 61, 1_440);
    lake.commit(SmallLake.candle(BTC, DAY + SmallLake.DAY_MS + 20 * MINUTE));
    Path certificate = Certificates.file(root, "okx", LocalDate.parse("2026-01-09"));
    QaReport report = PlainQa.run(root, 0, () -> {}, () -> grow(ETH, 60, 61));
    assertThat(holes(report)).extracting(Finding::stream).doesNotContain(ETH.id());
    assertThat(certificate).doesNotExist();
    PlainQa.run(root, 0);
    assertThat(certificate).exists();
  }

  private static void assertClean(QaReport report, long minutes) {
    assertThat(holes(report)).isEmpty();
    assertThat(report.counts().expected()).isEqualTo(2 * minutes);
    assertThat(report.counts().accounted()).isEqualTo(2 * minutes);
  }

  /** The candles of these small lakes have ids that are no chain. */
  private static List<Finding> holes(QaReport report) {
    Set<QaCheck> checks = Set.of(QaCheck.GAP_DETECTION, QaCheck.COVERAGE);
    return report.findings().stream().filter(f -> checks.contains(f.kind().check())).toList();
  }

  private void grow(StreamKey stream, int from, int to) throws IOException {
    Candle[] rows = new Candle[to - from];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = SmallLake.candle(stream, DAY + (from + i) * MINUTE);
    }
    lake.commit(rows);
  }
}
