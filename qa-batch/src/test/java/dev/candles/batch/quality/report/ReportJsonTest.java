package dev.candles.batch.quality.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.batch.quality.check.Finding;
import dev.candles.batch.quality.check.FindingType;
import dev.candles.batch.quality.check.QaCheck;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.coverage.GapHistory;
import dev.candles.core.coverage.GapRecord;
import dev.candles.core.coverage.GapSummary;
import dev.candles.core.coverage.IntervalState;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.coverage.Reason;
import dev.candles.core.coverage.StreamAccount;
import dev.candles.text.OneLine;
import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportJsonTest {
  private static final StreamKey BTC = new StreamKey("okx", "BTC-USDT", Timeframe.M1);

  private static QaReport report() {
    StreamAccount account = new StreamAccount(BTC, 0, 600_000, Intervals.of(0, 540_000), List.of());
    return report(account, GapHistory.of(account, List.of()));
  }

  private static QaReport report(StreamAccount account, List<GapRecord> gaps) {
    DayCell day = new DayCell(LocalDate.EPOCH, account.counts(), 9, List.of(), "READ", 1, 1);
    StreamReport stream =
        new StreamReport(
            BTC, account.newest(), account, account.counts(), List.of(day), ToldGaps.of(gaps));
    return new QaReport(
        "data",
        1,
        1_140_000,
        0,
        600_000,
        new QaReport.Part(2, List.of("okx")),
        false,
        new QaReport.Totals(1, 0, 0, 1, 2, 9, 4),
        List.of(
            new CheckResult(QaCheck.COVERAGE, 1, 0, "10 intervals checked"),
            new CheckResult(QaCheck.MARKET_SANITY, 0, 1, "1 stream checked")),
        List.of(
            new Finding(FindingType.UNACCOUNTED, BTC.id(), "", 540_000, "no \"state\""),
            new Finding(FindingType.FOREIGN_FOLDER, "", "candles/x", Finding.NO_TIME, "x"),
            new Finding(FindingType.FROZEN, BTC.id(), "candles/a.parquet", 0, "1.0")),
        List.of(stream),
        List.of("certificates/venue=okx/1970-01-01.json"));
  }

  private static List<String> wrong(String json) throws IOException {
    Path schema =
        Path.of(System.getProperty("repository.root")).resolve("docs/qa_report.schema.json");
    List<String> wrong = new ArrayList<>();
    Schema.check(Schema.parse(Files.readString(schema)), Schema.parse(json), "", wrong);
    return wrong;
  }

  @Test
  void theReportIsOfThePublishedSchema() throws IOException {
    StringWriter json = new StringWriter();
    ReportJson.write(report(), json);
    assertThat(wrong(json.toString())).isEmpty();
    assertThat(json.toString()).contains("\"days\" : 2", "\"venues\" : [ \"okx\" ]");
    assertThat(wrong(json.toString().replace("\"rows\" : 9", "\"rows\" : \"9\""))).hasSize(2);
    assertThat(wrong(json.toString().replace("\"kind\"", "\"sort\""))).hasSize(6);
  }

  /** Thin markets have more gaps than anybody reads: the report does not grow with them. */
  @Test
  void ofMoreGapsThanTheReportHoldsTheOpenAndTheNewestAreTold() throws IOException {
    List<GapRecord> gaps = new ArrayList<>();
    for (int i = 0; i < 700; i++) {
      long from = i * 120_000L;
      IntervalState state = i == 3 ? IntervalState.MISSING : IntervalState.VERIFIED_EMPTY;
      gaps.add(
          new GapRecord(BTC, from, from + 60_000, state, Reason.NONE, null, from, from + 90_000));
    }
    StringWriter json = new StringWriter();
    ReportJson.write(
        report(new StreamAccount(BTC, 0, 0, Intervals.empty(), List.of()), gaps), json);
    assertThat(wrong(json.toString())).isEmpty();
    assertThat(json.toString()).contains("\"gaps_left_out\" : 200").contains("\"MISSING\"");
    assertThat(json.toString().split("\"noted_at_ms\"")).hasSize(1 + GapSummary.MOST_TOLD);
    assertThat(json.toString())
        .doesNotContain("\"noted_at_ms\" : 0,")
        .contains(": " + 699 * 120_000L);
  }

  @Test
  void aValueThatIsCutCanBeWritten(@TempDir Path folder) throws IOException {
    String value = "x".repeat(299) + "\uD83D\uDE00";
    Finding finding = new Finding(FindingType.UNKNOWN_EVIDENCE, BTC.id(), "", 0, value);
    QaReport report = report(new StreamAccount(BTC, 0, 0, Intervals.empty(), List.of()), List.of());
    Path file = folder.resolve("report.json");
    try (Writer out = Files.newBufferedWriter(file)) {
      ReportJson.write(with(report, List.of(finding)), out);
    }
    assertThat(Files.readString(file)).contains("x".repeat(299) + "…");
  }

  private static QaReport with(QaReport report, List<Finding> findings) {
    return new QaReport(
        report.lake(),
        report.startedAtMs(),
        report.nowMs(),
        report.fromMs(),
        report.toMs(),
        report.part(),
        report.deep(),
        report.totals(),
        report.checks(),
        findings,
        report.streams(),
        report.keptCertificates());
  }

  /** The daily checks read the verdicts from what is printed. */
  @Test
  void aNameOrAValueWritesNoLineOfItsOwn() {
    String hostile = "x\nCHECK 9: all well\n  ❌ FAIL: nothing\u001b[2J\u2028\r";
    QaReport report =
        with(
            report(),
            List.of(
                new Finding(FindingType.FOREIGN_FILE, "", hostile, Finding.NO_TIME, "a file"),
                new Finding(FindingType.UNACCOUNTED, BTC.id(), hostile, 0, hostile)));
    List<String> lines = QaText.lines(report);
    assertThat(lines).hasSameSizeAs(QaText.lines(report()));
    assertThat(lines)
        .contains(
            "     okx/BTC-USDT/1m 1970-01-01T00:00Z UNACCOUNTED: x?CHECK 9: all well?"
                + "  ❌ FAIL: nothing?[2J?? [x?CHECK 9: all well?  ❌ FAIL: nothing?[2J??]")
        .noneMatch(line -> line.chars().anyMatch(OneLine::isActedOn));
  }

  @Test
  void theTextSaysWhatFailedAndWhatIsOnlyOdd() {
    assertThat(QaText.lines(report()))
        .containsExactly(
            "CHECK 10: Coverage",
            "  ❌ FAIL: Coverage (1 finding, 0 warnings; 10 intervals checked)",
            "     okx/BTC-USDT/1m 1970-01-01T00:09Z UNACCOUNTED: no \"state\"",
            "CHECK 12: Market Sanity",
            "  ⚠️ WARN: Market Sanity (0 findings, 1 warning; 1 stream checked)",
            "     okx/BTC-USDT/1m 1970-01-01T00:00Z FROZEN: 1.0 [candles/a.parquet]",
            "Not certified anew, its day is damaged: certificates/venue=okx/1970-01-01.json",
            "1 stream, 1 partition (0 sealed, 0 sealed now), 1 file, 9 rows; 90.00% of 10"
                + " intervals accounted for",
            "4 of the rows say that nobody traded: builds of before December 2026 wrote silence so,"
                + " and it counts as final (sealed days are not counted)",
            "Newest: 10 min ago, as of 1970-01-01T00:19:00Z; furthest behind: okx/BTC-USDT/1m 10"
                + " min ago",
            "❌ FAIL: 1 of 2 integrity checks failed");
  }
}
