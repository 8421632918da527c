package dev.candles.cli;

import dev.candles.batch.BatchEnvironment;
import dev.candles.batch.compaction.CompactionJob;
import dev.candles.cli.compaction.CompactionText;
import dev.candles.cli.compaction.ProgressBar;
import dev.candles.cli.embedded.Access;
import dev.candles.cli.embedded.RefusedException;
import dev.candles.cli.embedded.TemporaryFolder;
import dev.candles.core.candle.StreamKey;
import dev.candles.lake.compact.CompactionPlan;
import dev.candles.lake.compact.CoverageMerge;
import dev.candles.lake.layout.Folder;
import dev.candles.lake.layout.LakeLayout;
import dev.candles.lake.layout.Partition;
import dev.candles.text.Counted;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code compact}: many small files into one per day and stream. */
@Command(
    name = "compact",
    description = {
      "Merges the files of each closed day of a stream into one and seals it with a manifest.",
      "Sorted, each candle once. Beside a running collector, as often as you like; a second run",
      "changes nothing. A partition of which something is wrong is left as it is.",
      "Say which: --all, or one of --venue, --symbol, --timeframe."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Exit codes: 0 done, 1 some partition was refused, 2 refused before anything was started",
      "",
      "Example:",
      "  ./candles compact --all",
      "  ./candles compact --venue coinbase --symbol BTC-USD --timeframe 1m --from 2026-01-01",
      "  ./candles compact --all --force --data-dir backup"
    })
final class CompactCommand implements Callable<Integer> {
  private static final int TASKS = 2;

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private LakeOption lake = new LakeOption();
  @Mixin private StreamOptions streams = new StreamOptions();

  @Option(names = "--all", description = "Every stream of the lake.")
  private boolean all;

  @Option(names = "--from", paramLabel = "DATE", description = "First day (UTC), inclusive.")
  private @Nullable LocalDate from;

  @Option(names = "--to", paramLabel = "DATE", description = "Last day (UTC), inclusive.")
  private @Nullable LocalDate to;

  @Option(
      names = "--force",
      description = {
        "Also days that are not over or of which a gap is being retried. Safe while a collector",
        "runs: files are never changed once they are visible. The next run merges what came later."
      })
  private boolean force;

  @Override
  public Integer call() throws Exception {
    if (!all && !streams.narrowed()) {
      throw new RefusedException(
          "say which partitions: --all for every one, or one of --venue, --symbol, --timeframe");
    }
    LakeLayout layout = new LakeLayout(lake.rootOfJob().toAbsolutePath().normalize());
    if (!BatchEnvironment.onCluster()) { // there the tasks write, whoever they are
      Access.requireLake(layout);
    }
    PrintWriter out = spec.commandLine().getOut();
    out.println("[1/3] Looking at the partitions of " + layout.root());
    out.flush();
    Predicate<Partition> wanted = wanted(layout);
    out.println("[2/3] Choosing what is closed");
    out.flush();
    long nowMs = lake.nowMs();
    CompactionPlan.Days days = force ? CompactionPlan.Days.ALL : CompactionPlan.Days.CLOSED;
    CompactionPlan plan = CompactionPlan.of(layout, wanted, days, nowMs);
    out.println("[3/3] Running compaction...");
    boolean terminal = Boolean.getBoolean("candles.tty");
    CompactionText text =
        new CompactionText(
            out, terminal ? ProgressBar.on(out, plan.tasks().size()) : ProgressBar.none());
    text.plan(plan);
    try (TemporaryFolder temporary = TemporaryFolder.below(layout);
        var flink = BatchEnvironment.create(TASKS, temporary.folder())) {
      CompactionJob.run(flink, layout.root().toString(), plan, text::done);
      if (all) {
        long fewer = new CoverageMerge(layout).mergeClosed(nowMs);
        out.println("  coverage: " + Counted.of(fewer, "file") + " fewer");
      }
    }
    return text.end() ? 0 : 1;
  }

  private Predicate<Partition> wanted(LakeLayout layout) throws IOException, RefusedException {
    if (from != null && to != null && to.isBefore(from)) {
      throw new RefusedException("--to: found '" + to + "', expected a day from " + from + " on");
    }
    List<StreamKey> known =
        layout.partitions(Folder.CANDLES).partitions().stream()
            .map(Partition::stream)
            .distinct()
            .toList();
    Predicate<StreamKey> asked = known.isEmpty() ? stream -> true : streams.among(known);
    return partition ->
        asked.test(partition.stream())
            && (from == null || !partition.date().isBefore(from))
            && (to == null || !partition.date().isAfter(to));
  }
}
