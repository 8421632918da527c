package dev.candles.batch.quality;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.batch.quality.check.Finding;
import dev.candles.batch.quality.check.FindingType;
import dev.candles.batch.quality.report.Certificates;
import dev.candles.batch.quality.report.QaReport;
import dev.candles.core.candle.Candle;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.coverage.CoverageRow;
import dev.candles.core.coverage.IntervalState;
import dev.candles.core.coverage.Reason;
import dev.candles.lake.coverage.CoverageAppender;
import dev.candles.lake.layout.Partition;
import dev.candles.lake.parquet.CandleFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is over, and what the newest days are, is told by what is known and by nothing else. */
class HowFarALakeReachesTest {
  private static final StreamKey STREAM = TestLake.MINUTES;
  private static final StreamKey AWAY = new StreamKey("okx", "SOL-USDT", Timeframe.M1);
  private static final long TODAY = TestLake.FIRST + TestLake.DAY;

  @TempDir Path root;
  private TestLake lake;

  @BeforeEach
  void fill() throws IOException {
    lake = new TestLake(root);
    lake.write(TestLake.minutes(STREAM, 0));
    lake.seal(STREAM, 0);
  }

  private void today(int minutes) throws IOException {
    List<Candle> today = TestLake.minutes(STREAM, 1).subList(0, minutes);
    Files.createDirectories(lake.folder(STREAM, 1));
    CandleFiles.write(lake.folder(STREAM, 1).resolve("c-1.parquet"), today);
    lake.seal(STREAM, 1);
  }

  private QaReport run(int days) throws Exception {
    return PlainQa.run(root, days);
  }

  private Path certificate(int day) {
    return Certificates.file(root, STREAM.venue(), TestLake.date(day));
  }

  /** A minute of it was a gap at 01:40, so the whole day is noted as missing. */
  @Test
  void aLargerIntervalThatIsMissingDoesNotEndTheDay() throws Exception {
    today(620);
    long noted = TODAY + 101 * TestLake.MINUTE;
    CoverageRow missing =
        new CoverageRow(
            STREAM.in(Timeframe.D1),
            TODAY,
            TODAY + TestLake.DAY,
            IntervalState.MISSING,
            Reason.BASE,
            null,
            1,
            noted);
    new CoverageAppender(lake.layout).append(List.of(missing));
    QaReport report = run(0);
    assertThat(report.toMs()).isEqualTo(TODAY + 610 * TestLake.MINUTE);
    assertThat(report.totals().sealedNow()).as("of yesterday").isEqualTo(1);
    assertThat(certificate(0)).exists();
    assertThat(certificate(1)).doesNotExist();
  }

  @Test
  void aStrayCandleOfTheFutureEndsNoDay() throws Exception {
    today(620);
    StreamKey other = new StreamKey("coinbase", "SOL-USD", Timeframe.M1);
    lake.write(TestLake.minutes(other, 0));
    lake.write(TestLake.minutes(other, 500));
    QaReport report = run(0);
    assertThat(report.findings()).extracting(Finding::kind).contains(FindingType.IN_THE_FUTURE);
    assertThat(report.toMs()).isEqualTo(TODAY + 610 * TestLake.MINUTE);
    assertThat(certificate(1)).doesNotExist();
  }

  /** The minutes are the venue's; larger timeframes and quiet markets lag behind it, and end. */
  @Test
  void aSlowClockDeniesNoDay() throws Exception {
    today(620);
    StreamKey ended = new StreamKey("coinbase", "SOL-USD", Timeframe.M1);
    lake.write(TestLake.minutes(ended, 0).subList(0, 600));
    List<Finding> found = run(0).findings();
    long slowMs = TODAY + (620 - 7) * TestLake.MINUTE;
    QaReport report = PlainQa.run(root, 0, slowMs);
    assertThat(report.findings())
        .isEqualTo(found)
        .extracting(Finding::kind)
        .doesNotContain(FindingType.IN_THE_FUTURE);
    assertThat(report.toMs()).isEqualTo(TODAY + 610 * TestLake.MINUTE);
  }

  private void write(StreamKey stream, int from, int to) throws IOException {
    List<Candle> minutes =
        IntStream.range(from, to).mapToObj(minute -> TestLake.minute(stream, minute)).toList();
    Path folder = lake.folder(Partition.of(stream, minutes.get(0).openTimeMs()));
    Files.createDirectories(folder);
    CandleFiles.write(folder.resolve("c-from-" + from + ".parquet"), minutes);
  }

