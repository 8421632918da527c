package dev.candles.batch.quality.html;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.batch.quality.check.Finding;
import dev.candles.batch.quality.check.FindingType;
import dev.candles.batch.quality.check.Findings;
import dev.candles.batch.quality.check.QaCheck;
import dev.candles.batch.quality.report.CheckResult;
import dev.candles.batch.quality.report.QaReport;
import dev.candles.batch.quality.report.QaText;
import dev.candles.batch.quality.report.StreamReport;
import dev.candles.core.coverage.CoverageRow;
import dev.candles.core.coverage.GapSummary;
import dev.candles.core.coverage.IntervalState;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.coverage.Reason;
import dev.candles.core.coverage.StreamAccount;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class PageJsonTest {
  private static final long MINUTE = SampleLake.MINUTE;

  /** Every second minute of a stream is missing, so many times. */
  private static QaReport missing(int pieces) {
    List<CoverageRow> rows = new ArrayList<>();
    for (int i = 0; i < pieces; i++) {
      long from = 2 * i * MINUTE;
      rows.add(
          new CoverageRow(
              SampleLake.MINUTES,
              from,
              from + MINUTE,
              IntervalState.MISSING,
              Reason.SKIPPED,
              null,
              1,
              0));
    }
    StreamAccount account =
        new StreamAccount(
            SampleLake.MINUTES, 0, 2 * pieces * MINUTE, Intervals.empty(), List.copyOf(rows));
    StreamReport stream =
        new StreamReport(
            account.stream(),
            account.newest(),
            account,
            account.counts(),
            List.of(),
            new GapSummary.Builder().build());
    QaReport sample = SampleLake.report(List.of());
    return new QaReport(
        sample.lake(),
        sample.startedAtMs(),
        sample.nowMs(),
        0,
        account.toMs(),
        sample.part(),
        false,
        sample.totals(),
        sample.checks(),
        List.of(),
        List.of(stream),
        List.of());
  }

  private static String write(QaReport report) throws IOException {
    StringWriter out = new StringWriter();
    PageJson.write(report, List.of(), out);
    return out.toString();
  }

  @Test
  void ofTooManyPiecesTheNewestAreToldAndFromWhenOn() throws IOException {
    int half = PageJson.MOST_LACKING / 2; // what is between the missing minutes is unknown
    String json = write(missing(half + 4));

    assertThat(json).contains("\"lacking_from_ms\":" + 8 * MINUTE);
    assertThat(json).contains("\"lacking\":[[8,1,0],[9,1,1],").doesNotContain("[7,1,1]");
    assertThat(json).contains("\"reasons\":[\"MISSING SKIPPED\",\"UNKNOWN NONE\"]");
  }

  /** Of each kind and day a scan keeps the first ones. */
  @Test
  void whatNoReportListsIsCounted() throws IOException {
    List<Finding> kept =
        Collections.nCopies(
            Findings.KEPT_PER_KIND, new Finding(FindingType.NAN, "", "", 0, "close=NaN"));
    QaReport sample = SampleLake.report(kept);
    QaReport report =
        new QaReport(
            sample.lake(),
            sample.startedAtMs(),
            sample.nowMs(),
            sample.fromMs(),
            sample.toMs(),
            sample.part(),
            false,
            sample.totals(),
            List.of(
                new CheckResult(QaCheck.DATA_QUALITY, 1_440, 0, "1440 candles checked"),
                new CheckResult(QaCheck.MARKET_SANITY, 0, 2, "1 stream checked")),
            kept,
            sample.streams(),
            List.of());
    assertThat(write(report)).contains("\"findings_total\":1442,");
    assertThat(QaText.lines(report))
        .contains("     … and 1430 more, the report has the first of each kind and day");
  }

  @Test
  void allPiecesAreToldWhereTheyAreFew() throws IOException {
    assertThat(write(missing(2)))
        .contains("\"lacking_from_ms\":0", "\"lacking\":[[0,1,0],[1,1,1],[2,1,0],[3,1,1]]");
  }
}
