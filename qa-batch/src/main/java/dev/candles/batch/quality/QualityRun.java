package dev.candles.batch.quality;

import dev.candles.batch.quality.check.Finding;
import dev.candles.batch.quality.check.FindingType;
import dev.candles.batch.quality.check.QaCheck;
import dev.candles.batch.quality.report.Certificates;
import dev.candles.batch.quality.report.CheckResult;
import dev.candles.batch.quality.report.QaReport;
import dev.candles.batch.quality.report.StreamReport;
import dev.candles.batch.quality.scan.AssetDayPlan;
import dev.candles.batch.quality.scan.CoverageRead;
import dev.candles.batch.quality.scan.FileFact;
import dev.candles.batch.quality.scan.LakeWalk;
import dev.candles.batch.quality.scan.PartitionReport;
import dev.candles.batch.quality.scan.PartitionReport.Standing;
import dev.candles.lake.layout.Partition;
import dev.candles.text.Counted;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * One daily QA, from the walk over the folders to the report.
 *
 * <ol>
 *   <li>The folders are walked.
 *   <li>The scanner looks at one asset and day at a time: hashes what is sealed, reads the rest,
 *       and answers with a report per partition. Then the change log is read: of a lake that grows
 *       it knows no less than the partitions did.
 *   <li>What only several days together can tell is settled; what has passed is sealed, and the
 *       days that are over are certified.
 * </ol>
 */
final class QualityRun {
  private final QaSettings settings;
  private final Scanner scanner;
  private final Tally tally = new Tally();

  /** Looks at all units of a plan. */
  interface Scanner {
    List<PartitionReport> scan(AssetDayPlan plan) throws Exception;
  }

  /** A run that has not begun yet; it runs once. */
  QualityRun(QaSettings settings, Scanner scanner) {
    this.settings = settings;
    this.scanner = scanner;
  }

  /**
   * Runs.
   *
   * @param startedAtMs real time, epoch ms, UTC
   * @param now market time, epoch ms, UTC; asked when the days are chosen, and when all was read
   * @throws Exception if the scanner cannot run; what is wrong in the lake is in the report
   */
  QaReport run(long startedAtMs, LongSupplier now) throws Exception {
    Certificates certificates = Certificates.before(settings.root());
    LakeWalk.Found found = LakeWalk.of(settings.root());
    tally.add(found.findings(), found.counts());
    List<Partition> partitions =
        found.partitions().stream().filter(p -> wanted(p.stream().venue())).toList();
    long fromMs =
        new NewestDays(settings.root()).fromMs(settings.days(), partitions, now.getAsLong());
    List<PartitionReport> reports =
        scan(partitions.stream().filter(p -> p.fromMs() >= fromMs).toList());
    CoverageRead coverage =
        new CoverageRead(settings.root(), stream -> wanted(stream.venue()), fromMs);
    tally.add(coverage.findings());
    long nowMs = now.getAsLong();
    List<Partition> earlier = partitions.stream().filter(p -> p.fromMs() < fromMs).toList();
    Evaluation evaluation =
        new Evaluation(settings.root(), reports, earlier, coverage, fromMs, nowMs, tally);
    List<StreamReport> streams = evaluation.streams();
    if (settings.days() > 0 && streams.stream().allMatch(s -> s.counts().expected() == 0)) {
      nothingJudged(partitions);
    }
    long sealed = 0;
    Set<Partition> grown = evaluation.grown();
    if (settings.seal()) {
      Sealing sealing = new Sealing(settings.root(), tally, evaluation.openBorders());
      sealed =
          sealing.seal(
              reports.stream().filter(report -> !grown.contains(report.id())).toList(),
              evaluation.closedToMs());
    }
    certificates.compare(
        settings.seal() ? Certificates.Mode.WRITE : Certificates.Mode.READ_ONLY,
        streams,
        reports,
        grown,
        fromMs,
        evaluation.closedToMs(),
        this::wanted);
    certificates.lost().forEach(tally::add);
    return report(startedAtMs, nowMs, fromMs, reports, streams, sealed, certificates.kept());
  }

  /** Of an empty lake there is nothing to judge. */
  private void nothingJudged(List<Partition> partitions) {
    if (!partitions.isEmpty()) {
      String value =
          Counted.of(partitions.size(), "partition")
              + ", and no interval of the newest days is judged";
      tally.add(new Finding(FindingType.NOTHING_JUDGED, "", "", Finding.NO_TIME, value));
    }
  }

  private boolean wanted(String venue) {
    return settings.venues().isEmpty() || settings.venues().contains(venue);
  }

  private List<PartitionReport> scan(List<Partition> partitions) throws Exception {
    AssetDayPlan plan = new AssetDayPlan(partitions);
    List<PartitionReport> reports =
        new ArrayList<>(plan.size() == 0 ? List.of() : scanner.scan(plan));
    reports.sort(Comparator.comparing(PartitionReport::partition));
    return reports;
  }

  private QaReport report(
      long startedAtMs,
      long nowMs,
      long fromMs,
      List<PartitionReport> reports,
      List<StreamReport> streams,
      long sealedNow,
      List<String> keptCertificates) {
    long from = streams.stream().mapToLong(s -> s.account().fromMs()).min().orElse(0);
    long to = streams.stream().mapToLong(s -> s.account().toMs()).max().orElse(0);
    long files = 0;
    long bytes = 0;
    long rows = 0;
    long flatRows = 0;
    long sealed = 0;
    for (PartitionReport report : reports) {
      if (report.standing() != Standing.ARCHIVED) { // its files are elsewhere
        files += report.files().size();
        bytes += report.files().stream().mapToLong(FileFact::bytes).sum();
      }
      rows += report.rows();
      flatRows += report.flat().length() / report.id().stream().timeframe().millis();
      sealed += report.standing() == Standing.SEALED ? 1 : 0;
    }
    QaReport.Totals totals =
        new QaReport.Totals(reports.size(), sealed, sealedNow, files, bytes, rows, flatRows);
    List<CheckResult> checks =
        Arrays.stream(QaCheck.values())
            .map(check -> tally.result(check, scope(check, streams, totals)))
            .toList();
    List<Finding> findings = tally.findings();
    return new QaReport(
        settings.root().toString(),
        startedAtMs,
        nowMs,
        Math.max(from, fromMs),
        to,
        settings.part(),
        settings.deep(),
        totals,
        checks,
        findings,
        streams,
        keptCertificates);
  }

  private static String scope(QaCheck check, List<StreamReport> streams, QaReport.Totals totals) {
    return switch (check) {
      case MANIFEST_VALIDATION, FOOTER_AND_PATH -> Counted.of(totals.files(), "file") + " checked";
      case DATA_QUALITY, OHLC_VALIDITY, FINALITY, TIME_ALIGNMENT ->
          Counted.of(totals.rows(), "candle") + " checked";
      case COVERAGE ->
          Counted.of(streams.stream().mapToLong(s -> s.counts().expected()).sum(), "interval")
              + " checked";
      case PK_UNIQUENESS, GAP_DETECTION, ROLLUP_CONSISTENCY, TRADE_ID_CHAIN, MARKET_SANITY ->
          Counted.of(streams.size(), "stream") + " checked";
    };
  }
}
