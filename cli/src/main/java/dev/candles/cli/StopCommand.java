package dev.candles.cli;

import dev.candles.cli.cluster.JobStop;
import dev.candles.cli.embedded.EmbeddedWriter;
import dev.candles.cli.embedded.LakeHold;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code stop}: ends the collector on a cluster. */
@Command(
    name = "stop",
    description = {
      "Stops the collector on a cluster with a savepoint.",
      "The next './candles submit run' goes on from it. A collector of './candles run' is stopped",
      "by Ctrl-C or SIGTERM."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Exit codes: 0 stopped, 1 not stopped, 2 refused: no cluster, no job of this lake, or one of",
      "'./candles run'",
      "",
      "Example:",
      "  ./candles stop --config collector.yaml"
    })
final class StopCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private TargetOption target = new TargetOption();

  @Option(
      names = "--config",
      paramLabel = "FILE",
      defaultValue = ConfigFile.DEFAULT,
      description = "The collector's configuration, which names the lake. Default: config.yaml")
  private Path config = Path.of(ConfigFile.DEFAULT);

  @Option(
      names = "--force",
      description = {
        "Cancels a job that does not run, or of which no savepoint can be taken; its checkpoints",
        "stay. Stops one whose lake is not seen here, and leaves the lake as it is."
      })
  private boolean force;

  @Override
  public Integer call() throws Exception {
    // before a lake that is fit for no cluster is complained of, and before anything is asked
    Optional<Path> lake = ConfigFile.lake(config);
    if (lake.isPresent()) {
      EmbeddedWriter.requireNone(lake.get(), LakeHold.lease(lake.get()));
    }
    return new JobStop(ConfigFile.ofClusterJob(config, warning -> {}), spec.commandLine().getOut())
        .run(target.target(), force);
  }
}
