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
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the verdict of every check into the manifests of what was read, so that the next run need
 * only hash it. Only of days that are over. Verdicts of rules that are none any more go: nobody is
 * to believe them.
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
   * Seals, and takes the seal from days that do not join their neighbours.
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
      boolean broken = report.standing() == Standing.SEALED && borders.breaksSeal(report.id());
      if (fresh || broken) {
        try {
          sealed += locked(report) ? 1 : 0;
        } catch (IOException e) {
          LOG.warn("event=seal_failed partition={} error={}", report.partition(), e.toString());
        }
      }
    }
    return sealed;
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
        report.standing() == Standing.SEALED ? broken(manifest) : verdicts(report);
    Manifest judged = manifest.withoutChecks(QaCheck::isOfOlderRules).withChecks(verdicts);
    if (judged.equals(manifest)) {
      return false;
    }
    Manifests.write(folder, judged);
    return !verdicts.isEmpty()
        && verdicts.stream().allMatch(check -> check.verdict() == Verdict.PASS);
  }

  /** The border is all that is judged of a day whose rows were not. */
  private static List<Check> broken(Manifest manifest) {
    String id = QaCheck.TRADE_ID_CHAIN.sealId();
    return manifest.checks().stream()
        .filter(check -> check.id().equals(id))
        .map(check -> new Check(id, Verdict.FAIL, check.checkedSha256()))
        .toList();
  }

  private List<Check> verdicts(PartitionReport report) {
    Partition id = report.id();
    List<FindingType> kinds = new ArrayList<>(tally.kinds(id.stream().id(), id.date()));
    report.doubts().forEach(doubt -> kinds.add(doubt.finding().kind()));
    List<Check> checks = new ArrayList<>();
    for (QaCheck check : QaCheck.values()) {
      boolean open = check == QaCheck.TRADE_ID_CHAIN && borders.deniesSeal(id);
      Verdict verdict = open ? Verdict.FAIL : Verdict.PASS;
      for (FindingType kind : kinds) {
        if (kind.check() == check && verdict != Verdict.FAIL) {
          verdict = kind.isWarning() ? Verdict.WARN : Verdict.FAIL;
        }
      }
      checks.add(new Check(check.sealId(), verdict, report.sealable()));
    }
    return checks;
  }
}
