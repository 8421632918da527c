package dev.candles.batch.quality;

import dev.candles.batch.quality.check.Chain;
import dev.candles.batch.quality.check.ChainBorder;
import dev.candles.batch.quality.check.ChainDoubt;
import dev.candles.batch.quality.check.ConditionalFinding;
import dev.candles.batch.quality.check.IdsOfCandles;
import dev.candles.batch.quality.scan.AssetDay;
import dev.candles.batch.quality.scan.AssetDayScan;
import dev.candles.batch.quality.scan.PartitionReport;
import dev.candles.batch.quality.scan.PartitionReport.Standing;
import dev.candles.lake.layout.Partition;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Joins the chains of two days. What looks broken in one day may be explained by the other, where a
 * trade was published late over midnight.
 *
 * <p>The border between two sealed days is believed, because no day is sealed while a border of its
 * is open: in doubt, or not looked at. So whichever of the two was sealed last was so beside the
 * other as it is now. Where one of them is not sealed, the rows of the other are read again.
 */
final class DayBoundaryCheck {
  private final AssetDayScan scan;
  private final Map<String, PartitionReport> read = new HashMap<>();
  private final UnverifiedBoundaries borders;

  /** What is known of a border. */
  sealed interface Border {}

  /** Nothing is wrong, as was seen now or when the later of both days was sealed. */
  record Proven() implements Border {}

  /** A day has not all of its rows here: nobody can tell yet. */
  record Unseen() implements Border {}

  /** Something is wrong if no minute is missing there. */
  record Doubtful(List<ConditionalFinding> doubts) implements Border {}

  /**
   * @param root of the lake
   * @param borders are told what a border explains
   */
  DayBoundaryCheck(Path root, UnverifiedBoundaries borders) {
    this.borders = borders;
    this.scan = new AssetDayScan(root, true);
  }

  /** What is known of the border between one day of a stream and the next one that has rows. */
  Border join(PartitionReport before, PartitionReport after) {
    if (before.standing() == Standing.SEALED
        && after.standing() == Standing.SEALED
        && before.id().toMs() == after.id().fromMs()) {
      return new Proven();
    }
    PartitionReport first = withRows(before);
    PartitionReport second = withRows(after);
    if (first.standing() != Standing.READ || second.standing() != Standing.READ) {
      return new Unseen();
    }
    Chain one = first.chain();
    Chain next = second.chain();
    List<ConditionalFinding> doubts = new ArrayList<>(ChainBorder.doubts(one, next, after.id()));
    IdsOfCandles both = ChainBorder.edges(one, next);
    doubts.addAll(unexplained(one, both, before, before.id().toMs()));
    doubts.addAll(unexplained(next, both, after, after.id().fromMs()));
    return doubts.isEmpty() ? new Proven() : new Doubtful(doubts);
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
  Border join(Partition before, PartitionReport after) {
    return after.standing() == Standing.SEALED ? new Proven() : join(read(before), after);
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
