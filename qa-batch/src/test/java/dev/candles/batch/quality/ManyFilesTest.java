package dev.candles.batch.quality;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.batch.BatchEnvironment;
import dev.candles.batch.quality.check.FindingType;
import dev.candles.batch.quality.check.QaCheck;
import dev.candles.batch.quality.report.QaReport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A partition of as many files as are looked at is reported on, also through Flink. */
class ManyFilesTest {
  private static final int EMPTY_FILES = 19_998;

  @TempDir Path root;

  @Test
  void twentyThousandFilesInOnePartitionAreFindingsAndNotTheEndOfTheRun() throws Exception {
    TestLake lake = new TestLake(root);
    lake.write(TestLake.minutes(TestLake.MINUTES, 0));
    lake.write(TestLake.minutes(TestLake.COINBASE, 0));
    Path folder = lake.folder(TestLake.MINUTES, 0);
    for (int i = 0; i < EMPTY_FILES; i++) {
      Files.createFile(
          folder.resolve("c-3f0b2a4c-7f5e-4a0e-9c55-0123456789ab-%05d.parquet".formatted(i)));
    }
    QaSettings settings = new QaSettings(root, 0, false, Set.of(), false);
    QaReport report = QualityJob.run(BatchEnvironment.create(2), settings, 0, () -> 0);
    assertThat(report.totals().files()).isEqualTo(EMPTY_FILES + 4);
    assertThat(report.totals().partitions()).isEqualTo(2);
    assertThat(report.totals().rows()).isEqualTo(2880);
    assertThat(report.checks())
        .filteredOn(check -> check.findings() > 0)
        .singleElement()
        .matches(check -> check.check() == QaCheck.FOOTER_AND_PATH)
        .matches(check -> check.findings() == EMPTY_FILES);
    assertThat(report.findings()).allMatch(finding -> finding.kind() == FindingType.UNREADABLE);
    assertThat(report.streams().get(1).days().get(0).files())
        .extracting(file -> file.path())
        .as("in order, each once")
        .hasSize(EMPTY_FILES + 2)
        .isSorted()
        .doesNotHaveDuplicates();
  }
}
