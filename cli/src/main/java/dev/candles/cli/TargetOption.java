package dev.candles.cli;

import dev.candles.cli.cluster.FlinkHome;
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
        "REST API of the cluster. Default: that of --flink-conf if it is given, else the cluster that",
        "runs in --cluster-dir, else that of this program's flink-conf"
      })
  private @Nullable String named;

  Target target() throws IOException, RefusedException {
    return Target.of(named, cluster.given(), cluster.folder(), FlinkHome.here().conf());
  }
}
