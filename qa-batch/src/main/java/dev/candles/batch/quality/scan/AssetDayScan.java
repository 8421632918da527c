package dev.candles.batch.quality.scan;

import dev.candles.batch.quality.check.Chain;
import dev.candles.batch.quality.check.ChainCheck;
import dev.candles.batch.quality.check.ConditionalFinding;
import dev.candles.batch.quality.check.Day;
import dev.candles.batch.quality.check.DayCheck;
import dev.candles.batch.quality.check.MarketCheck;
import dev.candles.batch.quality.check.RollupCheck;
import dev.candles.batch.quality.check.RowChecks;
import dev.candles.batch.quality.check.UniqueKeys;
import dev.candles.batch.quality.scan.PartitionReport.Standing;
import dev.candles.core.candle.Candle;
import dev.candles.core.candle.Evidence;
import dev.candles.core.candle.FlatRow;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.coverage.Intervals;
import dev.candles.lake.layout.LakeLayout;
import dev.candles.lake.layout.Partition;
import dev.candles.lake.manifest.Manifest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Looks at one unit. If all of its partitions are sealed, their files are hashed and nothing is
 * decoded; else every row of the unit is read. Memory: the rows of one asset and day.
 */
public final class AssetDayScan {
  private static final List<DayCheck> DAY_CHECKS = List.of(new UniqueKeys(), new RowChecks());

  private static final int MAX_LOOKS = 4;
  private static final long[] NOT_READ = {};

  private final LakeLayout layout;
  private final boolean deep;

  /**
   * @param root of the lake
   * @param deep whether to read the rows of sealed partitions too
   */
  public AssetDayScan(Path root, boolean deep) {
    this.layout = new LakeLayout(root);
    this.deep = deep;
  }

  /** One report per partition that exists. Looks again if a compaction took files away. */
  public List<PartitionReport> scan(AssetDay unit) {
    List<PartitionScan> found = new ArrayList<>();
    List<PartitionReport> reports = List.of();
    for (int i = 0; i < MAX_LOOKS; i++) {
      found.clear();
      reports = look(unit, found);
      if (found.stream().noneMatch(PartitionScan::hasVanished)) {
        break;
      }
    }
    return reports;
  }

  private List<PartitionReport> look(AssetDay unit, List<PartitionScan> found) {
    for (Partition partition : unit.partitions()) {
      PartitionScan scan = PartitionScan.of(layout, partition);
      if (scan.listing().exists()) {
        found.add(scan);
      }
    }
    String seal = seal(found);
    if (!deep && !seal.isEmpty() && found.stream().allMatch(l -> sealedWith(l, seal))) {
      List<PartitionReport> sealed = sealed(found);
      if (!sealed.isEmpty()) {
        return sealed;
      }
    }
    return read(found, seal);
  }

  private static boolean sealedWith(PartitionScan scan, String seal) {
    return Seal.isSealed(scan.manifest(), seal);
  }

  /** The hash of what is looked at together, or empty if a part has no manifest of its files. */
  private static String seal(List<PartitionScan> found) {
    List<Manifest> manifests = new ArrayList<>();
    for (PartitionScan scan : found) {
      if (!scan.isAsSealed()) {
        return "";
      }
      manifests.add(scan.manifest());
    }
    return Seal.of(manifests);
  }

  /** The reports of a unit whose files are what was sealed; none if they are not. */
  private List<PartitionReport> sealed(List<PartitionScan> found) {
    List<PartitionReport> reports = new ArrayList<>();
    for (PartitionScan scan : found) {
      Manifest manifest = scan.manifest();
      boolean archived = scan.listing().isArchived();
      try {
        if (!archived && !scan.unchanged(manifest)) {
          return List.of();
        }
      } catch (IOException unreadable) {
        return List.of(); // reading all rows will tell what is wrong
      }
      Standing standing = archived ? Standing.ARCHIVED : Standing.SEALED;
      List<FileFact> facts = archived ? scan.sealedFacts(manifest) : scan.facts();
      reports.add(report(scan, standing, manifest, facts));
    }
    return reports;
  }

  private static PartitionReport report(
      PartitionScan scan, Standing standing, Manifest manifest, List<FileFact> facts) {
    return new PartitionReport(
        scan.partition().id(),
        standing,
        manifest.rows(),
        manifest.present().toArray(),
        NOT_READ,
        NOT_READ,
        facts,
        scan.findings().kept(),
        List.of(),
        List.of(),
        Chain.NONE,
        "");
  }

