package dev.candles.cli;

import dev.candles.cli.classes.ArchivesLater;
import dev.candles.cli.cluster.ClusterPlan;
import dev.candles.cli.cluster.ClusterRevival;
import dev.candles.cli.cluster.ClusterStart;
import dev.candles.cli.cluster.ClusterStatus;
import dev.candles.cli.cluster.ClusterStop;
import dev.candles.cli.cluster.FlinkHome;
import dev.candles.cli.embedded.RefusedException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code cluster}: a Flink cluster of separate JVMs on this machine. */
@Command(
    name = "cluster",
    description = {
      "Starts, shows and stops a Flink cluster of separate JVMs on 127.0.0.1.",
      "The processes go on when the command ends; submit, stop and status find them by their",
      "folder. Its settings are those of flink-conf/config.yaml, memory too."
    },
    mixinStandardHelpOptions = true,
    subcommands = {
      ClusterCommand.Start.class,
      ClusterCommand.Stop.class,
      ClusterCommand.Status.class,
      CommandLine.HelpCommand.class
    },
    footer = {
      "",
      "Example:",
      "  ./candles cluster start --taskmanagers 2 --ha",
      "  ./candles cluster status",
      "  ./candles cluster stop"
    })
final class ClusterCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  /** Without a command: which there are. */
  @Override
  public Integer call() {
    return Candles.whichThereAre(spec);
  }

  /** {@code cluster start}. */
  @Command(
      name = "start",
      description = {
        "Starts JobManager and TaskManagers and waits until all are registered.",
        "Exit codes: 0 ready, 1 not ready and ended again, 2 nothing was started."
      },
      mixinStandardHelpOptions = true,
      footer = {
        "",
        "Example:",
        "  ./candles cluster start --taskmanagers 2",
        "  ./candles cluster start --ha -D taskmanager.numberOfTaskSlots=2 -D rest.port=9081",
        "  ./candles cluster start --missing"
      })
  static final class Start implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();
    @Mixin private ClusterOption cluster = new ClusterOption();

    @Option(
        names = "--taskmanagers",
        paramLabel = "N",
        defaultValue = "1",
        description = "How many TaskManagers. Default: 1")
    private int taskManagers = 1;

    @Option(
        names = "--ha",
        description = {
          "Also a ZooKeeper and a second JobManager, which takes over when the first one dies. A",
          "job that ran when its cluster was ended goes on at the next start with --ha."
        })
    private boolean standby;

    @Option(
        names = "-D",
        paramLabel = "KEY=VALUE",
        description = "One more setting of Flink, which wins; may be repeated. Port 0 is any.")
    private Map<String, String> settings = new LinkedHashMap<>();

    @Option(
        names = "--missing",
        description = {
          "Starts only those of a running cluster again that died, with its own settings, names"
              + " and",
          "ports; takes none of the other options but --cluster-dir."
        })
    private boolean missing;

    @Override
    public Integer call() throws Exception {
      if (missing) {
        requireNoSettings();
        return new ClusterRevival(cluster.folder(), spec.commandLine().getOut())
            .run(FlinkHome.here());
      }
      ClusterPlan plan = ClusterPlan.of(cluster.conf(), settings, taskManagers, standby);
      return new ClusterStart(plan, cluster.folder(), spec.commandLine().getOut())
          .run(FlinkHome.here());
    }

    private void requireNoSettings() throws RefusedException {
      for (String option : List.of("--taskmanagers", "--ha", "-D", "--flink-conf")) {
        if (spec.commandLine().getParseResult().hasMatchedOption(option)) {
          throw new RefusedException(
              option
                  + " and --missing: what died is started with the settings that the cluster has;"
                  + " leave "
                  + option
                  + " out");
        }
      }
    }
  }

  /** {@code cluster stop}. */
  @Command(
      name = "stop",
      description = {
        "Ends all processes of the cluster; refuses while a job runs.",
        "Exit codes: 0 ended, 1 something cannot be ended, 2 refused."
      },
      mixinStandardHelpOptions = true,
      footer = {"", "Example:", "  ./candles stop && ./candles cluster stop"})
  static final class Stop implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();
    @Mixin private ClusterFolderOption cluster = new ClusterFolderOption();

    @Option(
        names = "--force",
        description = "Also while jobs run, or when nobody can tell: as if they had crashed.")
    private boolean force;

    @Override
    public Integer call() throws Exception {
      int code = new ClusterStop(cluster.folder(), spec.commandLine().getOut()).run(force);
      if (code == 0) {
        ArchivesLater.afterCluster();
      }
      return code;
    }
  }

  /** {@code cluster status}. */
  @Command(
      name = "status",
      description = {
        "Shows processes, slots and jobs of the cluster.",
        "Exit codes: 0 all is up, 1 something is dead, frozen or silent, 2 there is no cluster."
      },
      mixinStandardHelpOptions = true,
      footer = {"", "Example:", "  ./candles cluster status"})
  static final class Status implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();
    @Mixin private ClusterFolderOption cluster = new ClusterFolderOption();

    @Override
    public Integer call() throws Exception {
      return new ClusterStatus(cluster.folder(), spec.commandLine().getOut()).run();
    }
  }
}
