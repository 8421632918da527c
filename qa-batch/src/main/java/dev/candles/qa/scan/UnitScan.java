package dev.candles.qa.scan;

import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.lake.layout.LakeLayout;
import dev.candles.lake.layout.Partition;
import dev.candles.lake.manifest.Manifest;
import dev.candles.qa.check.Chain;
import dev.candles.qa.check.ChainCheck;
import dev.candles.qa.check.Day;
import dev.candles.qa.check.DayCheck;
import dev.candles.qa.check.Doubt;
import dev.candles.qa.check.MarketCheck;
import dev.candles.qa.check.RollupCheck;
import dev.candles.qa.check.RowChecks;
import dev.candles.qa.check.UniqueKeys;
import dev.candles.qa.scan.PartitionReport.Standing;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Looks at one unit. If all of its partitions are sealed, their files are hashed and nothing is
 * decoded; else every row of the unit is read. Memory: the rows of one asset and day.
 */
public final class UnitScan {
  private static final List<DayCheck> DAY_CHECKS = List.of(new UniqueKeys(), new RowChecks());

  private static final int MAX_LOOKS = 4;

  private final LakeLayout layout;
  private final boolean deep;

  /**
   * @param root of the lake
   * @param deep whether to read the rows of sealed partitions too
   */
  public UnitScan(Path root, boolean deep) {
    this.layout = new LakeLayout(root);
    this.deep = deep;
  }

  /** One report per partition that exists. Looks again if a compaction took files away. */
  public List<PartitionReport> scan(Unit unit) {
    List<Listed> found = new ArrayList<>();
    List<PartitionReport> reports = List.of();
    for (int i = 0; i < MAX_LOOKS; i++) {
      found.clear();
      reports = look(unit, found);
      if (found.stream().noneMatch(listed -> listed.vanished)) {
        break;
      }
    }
    return reports;
  }

  private List<PartitionReport> look(Unit unit, List<Listed> found) {
    for (Partition partition : unit.partitions()) {
      Listed listed = Listed.of(layout, partition);
      if (listed.exists()) {
        found.add(listed);
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

  private static boolean sealedWith(Listed listed, String seal) {
    return Seal.isSealed(Objects.requireNonNull(listed.manifest), seal);
  }

  /** The hash of what is looked at together, or empty if a part has no manifest of its files. */
  private static String seal(List<Listed> found) {
    List<Manifest> manifests = new ArrayList<>();
    for (Listed listed : found) {
      Manifest manifest = listed.manifest;
      if (manifest == null || !listed.asSealed()) {
        return "";
      }
      manifests.add(manifest);
    }
    return Seal.of(manifests);
  }

  /** The reports of a unit whose files are what was sealed; none if they are not. */
  private List<PartitionReport> sealed(List<Listed> found) {
    List<PartitionReport> reports = new ArrayList<>();
    for (Listed listed : found) {
      Manifest manifest = Objects.requireNonNull(listed.manifest);
      PartitionReader reader = new PartitionReader(layout, listed);
      boolean archived = listed.archived();
      try {
        if (!archived && !reader.unchanged(manifest)) {
          return List.of();
        }
      } catch (IOException unreadable) {
        return List.of(); // reading all rows will tell what is wrong
      }
      Standing standing = archived ? Standing.ARCHIVED : Standing.SEALED;
      List<FileFact> facts = archived ? reader.sealedFacts(manifest) : reader.facts();
      reports.add(report(listed, standing, manifest, facts));
    }
    return reports;
  }

  private static PartitionReport report(
      Listed listed, Standing standing, Manifest manifest, List<FileFact> facts) {
    return new PartitionReport(
        listed.partition.id(),
        standing,
        manifest.rows(),
        manifest.present().toArray(),
        facts,
        listed.findings.kept(),
        List.of(),
        List.of(),
        Chain.NONE,
        "");
  }

  private List<PartitionReport> read(List<Listed> found, String seal) {
    Map<Listed, Day> days = new LinkedHashMap<>();
    Map<Listed, List<FileFact>> facts = new LinkedHashMap<>();
    for (Listed listed : found) {
      if (!listed.archived()) {
        PartitionReader reader = new PartitionReader(layout, listed);
        Day day = reader.read();
        DAY_CHECKS.forEach(check -> check.check(day, listed.findings));
        days.put(listed, day);
        facts.put(listed, reader.facts());
      }
    }
    Map<StreamKey, Day> base = new LinkedHashMap<>();
    days.values().stream()
        .filter(day -> day.partition().stream().timeframe() == Timeframe.BASE)
        .forEach(day -> base.put(day.partition().stream(), day));
    market(days);
    List<PartitionReport> reports = new ArrayList<>();
    for (Listed listed : found) {
      Day day = days.get(listed);
      if (day == null) {
        reports.add(archived(listed));
      } else {
        Day minutes = base.get(day.partition().stream().in(Timeframe.BASE));
        reports.add(report(listed, day, minutes, facts.getOrDefault(listed, List.of()), seal));
      }
    }
    return reports;
  }

  /**
   * What the manifest of an archived partition says, and the rows that came later. Those are judged
   * one by one: what they would be compared with is elsewhere.
   */
  private PartitionReport archived(Listed listed) {
    Manifest manifest = Objects.requireNonNull(listed.manifest);
    PartitionReader reader = new PartitionReader(layout, listed);
    Day later = reader.read();
    DAY_CHECKS.forEach(check -> check.check(later, listed.findings));
    List<FileFact> facts = new ArrayList<>(reader.sealedFacts(manifest));
    facts.addAll(reader.facts());
    return new PartitionReport(
        listed.partition.id(),
        listed.damaged ? Standing.DAMAGED : Standing.ARCHIVED,
        manifest.rows() + later.rows().size(),
        manifest.present().union(later.present()).toArray(),
        facts,
        listed.findings.kept(),
        counts(listed),
        List.of(),
        Chain.NONE,
        "");
  }

  private static PartitionReport report(
      Listed listed, Day day, @Nullable Day minutes, List<FileFact> facts, String seal) {
    List<Doubt> doubts = new ArrayList<>();
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
        listed.partition.id(),
        listed.damaged ? Standing.DAMAGED : Standing.READ,
        day.rows().size(),
        day.present().toArray(),
        facts,
        listed.findings.kept(),
        counts(listed),
        doubts,
        chain,
        listed.damaged || !compared ? "" : seal);
  }

  private static List<KindCount> counts(Listed listed) {
    List<KindCount> counts = new ArrayList<>();
    listed.findings.counts().forEach((kind, count) -> counts.add(new KindCount(kind, count)));
    return counts;
  }

  /** Findings go to the partition that they are about. */
  private static void market(Map<Listed, Day> days) {
    List<Day> minutes = new ArrayList<>();
    Map<String, Listed> byStream = new LinkedHashMap<>();
    days.forEach(
        (listed, day) -> {
          if (day.partition().stream().timeframe() == Timeframe.BASE) {
            minutes.add(day);
            byStream.put(day.partition().stream().id(), listed);
          }
        });
    MarketCheck.check(
        minutes,
        finding -> Objects.requireNonNull(byStream.get(finding.stream())).findings.add(finding));
  }
}
