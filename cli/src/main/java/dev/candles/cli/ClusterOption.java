package dev.candles.cli;

import dev.candles.cli.cluster.ClusterFolder;
import dev.candles.cli.cluster.FlinkHome;
import dev.candles.cli.embedded.RefusedException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where a cluster of this machine lies, and with which settings of Flink. */
final class ClusterOption {
  @Mixin private ClusterFolderOption cluster = new ClusterFolderOption();

  @Option(
      names = "--flink-conf",
      paramLabel = "DIR",
      description = "The folder of Flink's config.yaml. Default: flink-conf of this program")
  private @Nullable Path conf;

  ClusterFolder folder() throws RefusedException {
    return cluster.folder();
  }

  /** The one that was given; empty if none was. */
  Optional<Path> given() {
    return Optional.ofNullable(conf);
  }

  Path conf() throws IOException {
    return conf == null ? FlinkHome.here().conf() : conf;
  }
}
