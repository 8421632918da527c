package dev.candles.cli.compaction;

import dev.candles.lake.compact.CompactionPlan;
import dev.candles.lake.compact.Outcome;
import dev.candles.lake.layout.Partition;
import dev.candles.text.Counted;
import dev.candles.text.OneLine;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;

/** The lines of a compaction, one per partition as it is done, and the sums. Not thread-safe. */
public final class CompactionText {
  private final PrintWriter out;
  private final ProgressBar bar;
  private long files;
  private long filesAfter;
  private long bytes;
  private long bytesAfter;
  private long duplicates;
  private int compacted;
  private int skipped;
  private int problems;

  /**
   * @param bar drawn below the lines
   */
  public CompactionText(PrintWriter out, ProgressBar bar) {
    this.out = out;
    this.bar = bar;
  }

  /** What was found before anything is done. */
  public void plan(CompactionPlan plan) {
    out.printf(
        Locale.ROOT,
        "      %,d to compact, %,d unchanged, %,d not closed yet%n",
        plan.tasks().size(),
        plan.unchanged(),
        plan.open().size());
    for (Outcome refused : plan.refused()) {
      problem(name(refused.partition()), refused.reason());
    }
    for (Path folder : plan.foreign()) {
      problem(folder.toString(), "not a partition of the lake");
    }
    out.flush();
  }

  /** One partition is done. */
  public void done(Outcome outcome) {
    bar.clear();
    String name = name(outcome.partition());
    switch (outcome.kind()) {
      case COMPACTED -> {
        compacted++;
        files += outcome.files();
        filesAfter += outcome.filesAfter();
        bytes += outcome.bytes();
        bytesAfter += outcome.bytesAfter();
        duplicates += outcome.duplicates();
        out.printf(
            Locale.ROOT,
            "  - %s: ✓ %s → %s%n",
            name,
            files(outcome.files()),
            files(outcome.filesAfter()));
      }
      case RESEALED -> {
        compacted++;
        out.printf(Locale.ROOT, "  - %s: ✓ sealed anew%n", name);
      }
      case SKIPPED -> {
        skipped++;
        out.printf(Locale.ROOT, "  - %s: – %s%n", name, OneLine.masked(outcome.reason(), "?"));
      }
      case REFUSED -> problem(name, outcome.reason());
      case UNCHANGED -> {
        // counted with those that were left out before the start
      }
    }
    bar.step();
    out.flush();
  }

  private void problem(String name, String reason) {
    problems++;
    out.printf(
        Locale.ROOT, "  - %s: ✗ %s%n", OneLine.masked(name, "?"), OneLine.masked(reason, "?"));
  }

  /**
   * The sums.
   *
   * @return whether all went well
   */
  public boolean end() {
    bar.clear();
    out.printf(
        Locale.ROOT,
        "      %s: %s → %s, %s → %s, %s removed, %,d skipped%n",
        Counted.of(compacted, "partition"),
        files(files),
        files(filesAfter),
        size(bytes),
        size(bytesAfter),
        Counted.of(duplicates, "duplicate"),
        skipped);
    if (problems == 0) {
      out.println("✓ Compaction complete");
    } else {
      out.printf(
          Locale.ROOT, "✗ Compaction complete but for %d, which were left untouched%n", problems);
    }
    out.flush();
    return problems == 0;
  }

  private static String name(Partition partition) {
    return partition.stream().id() + "/" + partition.date();
  }

  private static String files(long count) {
    return String.format(Locale.ROOT, "%,d %s", count, count == 1 ? "file" : "files");
  }

  private static String size(long bytes) {
    return bytes < 10_000
        ? bytes + " B"
        : bytes < 10_000_000
            ? String.format(Locale.ROOT, "%.1f kB", bytes / 1e3)
            : String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
  }
}
