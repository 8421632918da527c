package dev.candles.cli;

import dev.candles.cli.embedded.RefusedException;
import dev.candles.core.time.MarketClock;
import dev.candles.job.config.CollectorConfig;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which lake a command reads: {@code --data-dir}, else the configured one, else {@code data}. */
final class LakeOption {
  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "The lake. Default: data_dir of the configuration, or data if there is none")
  private @Nullable Path dataDir;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "Names the lake and says what time it is. Default: config.yaml if there is one, unless"
              + " --data-dir is given")
  private @Nullable Path config;

  private @Nullable CollectorConfig read;

  /**
   * The root of the lake.
   *
   * @throws RefusedException if there is none, or the configuration is wrong
   */
  Path root() throws RefusedException {
    Path root = dataDir;
    if (root == null) {
      root = configuration().map(CollectorConfig::lake).orElse(Path.of("data"));
    }
    if (!Files.isDirectory(root.resolve("candles"))
        && !Files.isDirectory(root.resolve("coverage"))) {
      throw new RefusedException(
          String.format(
              Locale.ROOT,
              "no lake at %s: expected a folder with candles/ or coverage/ in it",
              root.toAbsolutePath().normalize()));
    }
    return root;
  }

  /**
   * Market time now, epoch ms, UTC: this machine's, or a simulation's.
   *
   * @throws RefusedException if the configuration is wrong
   */
  long nowMs() throws RefusedException {
    MarketClock clock = configuration().map(CollectorConfig::clock).orElse(MarketClock.real());
    return clock.marketAt(System.currentTimeMillis());
  }

  private Optional<CollectorConfig> configuration() throws RefusedException {
    Path file = config == null ? Path.of(ConfigFile.DEFAULT) : config;
    if (config == null && (dataDir != null || Files.notExists(file))) {
      return Optional.empty(); // the one in this folder may be of another lake
    }
    if (read == null) {
      read = ConfigFile.existing(file, null, new PrintWriter(PrintWriter.nullWriter()));
    }
    return Optional.of(read);
  }
}
