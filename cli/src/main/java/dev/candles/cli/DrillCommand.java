package dev.candles.cli;

import dev.candles.cli.drill.Drill;
import dev.candles.cli.drill.DrillPlan;
import dev.candles.cli.embedded.Access;
import dev.candles.cli.embedded.RefusedException;
import dev.candles.lake.disk.Trees;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code drill}: the crash recovery drill of the runbook. */
@Command(
    name = "drill",
    description = {
      "Kills what collects, times how it comes back, and judges the lake by the pass criteria.",
      "Simulates three venues with faults and collects 45 streams from them, in one process or on"
          + " a",
      "Flink cluster of separate JVMs; never touches a lake that is there. Needs Linux for"
          + " --freeze."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Exit codes: 0 passed, 1 failed, 2 refused. A time that is missed is told by ✗ and fails it",
      "only with --strict-times, the 15 minutes of the backfill too.",
      "",
      "Example:",
      "  ./candles drill",
      "  ./candles drill --kill taskmanager --freeze",
      "  ./candles drill --cluster --kill any --kills 6 --seed 42 --data-dir drill-lake"
    })
final class DrillCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--kill",
      paramLabel = "WHAT",
      defaultValue = "",
      description = {
        "collector: the process of './candles run'; taskmanager, jobmanager: one of a cluster;",
        "machine: all processes at once; any: each of a cluster's in turn, by chance. Default:",
        "collector, with --cluster any"
      })
  private String kill = "";

  @Option(
      names = "--cluster",
      description = {
        "Collects on a Flink cluster of separate JVMs with two TaskManagers, and a standby",
        "JobManager where one may be killed. Goes without saying with taskmanager, jobmanager, any."
      })
  private boolean cluster;

  @Option(
      names = "--freeze",
      description = {
        "SIGSTOP in place of SIGKILL, woken once the job has collected without it; with 'any' only",
        "some, by chance."
      })
  private boolean freeze;

  @Option(
      names = "--kills",
      paramLabel = "N",
      defaultValue = "1",
      description = "How many, at moments of chance. Default: 1")
  private int kills = 1;

  @Option(
      names = "--downtime",
      paramLabel = "TIME",
      defaultValue = "5m",
      description = "Market time until a killed collector or machine is started again. Default: 5m")
  private String downtime = "5m";

  @Option(
      names = "--interval",
      paramLabel = "TIME",
      defaultValue = "3s",
      description = "Real time between two checkpoints. Default: 3s")
  private String interval = "3s";

  @Option(
      names = "--speed",
      paramLabel = "X",
      defaultValue = "60",
      description = "Market seconds per real second. Default: 60")
  private double speed = 60;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Of the market and of chance. Default: 1")
  private long seed = 1;

  @Option(
      names = "--strict-times",
      description = {
        "Fails also where a time is missed: 15 s and the interval to the first new candle, 15",
        "minutes of market time to the end of the backfill. A busy machine misses them."
      })
  private boolean strictTimes;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "Where the lake goes, which must be new. Default: a temporary folder")
  private @Nullable Path dataDir;

  @Option(names = "--keep", description = "Keeps a temporary lake also where the drill is passed.")
  private boolean keep;

  @Override
  public Integer call() throws Exception {
    DrillPlan plan = plan();
    Path lake = lake();
    PrintWriter out = spec.commandLine().getOut();
    boolean passed = new Drill(plan, lake, out, System.currentTimeMillis()).run(strictTimes);
    if (passed && dataDir == null && !keep) {
      Trees.delete(lake);
    } else {
      out.println("The lake is in " + lake + ", configuration and logs in .drill below it.");
    }
    out.flush();
    return passed ? 0 : 1;
  }

  /** What the options say. */
  DrillPlan plan() throws RefusedException {
    try {
      return DrillPlan.of(
          new DrillPlan.Options(
              kill,
              cluster,
              freeze,
              kills,
              seed,
              speed,
              Times.duration("--interval", interval),
              Times.duration("--downtime", downtime)));
    } catch (IllegalArgumentException e) {
      throw new RefusedException(String.valueOf(e.getMessage()), e);
    }
  }

  private Path lake() throws IOException, RefusedException {
    if (dataDir == null) {
      return Files.createTempDirectory("candles-drill-").toRealPath();
    }
    Access.requireFolder("the lake of the drill", dataDir);
    Path lake = Files.createDirectories(dataDir).toRealPath();
    try (var there = Files.list(lake)) {
      if (there.findAny().isPresent()) {
        throw new RefusedException(
            "--data-dir: found a folder with something in it, the drill needs an empty one: "
                + lake);
      }
    }
    return lake;
  }
}
