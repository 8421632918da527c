package dev.candles.cli;

import dev.candles.cli.embedded.Access;
import dev.candles.cli.embedded.RefusedException;
import dev.candles.lake.compact.Archiver;
import dev.candles.lake.compact.Outcome;
import dev.candles.lake.disk.DiskSpace;
import dev.candles.lake.layout.Folder;
import dev.candles.lake.layout.LakeLayout;
import dev.candles.lake.layout.Partition;
import dev.candles.text.Counted;
import dev.candles.text.OneLine;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code archive}: old partitions to another disk. */
@Command(
    name = "archive",
    description = {
      "Moves compacted partitions of old days into another lake and leaves their manifests.",
      "The collector, coverage and the checks still know them. Beside a running collector, too."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Exit codes: 0 done, 1 some partition was refused, 2 refused before anything was started",
      "",
      "Example:",
      "  ./candles compact --all && ./candles archive --before 2025-01-01 --to archive"
    })
final class ArchiveCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private LakeOption lake = new LakeOption();

  @Option(
      names = "--before",
      paramLabel = "DATE",
      required = true,
      description = "Days (UTC) before this one are moved.")
  private LocalDate before = LocalDate.MIN;

  @Option(
      names = "--to",
      paramLabel = "DIR",
      required = true,
      description = "The archive: a lake of its own, made if it is not there.")
  private Path to = Path.of("");

  @Override
  public Integer call() throws Exception {
    Path from = lake.root().toRealPath();
    Path archive = real(to);
    if (archive.startsWith(from) || from.startsWith(archive)) {
      throw new RefusedException("--to: the archive and the lake must not lie in each other");
    }
    Access.requireFolder("the archive", archive);
    LakeLayout layout = new LakeLayout(from);
    Archiver archiver = new Archiver(layout, new LakeLayout(archive));
    List<Partition> all = layout.partitions(Folder.CANDLES).partitions();
    if (archiver.isAway(all)) {
      throw new RefusedException(
          "--to: days of this lake are archived in "
              + archive
              + ", which has no candles/: is the disk mounted? Name another place if it is lost");
    }
    Files.createDirectories(archive); // nothing speaks against it
    PrintWriter out = spec.commandLine().getOut();
    if (DiskSpace.isOneDisk(from, archive)) {
      out.println(
          "WARNING: --to is on the disk of the lake, so nothing is freed there: " + archive);
    }
    List<Partition> old =
        all.stream().filter(partition -> partition.date().isBefore(before)).toList();
    int moved = 0;
    int refused = 0;
    for (Partition partition : old) {
      Outcome outcome = archiver.archive(partition);
      String name = partition.stream().id() + "/" + partition.date();
      String reason = OneLine.masked(outcome.reason(), "?");
      switch (outcome.kind()) {
        case COMPACTED -> {
          moved++;
          out.printf(Locale.ROOT, "  - %s: ✓ %,d B moved%n", name, outcome.bytes());
        }
        case REFUSED -> {
          refused++;
          out.printf(Locale.ROOT, "  - %s: ✗ %s%n", name, reason);
        }
        case SKIPPED -> out.printf(Locale.ROOT, "  - %s: – %s%n", name, reason);
        case UNCHANGED, RESEALED -> {
          // there already
        }
      }
      out.flush();
    }
    out.printf(
        Locale.ROOT,
        "%s %,d of %s moved to %s%n",
        refused == 0 ? "✓" : "✗",
        moved,
        Counted.of(old.size(), "partition"),
        archive);
    out.flush();
    return refused == 0 ? 0 : 1;
  }

  /** Without the links in it, also of a folder that is still to be made. */
  private static Path real(Path path) throws IOException {
    Path whole = path.toAbsolutePath().normalize();
    Path above = whole.getParent();
    return above == null || Files.exists(whole)
        ? whole.toRealPath()
        : real(above).resolve(above.relativize(whole));
  }
}
