package dev.candles.fuzz;

import dev.candles.core.candle.Names;
import dev.candles.job.config.CollectorConfig;
import dev.candles.job.config.ConfigException;
import dev.candles.job.config.ConfigParser;
import dev.candles.sources.venue.VenueProfile;
import dev.candles.sources.venue.VenueSettings;
import dev.candles.sources.venue.Venues;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A configuration of the collector. */
final class Configs implements Target {
  private static final long NOW_MS = 1_767_225_690_000L;
  private static final int LONGEST_PROBLEM = 2_000;
  private static final Path FOLDER = Path.of("").toAbsolutePath();

  private final ConfigParser parser;

  Configs() {
    Map<String, VenueProfile> profiles = new TreeMap<>();
    for (String name : Venues.names()) {
      profiles.put(name, Targets.venue(name).profile());
    }
    this.parser = new ConfigParser(profiles, () -> NOW_MS);
  }

  @Override
  public void take(byte[] input) {
    CollectorConfig config;
    try {
      config = parser.parse("fuzz.yaml", Choice.text(input), FOLDER);
    } catch (ConfigException refused) {
      Find.unlessSaid(refused);
      problems(refused.problems());
      return;
    }
    Find.unless(config.lake().path().isAbsolute(), "no folder", config);
    Find.unless(!config.streams().isEmpty(), "no stream", config);
    Find.unless(config.historyFromMs(NOW_MS) <= NOW_MS, "history in the future", config);
    long laterMs = config.clock().marketAt(NOW_MS) + 60_000;
    Find.unless(config.clock().marketAt(config.clock().realAt(laterMs)) >= laterMs, "time", config);
    for (VenueSettings venue : config.markets().venues()) {
      boolean symbols = venue.symbols().stream().allMatch(Names::isSymbol);
      boolean addresses = venue.rest().getHost() != null && venue.webSocket().getHost() != null;
      Find.unless(symbols && addresses && !venue.symbols().isEmpty(), "no venue", venue);
    }
  }

  private static void problems(List<String> problems) {
    Find.unless(!problems.isEmpty(), "refused without a problem", problems);
    for (String problem : problems) {
      Proper.oneLine(problem);
      Find.unless(problem.length() <= LONGEST_PROBLEM, "a long problem", problem.length());
    }
  }
}
