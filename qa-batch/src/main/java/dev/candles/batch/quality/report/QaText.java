package dev.candles.batch.quality.report;

import dev.candles.batch.quality.check.Finding;
import dev.candles.batch.quality.check.FindingType;
import dev.candles.core.coverage.StateCounts;
import dev.candles.text.Counted;
import dev.candles.text.OneLine;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** The lines of the runbook. */
public final class QaText {
  private static final int SHOWN = 10;
  private static final String DAMAGED = "Not certified anew, its day is damaged: ";
  private static final String LOST = "Not certified anew, its day holds less than was certified: ";

  private QaText() {}

  /** What to print. */
  public static List<String> lines(QaReport report) {
    List<String> lines = new ArrayList<>();
    for (CheckResult result : report.checks()) {
      lines.add(
          String.format(
              Locale.ROOT, "CHECK %d: %s", result.check().number(), result.check().title()));
      lines.add(String.format(Locale.ROOT, "  %s: %s", verdict(result), summary(result)));
      List<Finding> findings =
          report.findings().stream().filter(f -> f.kind().check() == result.check()).toList();
      findings.stream().limit(SHOWN).forEach(finding -> lines.add("     " + line(finding)));
      long more = result.total() - Math.min(SHOWN, findings.size());
      if (more > 0) {
        boolean all = findings.size() == result.total();
        String where = all ? ", see the report" : ", the report has the first of each kind and day";
        lines.add(String.format(Locale.ROOT, "     … and %d more%s", more, where));
      }
    }
    List<String> kept = report.keptCertificates();
    Set<String> lost =
        report.findings().stream()
            .filter(finding -> finding.kind() == FindingType.CERTIFIED_LOST)
            .map(Finding::file)
            .collect(Collectors.toSet());
    kept.stream()
        .limit(SHOWN)
        .map(file -> OneLine.masked((lost.contains(file) ? LOST : DAMAGED) + file, "?"))
        .forEach(lines::add);
    if (kept.size() > SHOWN) {
      lines.add(
          String.format(Locale.ROOT, "     … and %d more, see the report", kept.size() - SHOWN));
    }
    lines.add(totals(report));
    if (report.totals().flatRows() > 0) {
      lines.add(
          String.format(
              Locale.ROOT,
              "%d of the rows say that nobody traded: builds of before December 2026 wrote silence"
                  + " so, and it counts as final (sealed days are not counted)",
              report.totals().flatRows()));
    }
    lines.add(report.age());
    long failed = report.checks().stream().filter(result -> !result.passed()).count();
    lines.add(
        failed == 0
            ? "✅ PASS: All integrity checks passed"
            : String.format(
                Locale.ROOT,
                "❌ FAIL: %d of %d integrity checks failed",
                failed,
                report.checks().size()));
    return lines;
  }

  /** How a check can end; {@code toString} is what is printed. */
  public enum Verdict {
    PASS("✅ PASS"),
    WARN("⚠️ WARN"),
    FAIL("❌ FAIL");

    private final String printed;

    Verdict(String printed) {
      this.printed = printed;
    }

    @Override
    public String toString() {
      return printed;
    }
  }

  /** How a check ended. */
  public static Verdict verdict(CheckResult result) {
    if (!result.passed()) {
      return Verdict.FAIL;
    }
    return result.warnings() > 0 ? Verdict.WARN : Verdict.PASS;
  }

  /** What a check found, without its verdict. */
  public static String summary(CheckResult result) {
    return verdict(result) == Verdict.PASS
        ? String.format(Locale.ROOT, "%s (%s)", result.check().passed(), result.scope())
        : String.format(Locale.ROOT, "%s (%s)", result.check().title(), counts(result));
  }

  private static String counts(CheckResult result) {
    return String.format(
        Locale.ROOT,
        "%s, %s; %s",
        Counted.of(result.findings(), "finding"),
        Counted.of(result.warnings(), "warning"),
        result.scope());
  }

  /** One finding on one line, whatever the names and values from outside hold. */
  static String line(Finding finding) {
    String time =
        finding.openTimeMs() == Finding.NO_TIME
            ? ""
            : " " + Instant.ofEpochMilli(finding.openTimeMs()).toString().replace(":00Z", "Z");
    String file = finding.file().isEmpty() ? "" : " [" + finding.file() + "]";
    String line = finding.stream() + time + " " + finding.kind() + ": " + finding.value() + file;
    return OneLine.masked(line.strip(), "?");
  }

  private static String totals(QaReport report) {
    QaReport.Totals totals = report.totals();
    StateCounts counts = report.counts();
    return String.format(
        Locale.ROOT,
        "%s, %s (%d sealed, %d sealed now), %s, %s; %.2f%% of %s accounted for",
        Counted.of(report.streams().size(), "stream"),
        Counted.of(totals.partitions(), "partition"),
        totals.sealed(),
        totals.sealedNow(),
        Counted.of(totals.files(), "file"),
        Counted.of(totals.rows(), "row"),
        counts.percent(counts.accounted()),
        Counted.of(counts.expected(), "interval"));
  }
}
