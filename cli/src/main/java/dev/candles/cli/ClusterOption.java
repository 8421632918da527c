package dev.candles.cli;

import dev.candles.cli.cluster.ClusterFolder;
import dev.candles.cli.cluster.FlinkHome;
import dev.candles.cli.embedded.RefusedException;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a cluster of this machine lies, and with which settings of Flink. */
final class ClusterOption {
  @Option(
      names = "--cluster-dir",
      paramLabel = "DIR",
      defaultValue = ".cluster",
      description =
          "The cluster's folder: settings, logs, pids. Default: .cluster, beside config.yaml and data")
  private Path folder = Path.of(".cluster");

  @Option(
      names = "--flink-conf",
      paramLabel = "DIR",
      description = "The folder of Flink's config.yaml. Default: flink-conf of this program")
  private @Nullable Path conf;

  ClusterFolder folder() throws RefusedException {
    return new ClusterFolder(folder);
  }

  Path conf() throws IOException {
    return conf == null ? FlinkHome.here().conf() : conf;
  }
}
