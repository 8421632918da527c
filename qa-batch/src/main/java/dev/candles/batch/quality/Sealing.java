package dev.candles.batch.quality;

import dev.candles.batch.quality.check.FindingType;
import dev.candles.batch.quality.check.QaCheck;
import dev.candles.batch.quality.scan.PartitionReport;
import dev.candles.batch.quality.scan.PartitionReport.Standing;
import dev.candles.lake.compact.PartitionLock;
import dev.candles.lake.layout.Folder;
import dev.candles.lake.layout.LakeLayout;
import dev.candles.lake.layout.Partition;
import dev.candles.lake.manifest.Check;
import dev.candles.lake.manifest.Check.Verdict;
import dev.candles.lake.manifest.Manifest;
import dev.candles.lake.manifest.Manifests;
import dev.candles.text.LogValue;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the verdict of every check into the manifests of what was read, so that the next run need
 * only hash it. Only of days that are over. Verdicts of rules that are none any more go: nobody is
 * to believe them. So do those on the trade ids of a day that fails them and cannot be sealed now:
 * they would be believed once a day beside it is archived.
 */
final class Sealing {
  private static final Logger LOG = LoggerFactory.getLogger(Sealing.class);

  private final LakeLayout layout;
  private final Tally tally;
  private final UnverifiedBoundaries borders;

  /**
   * @param root of the lake
   * @param tally what was found
   * @param borders days that their neighbours do not prove
   */
  Sealing(Path root, Tally tally, UnverifiedBoundaries borders) {
    this.layout = new LakeLayout(root);
    this.tally = tally;
    this.borders = borders;
  }

  /**
   * Seals, and takes the seal from days that do not join their neighbours, and from those that
   * something was found to touch which only all days together tell.
   *
   * @param closedToMs days that end later are not over, epoch ms, UTC
   * @return partitions in whose manifest all checks have passed now and had not before
   */
  long seal(List<PartitionReport> reports, long closedToMs) {
    long sealed = 0;
    for (PartitionReport report : reports) {
      boolean fresh =
          report.standing() == Standing.READ
              && !report.sealable().isEmpty()
              && report.id().toMs() <= closedToMs;
      boolean broken = report.standing() == Standing.SEALED && !failed(report.id()).isEmpty();
      if (fresh || broken || isDisproved(report)) {
        try {
          sealed += locked(report) ? 1 : 0;
        } catch (IOException e) {
          LOG.warn("event=seal_failed partition={} error={}", report.partition(), LogValue.of(e));
        }
      }
    }
    return sealed;
  }

  /**
   * What a day fails by all that is known now: something may have been found that touches it, or an
   * older build may have missed it, since it was sealed.
   */
  private Set<QaCheck> failed(Partition day) {
    Set<FindingType> kinds = tally.kinds(day.stream().id(), day.date()).keySet();
    return Arrays.stream(QaCheck.values())
        .filter(
            check ->
                (check == QaCheck.TRADE_ID_CHAIN && borders.breaksSeal(day))
                    || verdict(check, kinds) == Verdict.FAIL)
        .collect(Collectors.toSet());
  }

  /** Whether a day that cannot be sealed now fails what a manifest may say that it passed. */
  private boolean isDisproved(PartitionReport report) {
    return report.standing() == Standing.READ
        && report.sealable().isEmpty()
        && failed(report.id()).contains(QaCheck.TRADE_ID_CHAIN);
  }

  private boolean locked(PartitionReport report) throws IOException {
    try (PartitionLock lock = PartitionLock.tryTake(layout, report.id()).orElse(null)) {
      return lock != null && seal(report); // who compacts it now makes it anew
    }
  }

  private boolean seal(PartitionReport report) throws IOException {
    Partition partition = report.id();
    Path folder = layout.partition(Folder.CANDLES, partition);
    Manifest manifest = Manifests.read(folder, partition).orElse(null);
    if (manifest == null || !manifest.present().equals(report.present())) {
      return false; // compacted anew since it was read
    }
    List<Check> verdicts =
        report.standing() == Standing.SEALED || report.sealable().isEmpty()
            ? broken(manifest, partition)
            : verdicts(report);
    Manifest judged = manifest.withoutChecks(QaCheck::isOfOlderRules).withChecks(verdicts);
    if (judged.equals(manifest)) {
      return false;
    }
    Manifests.write(folder, judged);
    return !verdicts.isEmpty()
        && verdicts.stream().allMatch(check -> check.verdict() == Verdict.PASS);
  }

  /** Of a day that is not sealed anew nothing passes that had not, and nothing else fails. */
  private List<Check> broken(Manifest manifest, Partition day) {
    Set<String> failed = failed(day).stream().map(QaCheck::sealId).collect(Collectors.toSet());
    return manifest.checks().stream()
        .filter(check -> failed.contains(check.id()))
        .map(check -> new Check(check.id(), Verdict.FAIL, check.checkedSha256()))
        .toList();
  }

  private static Verdict verdict(QaCheck check, Collection<FindingType> kinds) {
    Verdict verdict = Verdict.PASS;
    for (FindingType kind : kinds) {
      if (kind.check() == check && verdict != Verdict.FAIL) {
        verdict = kind.isWarning() ? Verdict.WARN : Verdict.FAIL;
      }
    }
    return verdict;
  }

  private List<Check> verdicts(PartitionReport report) {
    Partition id = report.id();
    List<FindingType> kinds = new ArrayList<>(tally.kinds(id.stream().id(), id.date()).keySet());
    report.doubts().stream()
        .filter(borders::isOpen)
        .forEach(doubt -> kinds.add(doubt.finding().kind()));
    List<Check> checks = new ArrayList<>();
    for (QaCheck check : QaCheck.values()) {
      boolean open = check == QaCheck.TRADE_ID_CHAIN && borders.deniesSeal(id);
      Verdict verdict = open ? Verdict.FAIL : verdict(check, kinds);
      checks.add(new Check(check.sealId(), verdict, report.sealable()));
    }
    return checks;
  }
}
