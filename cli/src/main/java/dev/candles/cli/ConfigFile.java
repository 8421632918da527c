package dev.candles.cli;

import dev.candles.cli.advice.Advice;
import dev.candles.cli.embedded.Access;
import dev.candles.cli.embedded.RefusedException;
import dev.candles.job.CollectorMain;
import dev.candles.job.config.CollectorConfig;
import dev.candles.job.config.ConfigException;
import dev.candles.job.config.ConfigParser;
import dev.candles.job.config.DefaultConfig;
import dev.candles.job.config.PathText;
import dev.candles.sources.venue.Venues;
import dev.candles.text.FailureText;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The configuration file of a command, and its folder of logs. */
final class ConfigFile {
  private ConfigFile() {}

  /** The one in the folder of the command; {@code run} writes it if it is missing and not named. */
  static final String DEFAULT = "config.yaml";

  private static final String YAML = ".yaml";
  private static final int MOST_LOOKED_AT = 20;

  /**
   * Reads {@code file}, which must be there: a mistyped one would be another lake's.
   *
   * @param dataDir replaces the configured lake if not null
   * @throws RefusedException if it is missing or wrong; the message lists every problem
   */
  static CollectorConfig present(Path file, @Nullable Path dataDir) throws RefusedException {
    if (Files.notExists(file)) {
      throw new RefusedException(
          String.format(
              Locale.ROOT,
              "no configuration at %s; './candles bootstrap --skip-tests --config %s' writes one"
                  + " with comments%s",
              file,
              Advice.quoted(file.toString()),
              othersThan(file)));
    }
    return load(file, dataDir, new PrintWriter(PrintWriter.nullWriter()));
  }

  /**
   * Reads {@code file}; writes the commented default first if nothing is there, and says so. For a
   * command that makes a lake, and was not told by whom it is configured.
   *
   * @param dataDir replaces the configured lake if not null
   * @throws RefusedException if the configuration is wrong; the message lists every problem
   */
  static CollectorConfig load(Path file, @Nullable Path dataDir, PrintWriter out)
      throws RefusedException {
    Access.requireReadable("the configuration", file);
    try {
      String others = Files.notExists(file) ? othersThan(file) : "";
      if (DefaultConfig.writeIfMissing(file)) {
        out.println(
            "No configuration found; wrote the default, with comments, to " + file + others);
        out.flush();
      }
      CollectorConfig config =
          new ConfigParser(Venues.profiles(), System::currentTimeMillis).load(file);
      return dataDir == null ? config : config.withLake(PathText.absolute(dataDir));
    } catch (ConfigException e) {
      throw refused(e);
    } catch (InvalidPathException e) {
      throw new RefusedException(
          String.format(
              Locale.ROOT, "--data-dir: found '%s', expected %s", e.getInput(), e.getReason()),
          e);
    } catch (IOException e) {
      throw new RefusedException(
          "cannot write the default configuration to " + file + ": " + FailureText.of(e), e);
    }
  }

  /**
   * Reads {@code file} of a collector on a cluster.
   *
   * @param warnings is told of keys that mean nothing there, one line each
   * @throws RefusedException if the file is missing or wrong; the message lists every problem
   */
  static CollectorConfig ofClusterJob(Path file, Consumer<String> warnings)
      throws RefusedException {
    if (Files.notExists(file)) {
      throw new RefusedException(
          "no configuration at " + file + "; name one: --config FILE" + othersThan(file));
    }
    try {
      return CollectorMain.configuration(file, warnings);
    } catch (ConfigException e) {
      throw refused(e);
    }
  }

  /**
   * The lake that {@code file} names, wherever the collector runs; empty if the file is missing or
   * wrong, which whoever reads all of it will say.
   */
  static Optional<Path> lake(Path file) {
    return readable(file).map(config -> config.lake().path());
  }

  /** What {@code file} says; empty if it is missing or wrong. */
  static Optional<CollectorConfig> readable(Path file) {
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(new ConfigParser(Venues.profiles(), System::currentTimeMillis).load(file));
    } catch (ConfigException wrong) {
      return Optional.empty();
    }
  }

  /** The same where {@code file} is missing; empty if it was named otherwise than usual. */
  private static String othersThan(Path file) {
    return file.equals(Path.of(DEFAULT)) ? others(Path.of("")) : "";
  }

  /**
   * Names the configurations of a folder where there is none of the usual name, to be said after
   * what was not found: like {@code ; here is another configuration of a collector: --config
   * sim.yaml}. Empty if there are none.
   */
  static String others(Path folder) {
    if (Files.exists(folder.resolve(DEFAULT))) {
      return "";
    }
    List<String> names;
    try (Stream<Path> files = Files.list(folder)) {
      names =
          files
              .filter(file -> String.valueOf(file.getFileName()).matches("[^.].*\\.ya?ml"))
              .sorted()
              .limit(MOST_LOOKED_AT)
              .filter(file -> readable(file).isPresent())
              .map(file -> Advice.quoted(file.toString()))
              .toList();
    } catch (IOException | UncheckedIOException e) {
      return "";
    }
    return names.isEmpty()
        ? ""
        : String.format(
            Locale.ROOT,
            "; here is another configuration of a collector: --config %s",
            String.join(", or --config ", names));
  }

  /**
   * Reads {@code file} for a bounded job on a cluster. Of keys that mean nothing there nothing is
   * said: most keys mean nothing to such a job anywhere.
   *
   * @throws RefusedException if the configuration is wrong; the message lists every problem
   */
  static CollectorConfig onCluster(Path file) throws RefusedException {
    try {
      return CollectorMain.configuration(file, warning -> {});
    } catch (ConfigException e) {
      throw refused(e);
    }
  }

  private static RefusedException refused(ConfigException wrong) {
    return new RefusedException(String.valueOf(wrong.getMessage()), wrong);
  }

  /** The log of a configuration: beside it, one per configuration. */
  static Path log(Path file) {
    String name = String.valueOf(file.getFileName());
    String own = name.endsWith(YAML) ? name.substring(0, name.length() - YAML.length()) : name;
    String log = name.equals(DEFAULT) ? "collector.log" : "collector-" + own + ".log";
    return file.toAbsolutePath().normalize().resolveSibling("logs").resolve(log);
  }
}
