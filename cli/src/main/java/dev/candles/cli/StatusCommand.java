package dev.candles.cli;

import dev.candles.cli.account.GapReading;
import dev.candles.cli.cluster.LiveJob;
import dev.candles.cli.cluster.Target;
import dev.candles.cli.embedded.HalfForgotten;
import dev.candles.cli.embedded.RefusedException;
import dev.candles.cli.status.QaVerdict;
import dev.candles.cli.status.Status;
import dev.candles.cli.status.StatusJson;
import dev.candles.cli.status.StatusPage;
import dev.candles.lake.disk.DiskSpace;
import dev.candles.lake.layout.Dates;
import dev.candles.lake.layout.LakeLayout;
import dev.candles.lake.state.StateFiles;
import dev.candles.lake.view.LakeAccounts;
import dev.candles.lake.view.LakeUsage;
import dev.candles.text.OneLine;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code status}: how the collector and its lake are now. */
@Command(
    name = "status",
    description = {
      "Shows whether the collector runs, how its venues are, and what its lake holds.",
      "Finds the collector of this machine by what it noted in the lake, one on a cluster as stop",
      "does. Health, links, counts and errors are told by the collector that runs, since it started;",
      "newest, settled, gaps and disk by the files, which are as old as the last checkpoint."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Exit codes: 0 it runs, 1 it does not answer, 2 refused: no lake, 3 nothing runs. With 1 and 3",
      "the lake is shown all the same.",
      "",
      "Example:",
      "  ./candles status",
      "  ./candles status --watch",
      "  ./candles status --json --config collector.yaml"
    })
final class StatusCommand implements Callable<Integer> {
  private static final int UNKNOWN = 1;
  private static final int NOT_RUNNING = 3;
  private static final Duration AGAIN = Duration.ofSeconds(10);
  private static final String CLEARED = "\u001b[H\u001b[2J";

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private LakeOption lake = new LakeOption();
  @Mixin private TargetOption target = new TargetOption();

  @Option(names = "--watch", description = "Again every 10 s, until Ctrl-C.")
  private boolean watch;

  @Option(
      names = "--json",
      description = "One JSON document in place of the page; docs/RUNBOOK.md describes it.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    Status status = show();
    while (watch) {
      TimeUnit.MILLISECONDS.sleep(AGAIN.toMillis());
      status = show();
    }
    if (!status.found().unanswered().isEmpty()) {
      return UNKNOWN;
    }
    return status.job().isPresent() ? 0 : NOT_RUNNING;
  }

  private Status show() throws Exception {
    Status status = look();
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(StatusJson.of(status));
    } else {
      if (watch && Help.Ansi.AUTO.enabled()) {
        out.print(CLEARED);
      }
      HalfForgotten.of(new LakeLayout(status.lake())).ifPresent(out::println);
      new StatusPage(status).lines().forEach(out::println);
    }
    out.flush();
    return status;
  }

  private Status look() throws Exception {
    Path root = lake.root();
    List<String> unanswered = new ArrayList<>();
    LiveJob.Found found = LiveJob.find(places(root, unanswered), root).with(unanswered);
    LakeAccounts accounts = new LakeAccounts(root);
    GapReading reading =
        GapReading.of(accounts, stream -> true, Long.MIN_VALUE, Long.MAX_VALUE, lake.now());
    LocalDate today = Dates.of(reading.nowMs());
    return new Status(
        root,
        found,
        reading,
        LakeUsage.of(root, today),
        DiskSpace.of(root),
        QaVerdict.newest(root),
        checkpointMs(root),
        System.currentTimeMillis());
  }

  /** A cluster of which no JobManager lives may hold the job all the same: nobody can tell. */
  private List<Target> places(Path root, List<String> unanswered) throws IOException {
    List<Target> places = new ArrayList<>();
    new StateFiles(new LakeLayout(root))
        .webUi()
        .ifPresent(port -> places.add(LiveJob.embedded(port)));
    try {
      places.add(target.target());
    } catch (RefusedException e) {
      unanswered.add(OneLine.of(String.valueOf(e.getMessage())));
    }
    return places;
  }

  private static long checkpointMs(Path root) throws IOException {
    return new StateFiles(new LakeLayout(root))
        .newest()
        .map(StateFiles.Snapshot::completedMs)
        .orElse(0L);
  }
}
