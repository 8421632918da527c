package dev.candles.batch.quality.scan;

import dev.candles.batch.quality.check.Finding;
import dev.candles.batch.quality.check.FindingType;
import dev.candles.batch.quality.check.Findings;
import dev.candles.lake.layout.DataFiles;
import dev.candles.lake.layout.Dates;
import dev.candles.lake.layout.Folder;
import dev.candles.lake.layout.LakeLayout;
import dev.candles.lake.layout.Partition;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Finds the partitions of a lake by their folders; what else lies about is reported. */
public final class LakeWalk {
  private static final List<String> LEVELS = List.of("venue=", "symbol=", "timeframe=", "date=");

  private final LakeLayout layout;
  private final Findings findings = new Findings();
  private final Set<String> ids = new TreeSet<>();

  private LakeWalk(LakeLayout layout) {
    this.layout = layout;
  }

  /** What was found. */
  public record Found(
      List<Partition> partitions, List<Finding> findings, List<FindingCount> counts) {}

  /** Walks over candles and revisions of the lake at {@code root}. */
  public static Found of(Path root) {
    LakeWalk walk = new LakeWalk(new LakeLayout(root));
    for (Folder folder : List.of(Folder.CANDLES, Folder.REVISIONS)) {
      walk.level(walk.layout.folder(folder), walk.layout.folder(folder), 0);
    }
    walk.log(walk.layout.folder(Folder.COVERAGE), true);
    List<Partition> partitions = new ArrayList<>();
    walk.ids.forEach(id -> Partition.parse(id).ifPresent(partitions::add));
    List<FindingCount> counts = new ArrayList<>();
    walk.findings.counts().forEach((kind, count) -> counts.add(new FindingCount(kind, count)));
    return new Found(partitions, walk.findings.kept(), counts);
  }

  private void level(Path top, Path parent, int depth) {
    for (Path child : children(parent)) {
      String name = String.valueOf(child.getFileName());
      boolean folder = Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS);
      if (folder && name.startsWith(LEVELS.get(depth))) {
        if (depth + 1 < LEVELS.size()) {
          level(top, child, depth + 1);
        } else {
          partition(top, child);
        }
      } else if (folder || !name.startsWith(".") || DataFiles.isStranger(name)) {
        report(
            folder ? FindingType.FOREIGN_FOLDER : FindingType.FOREIGN_FILE,
            child,
            DataFiles.isData(name) ? "a data file outside of a partition" : "not of the lake");
      }
    }
  }

  /**
   * A glob takes everything below the change log that ends in {@code .parquet}, in a folder of
   * whatever name and behind a link too; the lake's readers take files of days.
   */
  private void log(Path folder, boolean top) {
    for (Path child : children(folder)) {
      String name = String.valueOf(child.getFileName());
      if (Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS)) {
        if (top && Dates.parse(name).isPresent()) {
          log(child, false);
        } else {
          report(FindingType.FOREIGN_FOLDER, child, "not a day of the change log");
        }
      } else if (DataFiles.isStranger(name)
          || (DataFiles.isData(name) && (top || isNoFile(child)))
          || (top && Files.isDirectory(child))) {
        report(FindingType.FOREIGN_FILE, child, "a glob reads it, and it is not the lake's");
      }
    }
  }

  /** Whether a link or the like is there; what is gone by now was merged. */
  private static boolean isNoFile(Path path) {
    return !Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)
        && Files.exists(path, LinkOption.NOFOLLOW_LINKS);
  }

  private void partition(Path top, Path folder) {
    String id = top.relativize(folder).toString().replace('\\', '/');
    if (Partition.parse(id).isPresent()) {
      ids.add(id);
    } else {
      report(FindingType.FOREIGN_FOLDER, folder, "not a partition");
    }
  }

  private List<Path> children(Path folder) {
    List<Path> children = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      entries.forEach(children::add);
    } catch (NoSuchFileException absent) {
      return List.of();
    } catch (IOException | DirectoryIteratorException e) {
      report(FindingType.UNLISTABLE, folder, String.valueOf(e));
    }
    Collections.sort(children);
    return children;
  }

  private void report(FindingType kind, Path path, String value) {
    String file = layout.root().relativize(path).toString();
    findings.add(new Finding(kind, "", file, Finding.NO_TIME, value));
  }
}
