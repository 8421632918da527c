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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QaVerdictTest {
  @TempDir private Path folder;
  private Path lake;

  @BeforeEach
  void make() throws Exception {
    lake = Files.createDirectories(folder.resolve("data"));
    Files.createDirectories(lake.resolve(".state"));
  }

  private Path report(Path file, Path of, long atMs, boolean passed) throws Exception {
    return report(file, of, atMs, "", passed);
  }

  private Path report(Path file, Path of, long atMs, String part, boolean passed) throws Exception {
    String text =
        String.format(
            Locale.ROOT,
            "{\"format\":\"candles-qa-report-1\",\"lake\":\"%s\",\"started_at_ms\":%d,"
                + "%s\"totals\":{\"passed\":1},\"passed\":%b,\"checks\":[]}",
            of,
            atMs,
            part,
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

  /** Who looks at two days does not know what was found nine days back. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"days\":2,\"venues\":[],",
        "\"days\":0,\"venues\":[\"okx\",\"kraken\"],",
        "\"days\":1,\"venues\":[\"okx\"],"
      })
  void aPartThatPassesTakesNothingBack(String part) throws Exception {
    Path whole = lake.resolve(".state/qa_whole.json");
    report(whole, lake, 1_000, "\"days\":0,\"venues\":[],", false);
    Path beside = folder.resolve("qa_report.json");
    report(beside, lake, 2_000, part, true);
    assertThat(QaVerdict.newest(lake)).contains(new QaVerdict(whole, 1_000, false));
    report(whole, lake, 3_000, "\"days\":0,\"venues\":[],", true);
    report(beside, lake, 4_000, part, false);
    assertThat(QaVerdict.newest(lake))
        .as("what is found somewhere is found")
        .contains(new QaVerdict(beside, 4_000, false));
  }

  @Test
  void anotherLakesReportAndWhatIsNoneAreNotTold() throws Exception {
    report(folder.resolve("qa_report.json"), folder.resolve("other"), 2_000, true);
    Files.writeString(lake.resolve(".state/qa_report.json"), "{\"format\":");
    assertThat(QaVerdict.newest(lake)).isEqualTo(Optional.empty());
  }
}
