package dev.candles.cli;

import dev.candles.cli.advice.Advice;
import dev.candles.cli.demo.SimulatedConfig;
import dev.candles.cli.embedded.Access;
import dev.candles.cli.embedded.RefusedException;
import dev.candles.core.time.MarketClock;
import dev.candles.lake.manifest.Sha256;
import dev.candles.sim.Simulator;
import dev.candles.sim.SimulatorConfig;
import dev.candles.sim.fault.Fault;
import dev.candles.sim.fault.FaultsFile;
import dev.candles.sim.fault.FaultsFileException;
import dev.candles.text.FailureText;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code sim}: exchanges on this machine, until stopped. */
@Command(
    name = "sim",
    description = {
      "Serves simulated venues and the truth about them, until stopped.",
      "Prints one line of JSON with the clock and all addresses; --config writes a collector's",
      "configuration from them."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Example:",
      "  ./candles sim --venues okx --symbols BTC-USDT,ETH-USDT --port 9000 --seed 7 --speed 60",
      "  ./candles sim --speed 60 --config sim.yaml     # then: ./candles run --config sim.yaml",
      "  ./candles sim --config sim.yaml --faults away.yaml",
      "",
      "A list of faults, like away.yaml for a venue that is away for five minutes, feed and REST, ten",
      "minutes of its time after the start:",
      "  - {kind: cut, venue: kraken, at: +10m, duration: 5m, rest: true}",
      "Each has a kind, a venue and one of at, every and probability. Kinds: drop repeat reorder",
      "merge late_correction malformed huge_frame, silent_symbol ack_then_silence stall cut refuse",
      "of feeds, throttle html empty_page short_page missing_row half_made other_volume stale_page",
      "cached clock_skew of REST. What each does, and the other keys: docs/CONFIGURATION.md,",
      "Simulated venues."
    })
