package dev.candles.cli.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.cli.daily.QaReports;
import dev.candles.lake.layout.LakeLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QaVerdictTest {
  private static final long NOW = Instant.parse("2026-01-10T12:00:00Z").toEpochMilli();
  private static final long DAY_MS = 86_400_000;

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
    assertThat(QaVerdict.newest(lake, NOW)).contains(new QaVerdict(beside, 2_000, true));
  }

  @Test
  void theCollectorsOwnChecksAreReportsToo() throws Exception {
    report(lake.resolve(".state/qa_report.json"), lake, 1_000, false);
    QaReports daily = new QaReports(new LakeLayout(lake));
    Path newest = daily.report(LocalDate.of(2026, 1, 10));
    Files.createDirectories(lake.resolve("reports"));
    report(daily.report(LocalDate.of(2026, 1, 9)), lake, 5_000, false);
    report(newest, lake, 4_000, true);
    assertThat(QaVerdict.newest(lake, NOW)).contains(new QaVerdict(newest, 4_000, true));
  }

  /** It would be the newest for as long as the clock was ahead, whatever is found meanwhile. */
  @Test
  void aReportOfAClockThatWasAheadHidesNoLaterOne() throws Exception {
    QaReports daily = new QaReports(new LakeLayout(lake));
    Files.createDirectories(lake.resolve("reports"));
    report(daily.report(LocalDate.of(2026, 3, 10)), lake, NOW + 59 * DAY_MS, true);
    report(lake.resolve(".state/qa_whole.json"), lake, NOW + 59 * DAY_MS, true);
    report(lake.resolve(".state/qa_report.json"), lake, NOW + DAY_MS + 1, true);
    assertThat(QaVerdict.newest(lake, NOW)).isEmpty();

    Path today = daily.report(LocalDate.of(2026, 1, 10));
    report(today, lake, NOW, false);
    report(daily.report(LocalDate.of(2026, 1, 9)), lake, NOW - DAY_MS, true);
    assertThat(QaVerdict.newest(lake, NOW)).contains(new QaVerdict(today, NOW, false));
    report(today, lake, NOW + DAY_MS, false);
    assertThat(QaVerdict.newest(lake, NOW))
        .as("a machine may be a little behind the one that made it")
        .contains(new QaVerdict(today, NOW + DAY_MS, false));
  }

  @ParameterizedTest
  @ValueSource(strings = {"reports/qa-2026-01-10.json", ".state/qa_whole.json"})
  void whatALakeKeepsIsAboutItWhereverItLayThen(String name) throws Exception {
    Files.createDirectories(lake.resolve("reports"));
    Path kept = report(lake.resolve(name), folder.resolve("before"), 1_000, true);
    assertThat(QaVerdict.newest(lake, NOW)).contains(new QaVerdict(kept, 1_000, true));
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
    assertThat(QaVerdict.newest(lake, NOW)).contains(new QaVerdict(whole, 1_000, false));
    report(whole, lake, 3_000, "\"days\":0,\"venues\":[],", true);
    report(beside, lake, 4_000, part, false);
    assertThat(QaVerdict.newest(lake, NOW))
        .as("what is found somewhere is found")
        .contains(new QaVerdict(beside, 4_000, false));
  }

  @Test
  void anotherLakesReportAndWhatIsNoneAreNotTold() throws Exception {
    report(folder.resolve("qa_report.json"), folder.resolve("other"), 2_000, true);
    Files.writeString(lake.resolve(".state/qa_report.json"), "{\"format\":");
    assertThat(QaVerdict.newest(lake, NOW)).isEqualTo(Optional.empty());
  }
}
