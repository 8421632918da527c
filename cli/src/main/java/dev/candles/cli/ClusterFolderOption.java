package dev.candles.cli;

import dev.candles.cli.cluster.ClusterFolder;
import dev.candles.cli.embedded.RefusedException;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where a cluster of this machine lies. */
final class ClusterFolderOption {
  @Option(
      names = "--cluster-dir",
      paramLabel = "DIR",
      defaultValue = ".cluster",
      description =
          "The cluster's folder: settings, logs, pids. Default: .cluster, beside config.yaml and data")
  private Path folder = Path.of(".cluster");

  ClusterFolder folder() throws RefusedException {
    return new ClusterFolder(folder);
  }
}
