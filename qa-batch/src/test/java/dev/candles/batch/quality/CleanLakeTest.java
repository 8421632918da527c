package dev.candles.batch.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.candles.batch.BatchEnvironment;
import dev.candles.batch.quality.check.QaCheck;
import dev.candles.batch.quality.report.Certificate;
import dev.candles.batch.quality.report.CertificateCheck;
import dev.candles.batch.quality.report.CertificateJson;
import dev.candles.batch.quality.report.Certificates;
import dev.candles.batch.quality.report.CheckResult;
import dev.candles.batch.quality.report.QaReport;
import dev.candles.batch.quality.report.QaText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A lake without a fault, through Flink. */
class CleanLakeTest {
  private static final int DAYS = 3;
  private static final long END_MS = TestLake.FIRST + DAYS * TestLake.DAY;

  @TempDir Path root;

  private QaReport run(boolean deep) throws Exception {
    QaSettings settings = new QaSettings(root, 0, deep, Set.of(), true);
    return QualityJob.run(BatchEnvironment.create(2), settings, 0, () -> 0);
  }

  @Test
  void everyCheckPassesAndSaysSoAsTheRunbookDoes() throws Exception {
    new TestLake(root).fill(DAYS).commit();
    QaReport report = run(false);
    assertThat(report.findings()).isEmpty();
    assertThat(report.checks()).hasSize(QaCheck.values().length).allMatch(CheckResult::passed);
    assertThat(QaText.lines(report))
        .startsWith(
            "CHECK 1: PK Uniqueness (Cross-File)",
            "  ✅ PASS: No cross-file duplicate PKs found (10 streams checked)",
            "CHECK 2: Time Alignment")
        .endsWith("✅ PASS: All integrity checks passed");
    assertThat(report.counts().unknown()).isZero();
    assertThat(report.counts().empty()).isEqualTo(DAYS * 6);
    assertThat(report.totals().sealed()).isZero();
  }

  @Test
  void whatWasSealedIsHashedOnlyUntilItChanges() throws Exception {
    TestLake lake = new TestLake(root).fill(DAYS).commit();
    lake.sealAll(DAYS);
    QaReport first = run(false);
    assertThat(first.findings()).isEmpty();
    assertThat(first.totals().sealed()).isZero();
    assertThat(first.totals().sealedNow()).isEqualTo(DAYS * 10);

    QaReport second = run(false);
    assertThat(second.findings()).isEmpty();
    assertThat(second.totals().sealed()).isEqualTo(DAYS * 10);
    assertThat(second.totals().sealedNow()).isZero();
    assertThat(second.totals().rows()).isEqualTo(first.totals().rows());
    assertThat(second.counts()).isEqualTo(first.counts());
    assertThat(run(true).totals().sealed()).isZero();

    Path file = lake.folder(TestLake.COINBASE, 1).resolve("c-1.parquet");
    TestLake.change(file, TestLake.FIRST + TestLake.DAY, "low", "200");
    QaReport third = run(false);
    assertThat(third.findings())
        .extracting(finding -> finding.kind().name())
        .containsExactly("LOW_TOO_HIGH", "SEALED_FILE_CHANGED");
    assertThat(third.totals().sealed()).isEqualTo((DAYS - 1) * 10 + 1);
  }

  @Test
  void aCertificateHoldsUntilTheDayChanges() throws Exception {
    TestLake lake = new TestLake(root).fill(DAYS).commit();
    run(false);
    Path file = Certificates.file(root, "kraken", TestLake.date(1));
    Certificate certificate = CertificateJson.read(file);
    assertThat(certificate.streams()).hasSize(3);
    assertThat(certificate.streams().get(1).stream()).isEqualTo(TestLake.KRAKEN);
    assertThat(certificate.streams().get(1).counts().empty()).isEqualTo(5);
    assertThat(CertificateCheck.differences(root, certificate)).isEmpty();

    Path candles = lake.folder(TestLake.KRAKEN, 1).resolve("c-2.parquet");
    TestLake.drop(candles, TestLake.FIRST + 2 * TestLake.DAY - 60_000, Long.MAX_VALUE);
    assertThat(CertificateCheck.differences(root, certificate))
        .hasSize(2)
        .anyMatch(line -> line.endsWith("c-2.parquet: has changed"))
        .anyMatch(line -> line.contains("certified StateCounts"));
    Files.writeString(file, Files.readString(file).replace("\"unknown\" : 0", "\"unknown\" : 1"));
    assertThatThrownBy(() -> CertificateJson.read(file))
        .hasMessageContaining("root_sha256 is wrong");
  }

  @Test
  void theNewestDaysAndSomeVenuesCanBeAskedForAlone() throws Exception {
    new TestLake(root).fill(DAYS).commit();
    QaSettings settings = new QaSettings(root, 2, false, Set.of("okx"), false);
    QaReport report = QualityJob.run(BatchEnvironment.create(1), settings, 0, () -> END_MS);
    assertThat(report.findings()).isEmpty();
    assertThat(report.totals().partitions()).isEqualTo(6);
    assertThat(report.counts().expected()).isEqualTo(2 * (1440 + 288 + 24));
    assertThat(List.of("certificates")).noneMatch(name -> Files.exists(root.resolve(name)));
  }
}
