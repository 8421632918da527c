package dev.candles.cli.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.cli.daily.QaReports;
import dev.candles.lake.layout.LakeLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QaVerdictTest {
  @TempDir private Path folder;
  private Path lake;

  @BeforeEach
  void make() throws Exception {
    lake = Files.createDirectories(folder.resolve("data"));
    Files.createDirectories(lake.resolve(".state"));
  }

  private Path report(Path file, Path of, long atMs, boolean passed) throws Exception {
    String text =
        String.format(
            Locale.ROOT,
            "{\"format\":\"candles-qa-report-1\",\"lake\":\"%s\",\"started_at_ms\":%d,"
                + "\"totals\":{\"passed\":1},\"passed\":%b,\"checks\":[]}",
            of,
            atMs,
            passed);
    return Files.writeString(file, text);
  }

  @Test
  void theNewestReportOfTheLakeIsTold() throws Exception {
    report(lake.resolve(".state/qa_report.json"), lake, 1_000, false);
    Path beside = report(folder.resolve("qa_report.json"), lake, 2_000, true);
    assertThat(QaVerdict.newest(lake)).contains(new QaVerdict(beside, 2_000, true));
  }

  @Test
  void theCollectorsOwnChecksAreReportsToo() throws Exception {
    report(lake.resolve(".state/qa_report.json"), lake, 1_000, false);
    QaReports daily = new QaReports(new LakeLayout(lake));
    Path newest = daily.report(LocalDate.of(2026, 1, 10));
    Files.createDirectories(lake.resolve("reports"));
    report(daily.report(LocalDate.of(2026, 1, 9)), lake, 5_000, false);
    report(newest, lake, 4_000, true);
    assertThat(QaVerdict.newest(lake)).contains(new QaVerdict(newest, 4_000, true));
  }

  @Test
  void anotherLakesReportAndWhatIsNoneAreNotTold() throws Exception {
    report(folder.resolve("qa_report.json"), folder.resolve("other"), 2_000, true);
    Files.writeString(lake.resolve(".state/qa_report.json"), "{\"format\":");
    assertThat(QaVerdict.newest(lake)).isEqualTo(Optional.empty());
  }
}