  private List<PartitionReport> read(List<PartitionScan> found, String seal) {
    Map<PartitionScan, Day> days = new LinkedHashMap<>();
    for (PartitionScan scan : found) {
      if (!scan.listing().isArchived()) {
        Day day = scan.read();
        DAY_CHECKS.forEach(check -> check.check(day, scan.findings()));
        days.put(scan, day);
      }
    }
    Map<StreamKey, Day> base = new LinkedHashMap<>();
    days.values().stream()
        .filter(day -> day.partition().stream().timeframe() == Timeframe.BASE)
        .forEach(day -> base.put(day.partition().stream(), day));
    market(days);
    List<PartitionReport> reports = new ArrayList<>();
    for (PartitionScan scan : found) {
      Day day = days.get(scan);
      if (day == null) {
        reports.add(archived(scan));
      } else {
        Day minutes = base.get(day.partition().stream().in(Timeframe.BASE));
        reports.add(report(scan, day, minutes, seal));
      }
    }
    return reports;
  }

  /**
   * What the manifest of an archived partition says, and the rows that came later. Those are judged
   * one by one, and none may be of a candle that was archived: what else they would be compared
   * with is elsewhere.
   */
  private PartitionReport archived(PartitionScan scan) {
    Manifest manifest = scan.manifest();
    Day later = scan.read();
    DAY_CHECKS.forEach(check -> check.check(later, scan.findings()));
    UniqueKeys.beside(later, manifest.present(), scan.findings());
    List<FileFact> facts = new ArrayList<>(scan.sealedFacts(manifest));
    facts.addAll(scan.facts());
    return new PartitionReport(
        scan.partition().id(),
        scan.isDamaged() ? Standing.DAMAGED : Standing.ARCHIVED,
        manifest.rows() + later.rows().size(),
        manifest.present().union(later.present()).toArray(),
        flat(later),
        rolledUp(later),
        facts,
        scan.findings().kept(),
        counts(scan),
        List.of(),
        Chain.NONE,
        "");
  }

  private static PartitionReport report(
      PartitionScan scan, Day day, @Nullable Day minutes, String seal) {
    List<ConditionalFinding> doubts = new ArrayList<>();
    Chain chain = Chain.NONE;
    boolean compared = true;
    if (day.partition().stream().timeframe() == Timeframe.BASE) {
      chain = ChainCheck.of(day);
      doubts.addAll(chain.doubts());
    } else if (minutes != null) {
      doubts.addAll(RollupCheck.of(minutes, day));
    } else {
      compared = !RollupCheck.needsBase(day);
    }
    return new PartitionReport(
        scan.partition().id(),
        scan.isDamaged() ? Standing.DAMAGED : Standing.READ,
        day.rows().size(),
        day.present().toArray(),
        flat(day),
        rolledUp(day),
        scan.facts(),
        scan.findings().kept(),
        counts(scan),
        doubts,
        chain,
        scan.isDamaged() || !compared ? "" : seal);
  }

  private static long[] flat(Day day) {
    return those(day, FlatRow::matches);
  }

  private static long[] rolledUp(Day day) {
    return those(day, candle -> candle.evidence() == Evidence.ROLLUP);
  }

  private static long[] those(Day day, Predicate<Candle> wanted) {
    long[] opens = day.current().stream().filter(wanted).mapToLong(Candle::openTimeMs).toArray();
    return Intervals.ofOpenTimes(opens, day.partition().stream().timeframe().millis()).toArray();
  }

  private static List<FindingCount> counts(PartitionScan scan) {
    List<FindingCount> counts = new ArrayList<>();
    scan.findings().counts().forEach((kind, count) -> counts.add(new FindingCount(kind, count)));
    return counts;
  }

  /** Findings go to the partition that they are about. */
  private static void market(Map<PartitionScan, Day> days) {
    List<Day> minutes = new ArrayList<>();
    Map<String, PartitionScan> byStream = new LinkedHashMap<>();
    days.forEach(
        (scan, day) -> {
          if (day.partition().stream().timeframe() == Timeframe.BASE) {
            minutes.add(day);
            byStream.put(day.partition().stream().id(), scan);
          }
        });
    MarketCheck.check(
        minutes,
        finding -> Objects.requireNonNull(byStream.get(finding.stream())).findings().add(finding));
  }
}
