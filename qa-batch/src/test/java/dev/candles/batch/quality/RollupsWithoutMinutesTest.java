package dev.candles.batch.quality;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.batch.quality.check.Finding;
import dev.candles.batch.quality.check.FindingType;
import dev.candles.batch.quality.report.QaReport;
import dev.candles.core.candle.Candle;
import dev.candles.core.candle.Evidence;
import dev.candles.core.candle.Provenance;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.candle.TradeRange;
import dev.candles.lake.compact.Archiver;
import dev.candles.lake.layout.LakeLayout;
import dev.candles.lake.layout.Partition;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was rolled up passes only beside its minutes; what the venue gave itself needs none. */
class RollupsWithoutMinutesTest {
  private static final StreamKey MINUTES = TestLake.COINBASE;
  private static final StreamKey LARGER = MINUTES.in(Timeframe.M5);

  @TempDir Path root;
  @TempDir Path archive;

  private TestLake lake(List<Candle> larger) throws Exception {
    TestLake lake = new TestLake(root);
    lake.write(TestLake.minutes(MINUTES, 0));
    lake.seal(MINUTES, 0);
    lake.write(larger);
    lake.seal(LARGER, 0);
    return lake;
  }

  private static List<Candle> rolledUp() {
    return TestLake.rollup(TestLake.minutes(MINUTES, 0), Timeframe.M5);
  }

  private static List<Candle> wrong() {
    List<Candle> larger = new ArrayList<>(rolledUp());
    Candle c = larger.get(7);
    larger.set(7, Damage.priced(c, c.open(), c.high() + 50, c.low(), c.close()));
    return larger;
  }

  private void archiveMinutes() throws Exception {
    new Archiver(new LakeLayout(root), new LakeLayout(archive))
        .archive(Partition.of(MINUTES, TestLake.FIRST));
  }

  private QaReport passes() throws Exception {
    QaReport report = PlainQa.run(root);
    assertThat(report.findings()).isEmpty();
    return report;
  }

  @Test
  void aRollupIsNotSealedWhoseMinutesAreArchived() throws Exception {
    lake(wrong());
    archiveMinutes();
    assertThat(passes().totals().sealedNow()).isZero();
    assertThat(passes().totals().sealed()).isZero();
  }

  @Test
  void aRollupIsNotSealedWhoseMinutesAreGoneAndIsComparedOnceTheyAreBack() throws Exception {
    Path folder = lake(wrong()).folder(MINUTES, 0);
    Files.move(folder, archive.resolve("gone"));
    QaReport report = PlainQa.run(root);
    assertThat(report.totals().sealedNow()).isZero();
    isAGap(report, 0, 1430);
    Files.move(archive.resolve("gone"), folder);
    assertThat(PlainQa.run(root).findings())
        .extracting(Finding::kind)
        .containsExactly(FindingType.ROLLUP_DIFFERS);
  }

  @Test
  void aRollupThatWasSealedBesideItsMinutesStaysSoWhenTheyAreArchived() throws Exception {
    lake(rolledUp());
    assertThat(passes().totals().sealedNow()).isEqualTo(2);
    archiveMinutes();
    assertThat(passes().totals().sealed()).isEqualTo(1);
  }

  @Test
  void aVenuesOwnLargerCandlesAreSealedWithoutMinutes() throws Exception {
    List<Candle> own = new ArrayList<>();
    for (Candle c : rolledUp()) {
      own.add(
          new Candle(
              c.stream(),
              c.openTimeMs(),
              c.prices(),
              c.volumes(),
              TradeRange.UNKNOWN,
              Provenance.first(Evidence.REST, "rest", 0)));
    }
    TestLake lake = new TestLake(root);
    lake.write(own);
    lake.seal(LARGER, 0);
    assertThat(PlainQa.run(root).totals().sealedNow()).isEqualTo(1);
    assertThat(PlainQa.run(root).totals().sealed()).isEqualTo(1);
  }

  private static void isAGap(QaReport report, int fromMinute, int toMinute) {
    assertThat(report.passed()).isFalse();
    assertThat(report.findings()).extracting(Finding::kind).containsExactly(FindingType.GAP);
    Finding gap = report.findings().get(0);
    assertThat(gap.stream()).isEqualTo(MINUTES.id());
    assertThat(gap.openTimeMs()).isEqualTo(TestLake.FIRST + fromMinute * TestLake.MINUTE);
    assertThat(gap.toMs()).isEqualTo(TestLake.FIRST + toMinute * TestLake.MINUTE);
    assertThat(report.streams())
        .filteredOn(stream -> stream.stream().equals(MINUTES))
        .singleElement()
        .matches(stream -> stream.counts().unknown() == toMinute - fromMinute);
  }

  @Test
  void minutesAreAccountedForAsFarAsWhatWasRolledUpOfThem() throws Exception {
    Path folder = lake(rolledUp()).folder(MINUTES, 0);
    Files.delete(folder.resolve("_manifest.json"));
    Path first = folder.resolve("c-1.parquet");
    Path last = folder.resolve("c-2.parquet");
    Files.move(last, archive.resolve("last"));
    isAGap(PlainQa.run(root), 720, 1430);
    Files.move(archive.resolve("last"), last);
    Files.move(first, archive.resolve("first"));
    isAGap(PlainQa.run(root), 0, 720);
    Files.move(archive.resolve("first"), first);
    passes();
  }

  @Test
  void theLastMinutesMayComeAfterWhatIsRolledUpOfThem() throws Exception {
    TestLake lake = new TestLake(root);
    lake.write(TestLake.minutes(MINUTES, 0).subList(0, 1430));
    lake.write(rolledUp());
    passes();
  }

  @Test
  void largerTimeframesThatAloneWereForgottenPassWithoutTheirMinutes() throws Exception {
    Path forgotten = new LakeLayout(root).forgotten().resolve("2026-01-09-1");
    TestLake lake = new TestLake(forgotten);
    lake.write(rolledUp());
    assertThat(PlainQa.run(forgotten).findings()).isEmpty();
    lake.write(TestLake.minutes(MINUTES, 0).subList(0, 1200));
    isAGap(PlainQa.run(forgotten), 1200, 1430);
  }

  @Test
  void aDayOfMinutesThatCannotBeReadIsFoundAsThatAlone() throws Exception {
    TestLake lake = new TestLake(root);
    lake.write(TestLake.minutes(MINUTES, 0));
    lake.write(rolledUp());
    Damage.cut(lake.folder(MINUTES, 0).resolve("c-2.parquet"), 0.5);
    assertThat(PlainQa.run(root).findings())
        .extracting(Finding::kind)
        .containsExactly(FindingType.UNREADABLE);
  }
}
