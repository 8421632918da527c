package dev.candles.batch.quality;

import dev.candles.batch.quality.check.Finding;
import dev.candles.batch.quality.check.FindingType;
import dev.candles.batch.quality.check.Findings;
import dev.candles.batch.quality.check.QaCheck;
import dev.candles.batch.quality.report.CheckResult;
import dev.candles.batch.quality.scan.FindingCount;
import dev.candles.core.candle.Timeframe;
import dev.candles.lake.layout.Partition;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All findings of a run: every one counted, a bounded number kept. */
final class Tally {
  /** So many are kept of a kind over the whole lake. */
  private static final int KEPT_PER_KIND = 2_000;

  private final List<Finding> kept = new ArrayList<>();
  private final Map<FindingType, Long> counts = new EnumMap<>(FindingType.class);
  private final Map<FindingType, Integer> keptCounts = new EnumMap<>(FindingType.class);
  private final Map<String, Map<LocalDate, Map<FindingType, Long>>> perDay = new HashMap<>();

  /** One that is filed under every day (UTC) that it touches. */
  void add(Finding finding) {
    count(finding.kind(), 1);
    keep(finding);
    if (finding.openTimeMs() != Finding.NO_TIME) {
      file(finding, finding.openTimeMs(), finding.toMs(), null);
    }
  }

  /** Those of no day. */
  void add(List<Finding> findings, List<FindingCount> all) {
    all.forEach(count -> count(count.kind(), count.count()));
    findings.forEach(this::keep);
  }

  /**
   * Those of a partition: all are of its day, also those of which nothing but their number is
   * known. One that tells another day's time is of that day too.
   */
  void add(Partition day, List<Finding> findings, List<FindingCount> all) {
    add(findings, all);
    all.forEach(count -> file(day.stream().id(), day.date(), count.kind(), count.count()));
    for (Finding finding : findings) {
      if (finding.openTimeMs() != Finding.NO_TIME) {
        file(finding, finding.openTimeMs(), finding.toMs(), day.date());
      }
    }
  }

  /** Those of no day. */
  void add(Findings findings) {
    findings.counts().forEach(this::count);
    findings.kept().forEach(this::keep);
  }

  /** Files one that was added under all other days (UTC) that {@code [fromMs, toMs)} touches. */
  void alsoOf(Finding finding, long fromMs, long toMs) {
    file(finding, fromMs, toMs, day(finding.openTimeMs()));
  }

  private void file(Finding finding, long fromMs, long toMs, @Nullable LocalDate but) {
    LocalDate last = day(Math.max(fromMs, toMs - 1));
    for (LocalDate date = day(fromMs); !date.isAfter(last); date = date.plusDays(1)) {
      if (!date.equals(but)) {
        file(finding.stream(), date, finding.kind(), 1);
      }
    }
  }

  /** Of any time: what a damaged row says has no folder. */
  private static LocalDate day(long epochMs) {
    return LocalDate.ofEpochDay(Math.floorDiv(epochMs, Timeframe.D1.millis()));
  }

  private void file(String stream, LocalDate date, FindingType kind, long more) {
    perDay
        .computeIfAbsent(stream, other -> new HashMap<>())
        .computeIfAbsent(date, other -> new EnumMap<>(FindingType.class))
        .merge(kind, more, Long::sum);
  }

  private void count(FindingType kind, long more) {
    counts.merge(kind, more, Long::sum);
  }

  private void keep(Finding finding) {
    if (keptCounts.merge(finding.kind(), 1, Integer::sum) <= KEPT_PER_KIND) {
      kept.add(finding);
    }
  }

  /** How much of what was found on a day (UTC) of a stream. */
  Map<FindingType, Long> kinds(String stream, LocalDate date) {
    return perDay.getOrDefault(stream, Map.of()).getOrDefault(date, Map.of());
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
