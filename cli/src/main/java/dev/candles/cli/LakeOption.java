package dev.candles.cli;

import dev.candles.batch.BatchEnvironment;
import dev.candles.cli.demo.Demo;
import dev.candles.cli.demo.SimulatedConfig;
import dev.candles.cli.demo.SimulatedVenues;
import dev.candles.cli.drill.Drill;
import dev.candles.cli.embedded.Access;
import dev.candles.cli.embedded.RefusedException;
import dev.candles.core.time.MarketClock;
import dev.candles.core.watch.DiskBounds;
import dev.candles.job.config.AlertConfig;
import dev.candles.job.config.CollectorConfig;
import dev.candles.job.config.DiskConfig;
import dev.candles.job.config.PathText;
import dev.candles.lake.layout.Folder;
import dev.candles.lake.layout.LakeLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
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
  private boolean onCluster;

  /**
   * The root of the lake.
   *
   * @throws RefusedException if there is none, or the configuration is wrong
   */
  Path root() throws RefusedException {
    Path root = named();
    try {
      require(root);
    } catch (RefusedException e) {
      String others = config == null && dataDir == null ? ConfigFile.others(Path.of("")) : "";
      throw others.isEmpty() ? e : new RefusedException(e.getMessage() + others, e);
    }
    return root;
  }

  /**
   * A lake must be there, for this user too.
   *
   * @throws RefusedException if there is none, or it cannot be read
   */
  static void require(Path root) throws RefusedException {
    LakeLayout layout = new LakeLayout(root);
    Access.requireReadable("the lake", root);
    for (Folder folder : List.of(Folder.CANDLES, Folder.COVERAGE, Folder.REVISIONS)) {
      Access.requireReadable("the lake", layout.folder(folder));
    }
    if (!Files.isDirectory(layout.folder(Folder.CANDLES))
        && !Files.isDirectory(layout.folder(Folder.COVERAGE))) {
      throw new RefusedException(
          String.format(
              Locale.ROOT,
              "no lake at %s: expected a folder with candles/ or coverage/ in it",
              root.toAbsolutePath().normalize()));
    }
  }

  /**
   * The root of the lake that a job is about; on a cluster it must be named by an absolute path.
   *
   * @throws RefusedException as {@link #root}, and if the path is relative on a cluster
   */
  Path rootOfJob() throws RefusedException {
    onCluster = BatchEnvironment.onCluster();
    Path root = named();
    if (onCluster && !root.isAbsolute()) {
      throw new RefusedException(
          String.format(
              Locale.ROOT,
              "lake: found '%s', expected an absolute path on a cluster, because every machine of"
                  + " it looks there",
              root));
    }
    return root();
  }

  /**
   * Market time now, epoch ms, UTC: this machine's, or a simulation's.
   *
   * @throws RefusedException if the configuration is wrong
   */
  long nowMs() throws RefusedException {
    return now().getAsLong();
  }

  /**
   * The clock of {@link #nowMs}.
   *
   * @throws RefusedException if the configuration is wrong
   */
  LongSupplier now() throws RefusedException {
    MarketClock clock = clock();
    return () -> clock.marketAt(System.currentTimeMillis());
  }

  /**
   * What tells market time: of this machine, or of a simulation.
   *
   * @throws RefusedException if the configuration is wrong
   */
  MarketClock clock() throws RefusedException {
    return configuration().map(CollectorConfig::clock).orElse(MarketClock.real());
  }

  /**
   * When the lake's disk is short of space.
   *
   * @throws RefusedException if the configuration is wrong
   */
  DiskBounds disk() throws RefusedException {
    return configuration().map(CollectorConfig::disk).orElse(DiskConfig.defaults()).bounds();
  }

  /**
   * Who is told of alerts.
   *
   * @param option that asks for it
   * @throws RefusedException if no configuration is there to say so, or it is wrong
   */
  AlertConfig alerts(String option) throws RefusedException {
    return configuration()
        .map(CollectorConfig::alerts)
        .orElseThrow(
            () -> new RefusedException(option + ": no configuration names who is told: --config"));
  }

  /**
   * Whether the venues of the lake's collector were simulated, and nobody will serve them again:
   * those of a demo, a drill or a simulation with a clock of its own. A lake that is named without
   * a configuration may have that of the demo or drill that made it.
   */
  boolean isOfSimulatedVenuesThatAreGone() {
    try {
      List<Path> own =
          Stream.of(Demo.configuration(named()), Drill.configuration(named()))
              .map(PathText::absolute)
              .toList();
      Optional<CollectorConfig> said = configuration();
      if (said.isEmpty()) {
        return own.stream()
            .flatMap(file -> ConfigFile.readable(file).stream())
            .anyMatch(SimulatedVenues::areGone);
      }
      Path file = PathText.absolute(config == null ? Path.of(ConfigFile.DEFAULT) : config);
      boolean once = own.contains(file) || isOfOneSimulation(file, said.get().clock());
      return once && SimulatedVenues.areGone(said.get());
    } catch (RefusedException | IOException e) {
      return false;
    }
  }

  /** In real time the same simulation goes on; with another clock the next one is another. */
  private static boolean isOfOneSimulation(Path file, MarketClock clock) throws IOException {
    return !clock.isReal() && SimulatedConfig.mayReplace(file);
  }

  private Path named() throws RefusedException {
    return dataDir != null
        ? dataDir
        : configuration().map(config -> config.lake().path()).orElse(Path.of("data"));
  }

  private Optional<CollectorConfig> configuration() throws RefusedException {
    Path file = config == null ? Path.of(ConfigFile.DEFAULT) : config;
    if (config == null && (dataDir != null || Files.notExists(file))) {
      return Optional.empty(); // the one in this folder may be of another lake
    }
    if (read == null) {
      read =
          onCluster && dataDir == null
              ? ConfigFile.onCluster(file)
              : ConfigFile.present(file, null);
    }
    return Optional.of(read);
  }
}
