package dev.candles.cli.daily;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.lake.disk.Durable;
import dev.candles.lake.layout.LakeLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QaReportsTest {
  private static final LocalDate FIRST = LocalDate.of(2026, 1, 9);

  @TempDir private Path lake;

  @Test
  void theNewestThirtyDaysAreKeptAndWhatIsNotOursToo() throws Exception {
    QaReports reports = new QaReports(new LakeLayout(lake));
    assertThat(reports.newest()).isEmpty();
    reports.open();
    for (int day = 0; day < QaReports.MOST_DAYS + 2; day++) {
      Files.writeString(reports.report(FIRST.plusDays(day)), "{}");
      Files.writeString(reports.page(FIRST.plusDays(day)), "<html>");
    }
    Path folder = lake.resolve("reports");
    Path mine = Files.writeString(folder.resolve("qa-weekly.json"), "{}");
    Path later = Files.writeString(folder.resolve("qa-+12026-01-01.json"), "{}");
    Path unfinished = Durable.temporary(reports.page(FIRST.plusDays(99)));
    Files.writeString(unfinished, "<ht");
    Path cut = folder.resolve("..qa-2026-01-09.html.tmp.part"); // as the checks write the page
    Files.writeString(cut, "<");
    Path others = Files.writeString(folder.resolve(".notes-qa-2026.part"), "x");

    reports.sweep(FIRST.plusDays(QaReports.MOST_DAYS + 1));

    LocalDate oldest = FIRST.plusDays(2);
    assertThat(reports.report(oldest.minusDays(1))).doesNotExist();
    assertThat(reports.page(oldest.minusDays(1))).doesNotExist();
    assertThat(reports.report(oldest)).exists();
    assertThat(reports.page(oldest)).exists();
    assertThat(reports.newest()).contains(FIRST.plusDays(QaReports.MOST_DAYS + 1));
    assertThat(mine).exists();
    assertThat(later).exists();
    assertThat(unfinished).doesNotExist();
    assertThat(cut).doesNotExist();
    assertThat(others).exists();
    try (var files = Files.list(folder)) {
      assertThat(files).hasSize(2 * QaReports.MOST_DAYS + 3);
    }
  }

  @Test
  void aReportOfAClockThatWasAheadTakesNoPlace() throws Exception {
    QaReports reports = new QaReports(new LakeLayout(lake));
    reports.open();
    for (int day = 0; day < QaReports.MOST_DAYS; day++) {
      Files.writeString(reports.report(FIRST.plusDays(day)), "{}");
      Files.writeString(reports.report(FIRST.plusYears(10).plusDays(day)), "{}");
    }

    reports.sweep(FIRST.plusDays(QaReports.MOST_DAYS - 1));

    assertThat(reports.dates()).hasSize(2 * QaReports.MOST_DAYS);
  }

  @Test
  void checksThatWereBegunAndNeverEndedAreNotTakenForNone() throws Exception {
    QaReports reports = new QaReports(new LakeLayout(lake));
    assertThat(reports.newestEnded()).isEmpty();
    reports.open();
    Files.writeString(Durable.temporary(reports.report(FIRST)), "{");
    assertThat(reports.newest()).isEmpty();
    assertThat(reports.newestEnded()).contains(LocalDate.EPOCH);
    Files.writeString(reports.report(FIRST), "{}");
    assertThat(reports.newestEnded()).contains(FIRST);
  }
}
