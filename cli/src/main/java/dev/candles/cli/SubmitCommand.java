package dev.candles.cli;

import dev.candles.cli.cluster.ClientContext;
import dev.candles.cli.cluster.Submission;
import dev.candles.job.config.CollectorConfig;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** {@code submit}: the work of a command, on a Flink cluster. */
@Command(
    name = "submit",
    description = {
      "Submits the collector, the QA or the compaction to a Flink cluster.",
      "The cluster is the one of './candles cluster start', or any that --target names."
    },
    mixinStandardHelpOptions = true,
    subcommands = {
      SubmitCommand.Run.class,
      SubmitCommand.Qa.class,
      SubmitCommand.Compact.class,
      CommandLine.HelpCommand.class
    },
    footer = {
      "",
      "Example:",
      "  ./candles submit run --config collector.yaml --parallelism 2",
      "  ./candles submit compact --all --config collector.yaml",
      "  ./candles submit qa --config collector.yaml --days 7"
    })
final class SubmitCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  /** Without a command: which there are. */
  @Override
  public Integer call() {
    return Candles.whichThereAre(spec);
  }

  /** Where, and with how many tasks at a time. */
  static final class Where {
    @Mixin private TargetOption target = new TargetOption();

    @Option(
        names = "--parallelism",
        paramLabel = "N",
        defaultValue = "2",
        description = "Slots that the job takes. Default: 2")
    private int parallelism = 2;

    /** Runs a command of this program as the client of the cluster. */
    private int run(CommandSpec spec, String command, List<String> options) throws Exception {
      List<String> words = new ArrayList<>(List.of(command));
      words.addAll(options);
      try (ClientContext context = ClientContext.open(target.target(), parallelism, null)) {
        CommandLine line =
            Candles.commandLine()
                .setOut(spec.commandLine().getOut())
                .setErr(spec.commandLine().getErr());
        return Candles.run(line, words.toArray(new String[0]));
      }
    }
  }

  /** {@code submit run}. */
  @Command(
      name = "run",
      description = {
        "Submits the collector and waits until it collects.",
        "It goes on when the command ends. Exit codes: 0 it collects, 1 it does not, 2 nothing was",
        "submitted."
      },
      mixinStandardHelpOptions = true,
      footer = {
        "",
        "Example:",
        "  ./candles submit run --config collector.yaml",
        "  ./candles submit run --config collector.yaml --restore none --target 10.0.0.7:8081"
      })
  static final class Run implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();
    @Mixin private Where where = new Where();

    @Option(
        names = "--config",
        paramLabel = "FILE",
        defaultValue = ConfigFile.DEFAULT,
        description = "The collector's configuration, read here. Default: config.yaml")
    private Path config = Path.of(ConfigFile.DEFAULT);

    @Option(
        names = "--restore",
        paramLabel = "PATH",
        defaultValue = "newest",
        description = {
          "newest: the newest checkpoint or savepoint of the lake that can be restored; none: none,",
          "the lake itself says what is there; else the one at PATH, which may begin with s3://",
          "on a cluster that can read it. Default: newest"
        })
    private String restore = Submission.NEWEST;

    @Override
    public Integer call() throws Exception {
      PrintWriter err = spec.commandLine().getErr();
      CollectorConfig loaded =
          ConfigFile.ofClusterJob(config, warning -> err.println("WARNING: " + warning));
      err.flush();
      return new Submission(loaded, spec.commandLine().getOut())
          .run(where.target.target(), restore, where.parallelism);
    }
  }

  /** {@code submit qa}. */
  @Command(
      name = "qa",
      description = {
        "Runs the daily checks on the cluster and tells the result.",
        "Takes every option of './candles qa', and ends with its exit codes."
      },
      mixinStandardHelpOptions = true,
      footer = {"", "Example:", "  ./candles submit qa --config collector.yaml --days 7"})
  static final class Qa implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();
    @Mixin private Where where = new Where();
    @Unmatched private List<String> options = new ArrayList<>();

    @Override
    public Integer call() throws Exception {
      return where.run(spec, "qa", options);
    }
  }

  /** {@code submit compact}. */
  @Command(
      name = "compact",
      description = {
        "Runs the compaction on the cluster and tells the result.",
        "Takes every option of './candles compact', and ends with its exit codes."
      },
      mixinStandardHelpOptions = true,
      footer = {"", "Example:", "  ./candles submit compact --all --config collector.yaml"})
  static final class Compact implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();
    @Mixin private Where where = new Where();
    @Unmatched private List<String> options = new ArrayList<>();

    @Override
    public Integer call() throws Exception {
      return where.run(spec, "compact", options);
    }
  }
}
