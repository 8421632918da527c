package dev.candles.cli;

import dev.candles.cli.embedded.RefusedException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which lake a command reads: {@code --data-dir}, else the configured one, else {@code data}. */
final class LakeOption {
  private static final Path CONFIG = Path.of("config.yaml");

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description =
          "The lake. Default: data_dir of config.yaml, or data if there is no config.yaml")
  private @Nullable Path dataDir;

  /**
   * The root of the lake.
   *
   * @throws RefusedException if there is none
   */
  Path root() throws RefusedException {
    Path root = dataDir;
    if (root == null) {
      root =
          Files.exists(CONFIG)
              ? ConfigFile.load(CONFIG, null, new PrintWriter(PrintWriter.nullWriter())).lake()
              : Path.of("data");
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
}