final class SimCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--venues",
      split = ",",
      paramLabel = "VENUE",
      description = "Venues to simulate. Default: coinbase,kraken,okx")
  private List<String> venues = SimulatorConfig.defaults().venues();

  @Option(
      names = "--symbols",
      split = ",",
      paramLabel = "SYMBOL",
      description = "Symbols of every venue. Default: each venue's usual five.")
  private List<String> symbols = List.of();

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "0",
      description = "Port of the truth; venues follow. Default: free ports")
  private int port;

  @Option(
      names = "--bind",
      paramLabel = "ADDRESS",
      defaultValue = "127.0.0.1",
      description = {
        "Address or name of this machine to listen on, for containers; one of a private network,",
        "because nothing is asked of whoever comes. Default: 127.0.0.1"
      })
  private String bind = "127.0.0.1";

  @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "Default: 1")
  private long seed;

  @Option(
      names = "--from",
      paramLabel = "TIME",
      description =
          "Market time at the start: a UTC date, a time like 2026-01-09T12:00:00Z, or"
              + " epoch milliseconds. Default: now")
  private @Nullable String from;

  @Option(
      names = "--speed",
      paramLabel = "X",
      defaultValue = "1",
      description = "Market seconds per real second. Default: 1")
  private double speed = 1;

  @Option(
      names = "--tape",
      paramLabel = "VENUE/SYMBOL=FILE",
      description = "A recorded series to play for a market; may be repeated.")
  private Map<String, Path> tapes = new LinkedHashMap<>();

  @Option(
      names = "--silence",
      paramLabel = "P",
      description = "Probability of a minute without a trade, 0 to below 1. Default: by symbol")
  private @Nullable Double silence;

  @Option(
      names = "--trades-per-minute",
      paramLabel = "N",
      description = "Mean number of trades a minute, 2 to 10000. Default: by symbol")
  private @Nullable Integer tradesPerMinute;

  @Option(
      names = "--no-flat-rows",
      description = {
        "okx sends no row for an interval without a trade. What is true stays so; the collector",
        "believes it by silence_proof: absent_rows alone."
      })
  private boolean noFlatRows;

  @Option(
      names = "--listed",
      paramLabel = "TIME",
      description = "When the markets without a tape had their first trade. Default: 2014-01-01")
  private @Nullable String listed;

  @Option(
      names = "--faults",
      paramLabel = "FILE",
      description = "What goes wrong and when: a YAML list, see below.")
  private @Nullable Path faults;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = {
        "Writes the configuration of a collector of these venues to FILE, its lake beside it. A"
            + " file that was not written so is refused."
      })
  private @Nullable Path file;

  @Override
  public Integer call() throws Exception {
    requireReplaceable();
    try (Simulator simulator = Simulator.start(config(clock()))) {
      write(simulator);
      PrintWriter out = spec.commandLine().getOut();
      out.println(simulator.toJson());
      out.flush();
      new CountDownLatch(1).await();
      return 0;
    } catch (IllegalArgumentException | IOException | FaultsFileException e) {
      throw new RefusedException("cannot simulate: " + e.getMessage(), e);
    }
  }

  private void requireReplaceable() throws RefusedException {
    if (file == null) {
      return;
    }
    Access.requireReadable("--config", file);
    Access.requireFolder("the folder of --config", file.toAbsolutePath().resolveSibling(""));
    try {
      if (!SimulatedConfig.mayReplace(file)) {
        throw new RefusedException(
            String.format(
                Locale.ROOT,
                "--config: %s is there and was not written by './candles sim --config';"
                    + " name another file or move it away",
                file));
      }
    } catch (IOException e) {
      throw new RefusedException("--config: cannot be read: " + FailureText.of(e), e);
    }
  }

  /** Standard output stays one line of JSON. */
  private void write(Simulator simulator) throws IOException, RefusedException {
    if (file != null) {
      PrintWriter err = spec.commandLine().getErr();
      SimulatedConfig.write(file, simulator, seed, kind());
      ConfigFile.load(file, null, err);
      err.println(
          "Wrote "
              + file
              + "; collect with: ./candles run --config "
              + Advice.quoted(file.toString()));
      err.flush();
    }
  }

  private SimulatorConfig config(MarketClock clock)
      throws IOException, FaultsFileException, RefusedException {
    long startMs = clock.marketAt(System.currentTimeMillis());
    SimulatorConfig config =
        SimulatorConfig.defaults()
            .withVenues(venues)
            .withSeed(seed)
            .withPort(port)
            .withBind(bind())
            .withClock(clock)
            .withFaults(faults(startMs));
    for (String venue : symbols.isEmpty() ? List.<String>of() : venues) {
      config = config.withSymbols(venue, symbols);
    }
    for (Map.Entry<String, Path> tape : tapes.entrySet()) {
      int slash = tape.getKey().indexOf('/');
      if (slash < 0) {
        throw new IllegalArgumentException("--tape must be VENUE/SYMBOL=FILE: " + tape.getKey());
      }
      String venue = tape.getKey().substring(0, slash);
      config = config.withTape(venue, tape.getKey().substring(slash + 1), tape.getValue());
    }
    return markets(config);
  }

  private List<Fault> faults(long startMs) throws IOException, FaultsFileException {
    return faults == null
        ? List.of()
        : FaultsFile.read(faults, startMs, Simulator.faultKinds(venues));
  }

  /** What kind of markets the random ones are. */
  private SimulatorConfig markets(SimulatorConfig config) throws RefusedException {
    SimulatorConfig told = config;
    told = silence == null ? told : told.withSilence(silence);
    told = tradesPerMinute == null ? told : told.withTradesPerMinute(tradesPerMinute);
    told = noFlatRows ? told.withoutFlatRows() : told;
    return listed == null ? told : told.withListed(Times.parse("--listed", listed));
  }

  /** Names what the truth depends on besides seed and time; empty for what goes without saying. */
  private String kind() throws IOException, RefusedException {
    List<String> told = new ArrayList<>();
    if (silence != null) {
      told.add("silence=" + silence);
    }
    if (tradesPerMinute != null) {
      told.add("trades=" + tradesPerMinute);
    }
    if (listed != null) {
      told.add("listed=" + Times.parse("--listed", listed));
    }
    for (Map.Entry<String, Path> tape : new TreeMap<>(tapes).entrySet()) {
      told.add(tape.getKey() + "=" + Sha256.of(tape.getValue()));
    }
    return told.isEmpty() ? "" : "-" + Sha256.of(String.join(" ", told)).substring(0, 8);
  }

  private InetAddress bind() throws RefusedException {
    try {
      return InetAddress.getByName(bind);
    } catch (UnknownHostException e) {
      throw new RefusedException(
          String.format(
              Locale.ROOT, "--bind: found '%s', expected an address of this machine", bind),
          e);
    }
  }

  private MarketClock clock() throws RefusedException {
    if (from == null && speed == 1) {
      return MarketClock.real();
    }
    long now = System.currentTimeMillis();
    return new MarketClock(now, from == null ? now : Times.parse("--from", from), speed);
  }
}