  /** Beside a stream that is just behind midnight, one waits for the states of its last minutes. */
  @Test
  void aDayIsCertifiedWhenEachStreamReachesItsEnd() throws Exception {
    StreamKey late = new StreamKey("coinbase", "SOL-USD", Timeframe.M1);
    write(late, 0, 1431);
    write(STREAM, 1440, 1460);
    run(0);
    assertThat(certificate(0)).doesNotExist();
    write(late, 1431, 1440);
    run(0);
    assertThat(certificate(0)).exists();
  }

  @Test
  void aDayIsCertifiedAnHourLaterWhateverItsStreamsLack() throws Exception {
    StreamKey ended = new StreamKey("coinbase", "SOL-USD", Timeframe.M1);
    write(ended, 0, 1431);
    run(0);
    assertThat(certificate(0)).as("the lake ends at midnight").doesNotExist();
    write(STREAM, 1440, 1505);
    run(0);
    assertThat(certificate(0)).as("judged are 55 minutes").doesNotExist();
    write(STREAM, 1505, 1510);
    run(0);
    assertThat(certificate(0)).exists();
  }

  /** The venue may come back and tell of its last minutes, whatever others do meanwhile. */
  @Test
  void aDayOfAVenueThatIsAwayIsCertifiedAnHourAfterItsReturn() throws Exception {
    write(AWAY, 0, 1431);
    write(STREAM, 1440, 1515);
    run(0);
    assertThat(certificate(0)).as("of the venue that is not away").exists();
    assertThat(certificateOfAway()).doesNotExist();
    write(AWAY, 1440, 1500);
    run(0);
    assertThat(certificateOfAway()).exists();
  }

  @Test
  void aDayOfAVenueThatLeftIsCertifiedADayLater() throws Exception {
    write(AWAY, 0, 1431);
    write(STREAM, 1440, 2879);
    run(0);
    assertThat(certificateOfAway()).as("a minute is still to come").doesNotExist();
    write(STREAM, 2879, 2880);
    run(0);
    assertThat(certificateOfAway()).exists();
  }

  private Path certificateOfAway() {
    return Certificates.file(root, AWAY.venue(), TestLake.date(0));
  }

  @Test
  void theNewestDaysAreCountedFromWhatIsThere() throws Exception {
    today(620);
    Path empty = lake.folder(STREAM, 1).resolveSibling("date=2926-02-11");
    Files.createDirectories(empty);
    assertThat(run(1).fromMs()).isEqualTo(TODAY);
    assertThat(run(1).counts().expected()).isEqualTo(610);
    Files.copy(lake.folder(STREAM, 1).resolve("c-1.parquet"), empty.resolve("c-1.parquet"));
    assertThat(run(1).fromMs()).as("not from a day of the future").isEqualTo(TODAY);
    assertThat(run(1).counts().expected()).isEqualTo(610);
  }

  @Test
  void aRunThatJudgedNothingOfALakeDoesNotPass() throws Exception {
    Path log = root.resolve("coverage/date=2026-01-09");
    Files.createDirectories(log);
    CandleFiles.write(log.resolve("c-1.parquet"), List.of());
    QaReport report = run(1);
    assertThat(report.counts().expected()).isZero();
    assertThat(report.findings()).extracting(Finding::kind).contains(FindingType.NOTHING_JUDGED);
    assertThat(report.passed()).isFalse();
  }

  @Test
  void aFolderInAPartitionIsFoundWhateverItIsCalled() throws Exception {
    Path day = lake.folder(STREAM, 0);
    for (String name : List.of("_backup", ".old", "copy")) {
      Files.createDirectories(day.resolve(name));
      Files.copy(day.resolve("c-1.parquet"), day.resolve(name).resolve("c-1-0.parquet"));
    }
    Files.createDirectories(lake.revisions(STREAM, 0).resolve(".older"));
    QaReport report = run(0);
    assertThat(report.findings())
        .extracting(Finding::kind)
        .containsOnly(FindingType.FOREIGN_FILE)
        .hasSize(4);
    assertThat(report.passed()).isFalse();
  }
}
