package dev.candles.cli.demo;

import dev.candles.cli.advice.Advice;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.time.MarketClock;
import dev.candles.lake.disk.Durable;
import dev.candles.sim.Simulator;
import dev.candles.sim.truth.TrueMarket;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The file with which a collector collects the simulated venues that run. */
public final class SimulatedConfig {
  /** Its first line: what has it may be replaced. */
  public static final String MARK =
      "# Written by './candles sim --config'; the next one replaces this file, unless this line is"
          + " gone.";

  private static final Duration HISTORY = Duration.ofHours(6);
  private static final Duration CHECKPOINTS = Duration.ofSeconds(5);
  private static final String YAML = ".yaml";
  private static final DateTimeFormatter START =
      DateTimeFormatter.ofPattern("-yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private SimulatedConfig() {}

  /**
   * Whether nothing would be lost by writing {@code file}: it is not there, or was written here.
   *
   * @throws IOException if it cannot be read
   */
  public static boolean mayReplace(Path file) throws IOException {
    if (Files.notExists(file)) {
      return true;
    }
    if (!Files.isRegularFile(file)) {
      return false;
    }
    byte[] mark = MARK.getBytes(StandardCharsets.UTF_8);
    try (InputStream in = Files.newInputStream(file)) {
      return Arrays.equals(in.readNBytes(mark.length), mark);
    }
  }

  /**
   * Writes {@code file}. The lake lies beside it, one for each seed, start and kind of market,
   * because a lake holds one truth.
   *
   * @param seed of the simulator
   * @param kind what else the truth depends on, in a few characters for a name; may be empty
   * @throws IOException if it cannot be written
   */
  public static void write(Path file, Simulator simulator, long seed, String kind)
      throws IOException {
    Path target = file.toAbsolutePath().normalize();
    Path name = Path.of(String.valueOf(target.getFileName()));
    Path folder = target.getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    Durable.write(
        target, text(target, name, simulator, seed + kind).getBytes(StandardCharsets.UTF_8));
  }

  /** The lake is named from the root, as a cluster wants it. */
  private static String text(Path file, Path name, Simulator simulator, String market) {
    TreeMap<String, List<String>> symbols =
        simulator.truth().markets().stream()
            .collect(
                Collectors.groupingBy(
                    TrueMarket::venue,
                    TreeMap::new,
                    Collectors.mapping(TrueMarket::symbol, Collectors.toList())));
    Scope scope = new Scope(symbols, List.of(Timeframe.M1, Timeframe.M5, Timeframe.H1));
    long historyMs = Timeframe.H1.floor(simulator.now()) - HISTORY.toMillis();
    return MARK
        + "\n"
        + "# The addresses hold as long as that simulator runs. Collect with: ./candles run"
        + " --config "
        + Advice.quoted(name.toString())
        + "\n"
        + scope.config(
            simulator,
            file.resolveSibling(lake(name, simulator.clock(), market)),
            historyMs,
            CHECKPOINTS);
  }

  private static Path lake(Path name, MarketClock clock, String market) {
    String text = name.toString();
    String stem = text.endsWith(YAML) ? text.substring(0, text.length() - YAML.length()) : text;
    boolean real = clock.equals(MarketClock.real());
    String start = real ? "" : START.format(Instant.ofEpochMilli(clock.marketMs()));
    return Path.of(stem + "-data-seed" + market + start);
  }
}
