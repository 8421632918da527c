package dev.candles.batch.quality;

import dev.candles.batch.quality.check.Finding;
import dev.candles.batch.quality.check.FindingType;
import dev.candles.batch.quality.check.Findings;
import dev.candles.batch.quality.check.QaCheck;
import dev.candles.batch.quality.report.CheckResult;
import dev.candles.batch.quality.scan.FindingCount;
import dev.candles.core.candle.Timeframe;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** All findings of a run: every one counted, a bounded number kept. */
final class Tally {
  /** So many are kept of a kind over the whole lake. */
  private static final int KEPT_PER_KIND = 2_000;

  private final List<Finding> kept = new ArrayList<>();
  private final Map<FindingType, Long> counts = new EnumMap<>(FindingType.class);
  private final Map<FindingType, Integer> keptCounts = new EnumMap<>(FindingType.class);
  private final Map<String, Map<LocalDate, List<FindingType>>> perDay = new HashMap<>();

  void add(Finding finding) {
    count(finding.kind(), 1);
    keep(finding);
  }

  void add(List<Finding> findings, List<FindingCount> all) {
    all.forEach(count -> count(count.kind(), count.count()));
    findings.forEach(this::keep);
  }

  void add(Findings findings) {
    findings.counts().forEach(this::count);
    findings.kept().forEach(this::keep);
  }

  private void count(FindingType kind, long more) {
    counts.merge(kind, more, Long::sum);
  }

  private void keep(Finding finding) {
    if (keptCounts.merge(finding.kind(), 1, Integer::sum) <= KEPT_PER_KIND) {
      kept.add(finding);
    }
    if (finding.openTimeMs() != Finding.NO_TIME) {
      LocalDate date =
          LocalDate.ofEpochDay(Math.floorDiv(finding.openTimeMs(), Timeframe.D1.millis()));
      perDay
          .computeIfAbsent(finding.stream(), stream -> new HashMap<>())
          .computeIfAbsent(date, day -> new ArrayList<>())
          .add(finding.kind());
    }
  }

  /** What was found on a day (UTC) of a stream. */
  List<FindingType> kinds(String stream, LocalDate date) {
    return perDay.getOrDefault(stream, Map.of()).getOrDefault(date, List.of());
  }

  /** Those kept, by check, stream and time. */
  List<Finding> findings() {
    return kept.stream()
        .sorted(
            Comparator.comparing((Finding finding) -> finding.kind().check())
                .thenComparing(Finding::stream)
                .thenComparingLong(Finding::openTimeMs)
                .thenComparing(Finding::file))
        .toList();
  }

  CheckResult result(QaCheck check, String scope) {
    long findings = 0;
    long warnings = 0;
    for (Map.Entry<FindingType, Long> count : counts.entrySet()) {
      if (count.getKey().check() == check) {
        findings += count.getKey().isWarning() ? 0 : count.getValue();
        warnings += count.getKey().isWarning() ? count.getValue() : 0;
      }
    }
    return new CheckResult(check, findings, warnings, scope);
  }
}
