package dev.candles.cli;

import dev.candles.cli.embedded.RefusedException;
import dev.candles.job.config.CollectorConfig;
import dev.candles.job.config.ConfigException;
import dev.candles.job.config.ConfigParser;
import dev.candles.job.config.DefaultConfig;
import dev.candles.sources.venue.VenueProfile;
import dev.candles.sources.venue.Venues;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The configuration file of a command. */
final class ConfigFile {
  private ConfigFile() {}

  /**
   * Reads {@code file}; writes the commented default first if nothing is there, and says so.
   *
   * @param dataDir replaces the configured lake if not null
   * @throws RefusedException if the configuration is wrong; the message lists every problem
   */
  static CollectorConfig load(Path file, @Nullable Path dataDir, PrintWriter out)
      throws RefusedException {
    try {
      if (DefaultConfig.writeIfMissing(file)) {
        out.println("No configuration found; wrote the default, with comments, to " + file);
        out.flush();
      }
      CollectorConfig config = new ConfigParser(profiles()).load(file);
      return dataDir == null ? config : config.withDataDir(dataDir.toAbsolutePath().normalize());
    } catch (ConfigException e) {
      throw new RefusedException(String.valueOf(e.getMessage()), e);
    } catch (IOException e) {
      throw new RefusedException("cannot write the default configuration to " + file + ": " + e, e);
    }
  }

  /** The folder of logs: beside the configuration. */
  static Path logs(Path file) {
    return file.toAbsolutePath().normalize().resolveSibling("logs");
  }

  private static Map<String, VenueProfile> profiles() {
    Map<String, VenueProfile> profiles = new TreeMap<>();
    for (String name : Venues.names()) {
      Venues.byName(name).ifPresent(venue -> profiles.put(name, venue.profile()));
    }
    return profiles;
  }
}
