package dev.candles.lake.manifest;

import dev.candles.core.coverage.Intervals;
import dev.candles.lake.layout.Partition;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a compacted partition says of itself. One row per interval that is present: compaction
 * leaves the current version of each candle in the partition and older ones in its revisions.
 *
 * <p>All ranges are of open times, epoch ms, UTC, aligned to the timeframe, within the day.
 *
 * @param expected where intervals are accounted for: the day, from the stream's beginning on and,
 *     while the day is not over, up to the last interval of which anything was known; one range
 * @param present intervals with a candle
 * @param empty intervals without one that coverage proves to hold no trade
 * @param unrecoverable intervals without one that coverage gave up
 * @param files data files of the partition
 * @param revisions data files of the partition's older versions
 * @param checks verdicts, at most one per id
 * @param archivedTo the lake to which the files were moved, null while they are here
 */
public record Manifest(
    Partition partition,
    Intervals expected,
    Intervals present,
    Intervals empty,
    Intervals unrecoverable,
    List<SealedFile> files,
    List<SealedFile> revisions,
    List<Check> checks,
    @Nullable String archivedTo) {

  /**
   * @throws IllegalArgumentException if it contradicts itself
   */
  public Manifest {
    files = List.copyOf(files);
    revisions = List.copyOf(revisions);
    checks = List.copyOf(checks);
    Rules.check(partition, expected, present, empty, unrecoverable, files);
    Rules.place(archivedTo);
    Rules.distinct("file", files.stream().map(SealedFile::name).toList());
    Rules.distinct("revision file", revisions.stream().map(SealedFile::name).toList());
    Rules.distinct("check", checks.stream().map(Check::id).toList());
  }

  /** Number of candles: one per interval that is present. */
  public long rows() {
    return count(present);
  }

  /** Number of intervals in a set of this partition's. */
  public long count(Intervals intervals) {
    return intervals.length() / partition.stream().timeframe().millis();
  }

  /** Expected intervals of which nothing is known. */
  public Intervals missing() {
    return expected.minus(present).minus(empty).minus(unrecoverable);
  }

  /** Open time of the first candle, epoch ms, UTC; the day's start if there is none. */
  public long minOpenTimeMs() {
    return present.isEmpty() ? partition.fromMs() : present.from(0);
  }

  /** Open time of the last candle, epoch ms, UTC; the day's start if there is none. */
  public long maxOpenTimeMs() {
    return present.isEmpty()
        ? partition.fromMs()
        : present.to(present.count() - 1) - partition.stream().timeframe().millis();
  }

  /**
   * One hash over the partition's name, its ranges and its files with their hashes; not over the
   * checks. Lines of text, one per fact, so that anyone can make it again, see docs/LAKE.md.
   */
  public String rootSha256() {
    StringBuilder lines = new StringBuilder("partition " + partition.id() + "\n");
    lines.append("expected ").append(expected).append('\n');
    lines.append("present ").append(present).append('\n');
    lines.append("empty ").append(empty).append('\n');
    lines.append("unrecoverable ").append(unrecoverable).append('\n');
    files.forEach(file -> line(lines, "candles", file));
    revisions.forEach(file -> line(lines, "revisions", file));
    return Sha256.of(lines.toString());
  }

  /** One hash over the root, the checks and the place of the archive: the manifest's own seal. */
  public String sealSha256() {
    return sealSha256(rootSha256());
  }

  /** The same, of a root that is known. */
  String sealSha256(String root) {
    StringBuilder lines = new StringBuilder("root ").append(root).append('\n');
    for (Check check : checks) {
      lines.append("check ").append(check.id()).append(' ').append(check.verdict()).append(' ');
      lines.append(check.checkedSha256()).append('\n');
    }
    if (archivedTo != null) {
      lines.append("archived ").append(archivedTo).append('\n');
    }
    return Sha256.of(lines.toString());
  }

  /** The same with these verdicts; one of an id that is here already takes its place. */
  public Manifest withChecks(Collection<Check> more) {
    TreeMap<String, Check> all = new TreeMap<>();
    checks.forEach(check -> all.put(check.id(), check));
    more.forEach(check -> all.put(check.id(), check));
    return withOnly(all.values());
  }

  /** The same without the verdicts under some names. */
  public Manifest withoutChecks(Predicate<String> ids) {
    return withOnly(checks.stream().filter(check -> !ids.test(check.id())).toList());
  }

  private Manifest withOnly(Collection<Check> verdicts) {
    return new Manifest(
        partition,
        expected,
        present,
        empty,
        unrecoverable,
        files,
        revisions,
        List.copyOf(verdicts),
        archivedTo);
  }

  /** The same, its files moved to another lake. */
  public Manifest archivedTo(String lake) {
    return new Manifest(
        partition, expected, present, empty, unrecoverable, files, revisions, checks, lake);
  }

  private static void line(StringBuilder lines, String folder, SealedFile file) {
    lines.append("file ").append(folder).append('/').append(file.name()).append(' ');
    lines.append(file.bytes()).append(' ').append(file.rows()).append(' ');
    lines.append(file.sha256()).append('\n');
  }
}
