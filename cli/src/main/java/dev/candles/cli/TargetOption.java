package dev.candles.cli;

import dev.candles.cli.cluster.ClusterFolder;
import dev.candles.cli.cluster.Target;
import dev.candles.cli.embedded.RefusedException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which cluster a command speaks with. */
final class TargetOption {
  @Mixin private ClusterOption cluster = new ClusterOption();

  @Option(
      names = "--target",
      paramLabel = "HOST:PORT",
      description = {
        "REST API of the cluster. Default: the one that was started in --cluster-dir, else the one",
        "that --flink-conf names"
      })
  private @Nullable String named;

  ClusterFolder folder() throws RefusedException {
    return cluster.folder();
  }

  Target target() throws IOException, RefusedException {
    return Target.of(named, cluster.folder(), cluster.conf());
  }
}
