package dev.candles.cli.cluster;

import dev.candles.cli.embedded.Access;
import dev.candles.cli.embedded.Causes;
import dev.candles.cli.embedded.RefusedException;
import dev.candles.text.OneLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.GlobalConfiguration;

/** Flink's configuration in a folder of its own. */
final class FlinkConf {
  /** Flink takes no other name. */
  static final String FILE = "config.yaml";

  private static final long MOST_BYTES = 1 << 20;

  private FlinkConf() {}

  /**
   * Reads it.
   *
   * @param folder that holds {@code config.yaml}
   * @param settings more settings, which win
   * @throws RefusedException if it is missing or cannot be read
   */
  static Configuration read(Path folder, Map<String, String> settings) throws RefusedException {
    return read(folder, settings, "name its folder: --flink-conf DIR");
  }

  /**
   * The one that a cluster of this machine was started with.
   *
   * @throws RefusedException if it is missing or cannot be read
   */
  static Configuration started(ClusterFolder cluster) throws RefusedException {
    return read(
        cluster.conf(),
        Map.of(),
        "it was there when the cluster was started; what runs is ended by ./candles cluster stop"
            + " --force");
  }

  private static Configuration read(Path folder, Map<String, String> settings, String advice)
      throws RefusedException {
    Path file = folder.resolve(FILE);
    Access.requireReadable("the configuration of Flink", file);
    if (!Files.isRegularFile(file)) {
      throw new RefusedException(
          String.format(
              Locale.ROOT,
              "no configuration of Flink at %s; %s",
              file.toAbsolutePath().normalize(),
              advice));
    }
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw new RefusedException("larger than 1 MB, no configuration of Flink: " + file);
      }
      return GlobalConfiguration.loadConfiguration(
          folder.toAbsolutePath().toString(), Configuration.fromMap(settings));
    } catch (IOException | RuntimeException e) { // Flink's parser throws any of these
      throw new RefusedException(
          "cannot read the configuration of Flink in " + file + ": " + Answers.why(e), e);
    }
  }

  /**
   * The value of a setting.
   *
   * @throws RefusedException if it is none of its kind
   */
  static <T> T value(Configuration flink, ConfigOption<T> option, Path folder)
      throws RefusedException {
    try {
      return flink.get(option);
    } catch (IllegalArgumentException e) {
      throw refused(folder, e);
    }
  }

  /** What Flink says of a value or of sizes that it cannot use, in one line: key, value and why. */
  static RefusedException refused(Path folder, RuntimeException error) {
    String why = Answers.why(error);
    String said = why;
    for (Throwable cause : Causes.chain(error)) {
      String message = String.valueOf(cause.getMessage());
      if (message.contains(" for key '")) { // Could not parse value 'x' for key 'y'.
        said = OneLine.of(message) + (cause.getCause() == null ? "" : " " + why);
      }
    }
    return new RefusedException("the configuration of Flink in " + folder + ": " + said, error);
  }
}
