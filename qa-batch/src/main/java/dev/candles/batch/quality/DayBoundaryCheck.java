package dev.candles.batch.quality;

import dev.candles.batch.quality.check.Chain;
import dev.candles.batch.quality.check.ChainBorder;
import dev.candles.batch.quality.check.ChainDoubt;
import dev.candles.batch.quality.check.ConditionalFinding;
import dev.candles.batch.quality.check.IdsOfCandles;
import dev.candles.batch.quality.check.QaCheck;
import dev.candles.batch.quality.scan.AssetDay;
import dev.candles.batch.quality.scan.AssetDayScan;
import dev.candles.batch.quality.scan.FileFact;
import dev.candles.batch.quality.scan.PartitionReport;
import dev.candles.batch.quality.scan.PartitionReport.Standing;
import dev.candles.lake.layout.Folder;
import dev.candles.lake.layout.LakeLayout;
import dev.candles.lake.layout.Partition;
import dev.candles.lake.manifest.Check.Verdict;
import dev.candles.lake.manifest.Manifest;
import dev.candles.lake.manifest.Manifests;
import dev.candles.lake.manifest.SealedFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Joins the chains of two days. What looks broken in one day may be explained by the other, where a
 * trade was published late over midnight.
 *
 * <p>The border between two sealed days is believed, because no day is sealed while a border of its
 * is open: in doubt, or not looked at. So whichever of the two was sealed last was so beside the
 * other as it is now. Where one of them is not sealed, the rows of the other are read again.
 */
final class DayBoundaryCheck {
  private final LakeLayout layout;
  private final AssetDayScan scan;
  private final Map<String, PartitionReport> read = new HashMap<>();
  private final UnverifiedBoundaries borders;

  /**
   * @param root of the lake
   * @param borders are told what a border explains
   */
  DayBoundaryCheck(Path root, UnverifiedBoundaries borders) {
    this.borders = borders;
    this.layout = new LakeLayout(root);
    this.scan = new AssetDayScan(root, true);
  }

  /**
   * What is wrong between one day of a stream and the next one that has rows, if no minute is
   * missing there. Nothing where a day has not all of its rows here: nobody can tell yet.
   */
  List<ConditionalFinding> join(PartitionReport before, PartitionReport after) {
    if (before.standing() == Standing.SEALED
        && after.standing() == Standing.SEALED
        && before.id().toMs() == after.id().fromMs()) {
      return List.of();
    }
    PartitionReport first = withRows(before);
    PartitionReport second = withRows(after);
    if (first.standing() != Standing.READ || second.standing() != Standing.READ) {
      unseen(before, before.id().toMs());
      unseen(after, after.id().fromMs());
      return List.of();
    }
    Chain one = first.chain();
    Chain next = second.chain();
    List<ConditionalFinding> doubts = new ArrayList<>(ChainBorder.doubts(one, next, after.id()));
    IdsOfCandles both = ChainBorder.edges(one, next);
    doubts.addAll(unexplained(one, both, before, before.id().toMs()));
    doubts.addAll(unexplained(next, both, after, after.id().fromMs()));
    return doubts;
  }

  /**
   * A day beside one whose rows are not all here. What passed check 9 over these files did so
   * beside what the other day held, and holds: what looks broken near midnight was explained by it.
   */
  private void unseen(PartitionReport day, long midnightMs) {
    if (!hasPassed(day)) {
      borders.unseen(day.id());
      return;
    }
    day.chain().breaks().stream()
        .filter(broken -> broken.isNear(midnightMs))
        .forEach(broken -> borders.explained(broken.doubt()));
  }

  /**
   * Whether the manifest says so of check 9 and is of just the files that were read. Of which rules
   * the verdict is, and beside which other partitions of the asset and day, is no matter: a
   * manifest of other files starts without verdicts.
   */
  private boolean hasPassed(PartitionReport day) {
    if (day.standing() != Standing.READ
        || day.findings().stream().anyMatch(found -> found.kind().deniesSeal())) {
      return false; // its files are not those that were sealed
    }
    try {
      return Manifests.read(layout.partition(Folder.CANDLES, day.id()), day.id()).stream()
          .filter(manifest -> isOfThoseRead(manifest, day))
          .flatMap(manifest -> manifest.checks().stream())
          .filter(check -> QaCheck.TRADE_ID_CHAIN.isSealId(check.id()))
          .anyMatch(check -> check.verdict() == Verdict.PASS);
    } catch (IOException unreadable) {
      return false;
    }
  }

  private static boolean isOfThoseRead(Manifest manifest, PartitionReport day) {
    List<String> sealed =
        Stream.concat(manifest.files().stream(), manifest.revisions().stream())
            .map(SealedFile::sha256)
            .sorted()
            .toList();
    return sealed.equals(day.files().stream().map(FileFact::sha256).sorted().toList());
  }

  /**
   * What is broken near the border in a day that is sealed, and so believed by itself. Of one that
   * is not, its own report tells.
   */
  private List<ConditionalFinding> unexplained(
      Chain chain, IdsOfCandles both, PartitionReport day, long midnightMs) {
    List<ConditionalFinding> left = new ArrayList<>();
    for (ChainDoubt broken : chain.breaks()) {
      if (!broken.isNear(midnightMs)) {
        continue; // no candle of the other day is near it
      }
      if (both.explain(broken)) {
        borders.explained(broken.doubt());
      } else if (day.standing() == Standing.SEALED) {
        left.add(broken.doubt());
      }
    }
    return left;
  }

  /** The border to a day that no report is about. */
  List<ConditionalFinding> join(Partition before, PartitionReport after) {
    return after.standing() == Standing.SEALED ? List.of() : join(read(before), after);
  }

  /** The report of a day whose rows were read, if they can be. */
  PartitionReport withRows(PartitionReport report) {
    return report.standing() == Standing.SEALED ? read(report.id()) : report;
  }

  private PartitionReport read(Partition partition) {
    return read.computeIfAbsent(partition.id(), id -> scanned(partition));
  }

  private PartitionReport scanned(Partition partition) {
    AssetDay alone = new AssetDay(List.of(partition.stream().id()), partition.date().toEpochDay());
    return scan.scan(alone).stream().findFirst().orElseGet(() -> PartitionReport.unseen(partition));
  }
}
