package dev.candles.sim;

import dev.candles.core.candle.Meant;
import dev.candles.core.candle.Names;
import dev.candles.core.time.MarketClock;
import dev.candles.sim.fault.Fault;
import dev.candles.sim.tape.RandomMarket;
import dev.candles.sim.venue.Bind;
import dev.candles.sim.venue.okx.OkxDelays;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What is simulated. Start from {@link #defaults} and change it by the {@code with…} methods.
 *
 * @param venues names, each of them one that {@link Simulator} knows
 * @param symbols by venue; a venue that is absent lists its usual five
 * @param seed of the random markets and of chance
 * @param clock market time, shared with the collector
 * @param tapes recorded series by {@code venue/SYMBOL}; a symbol with a tape is listed too
 * @param faults what shall go wrong
 * @param silence probability of a silent minute of random markets, null for each symbol's own
 * @param tradesPerMinute mean number of trades of random markets, null for each symbol's own
 * @param listedMs when random markets were listed, epoch ms, UTC
 * @param openings by {@code venue/SYMBOL} of random markets that were listed at another time, or
 *     will be: until then they are in the catalogue, and not open
 * @param quirks how the venues are
 * @param bind address of this machine that all listen on, none that the world reaches
 * @param port the truth's; venues follow with two each, WebSocket and REST; 0 for free ones
 */
public record SimulatorConfig(
    List<String> venues,
    Map<String, List<String>> symbols,
    long seed,
    MarketClock clock,
    Map<String, Path> tapes,
    List<Fault> faults,
    @Nullable Double silence,
    @Nullable Integer tradesPerMinute,
    long listedMs,
    Map<String, Long> openings,
    Quirks quirks,
    InetAddress bind,
    int port) {

  /**
   * @throws IllegalArgumentException listing all that is wrong
   */
  public SimulatorConfig {
    venues = List.copyOf(venues);
    symbols = Map.copyOf(symbols);
    tapes = Map.copyOf(tapes);
    openings = Map.copyOf(openings);
    faults = List.copyOf(faults);
    List<String> problems = new ArrayList<>();
    for (String venue : venues) {
      if (!Simulator.VENUES.contains(venue)) {
        problems.add("unknown venue: venue=" + venue + ", known=" + Simulator.VENUES);
      }
    }
    for (List<String> names : symbols.values()) {
      names.stream()
          .filter(name -> !Names.isSymbol(name))
          .forEach(name -> problems.add("symbol not allowed: symbol=" + name + Meant.symbol(name)));
    }
    for (String tape : tapes.keySet()) {
      String[] parts = tape.split("/", -1);
      if (parts.length != 2 || !venues.contains(parts[0]) || !Names.isSymbol(parts[1])) {
        problems.add("tape must be named venue/SYMBOL of a simulated venue: tape=" + tape);
      }
    }
    for (String market : openings.keySet()) {
      String[] parts = market.split("/", -1);
      if (parts.length != 2 || !venues.contains(parts[0]) || tapes.containsKey(market)) {
        problems.add("opening must be of a random venue/SYMBOL of a simulated venue: " + market);
      }
    }
    if (port < 0 || port + 2 * venues.size() > 65_535) {
      problems.add("port out of range: port=" + port);
    }
    if (!Bind.isPrivate(bind)) {
      problems.add("not an address of a private network: bind=" + bind.getHostAddress());
    }
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", problems));
    }
  }

  /**
   * All venues with their usual symbols in real time, without faults, on free ports of loopback.
   */
  public static SimulatorConfig defaults() {
    return new SimulatorConfig(
        List.copyOf(Simulator.VENUES),
        Map.of(),
        1,
        MarketClock.real(),
        Map.of(),
        List.of(),
        null,
        null,
        RandomMarket.LISTED_MS,
        Map.of(),
        Quirks.usual(),
        Bind.loopback(),
        0);
  }

  /** These venues. */
  public SimulatorConfig withVenues(List<String> names) {
    return with(changed -> changed.venues = names);
  }

  /** These symbols on one venue. */
  public SimulatorConfig withSymbols(String venue, List<String> names) {
    Map<String, List<String>> all = new LinkedHashMap<>(symbols);
    all.put(venue, List.copyOf(names));
    return with(changed -> changed.symbols = all);
  }

  /** This seed. */
  public SimulatorConfig withSeed(long number) {
    return with(changed -> changed.seed = number);
  }

  /** This clock. */
  public SimulatorConfig withClock(MarketClock other) {
    return with(changed -> changed.clock = other);
  }

  /** A clock that shows {@code marketMs} (epoch ms, UTC) now and runs at {@code speed}. */
  public SimulatorConfig startingAt(long marketMs, double speed) {
    return withClock(new MarketClock(System.currentTimeMillis(), marketMs, speed));
  }

  /** A recorded series for one market. */
  public SimulatorConfig withTape(String venue, String symbol, Path file) {
    Map<String, Path> all = new LinkedHashMap<>(tapes);
    all.put(venue + "/" + symbol, file);
    return with(changed -> changed.tapes = all);
  }

  /** These faults. */
  public SimulatorConfig withFaults(List<Fault> list) {
    return with(changed -> changed.faults = list);
  }

  /** This probability of a silent minute, in [0, 1), for random markets. */
  public SimulatorConfig withSilence(double probability) {
    return with(changed -> changed.silence = probability);
  }

  /** This mean number of trades a minute for random markets. */
  public SimulatorConfig withTradesPerMinute(int trades) {
    return with(changed -> changed.tradesPerMinute = trades);
  }

  /** Random markets were listed then, epoch ms, UTC. */
  public SimulatorConfig withListed(long ms) {
    return with(changed -> changed.listedMs = ms);
  }

  /** One random market opens then, epoch ms, UTC. */
  public SimulatorConfig withOpening(String venue, String symbol, long ms) {
    Map<String, Long> all = new LinkedHashMap<>(openings);
    all.put(venue + "/" + symbol, ms);
    return with(changed -> changed.openings = all);
  }

  /** The truth on this port, venues on the next ones. */
  public SimulatorConfig withPort(int first) {
    return with(changed -> changed.port = first);
  }

  /** All listen on this address of this machine. */
  public SimulatorConfig withBind(InetAddress address) {
    return with(changed -> changed.bind = address);
  }

  /** OKX is silent when its markets are: no flat rows. */
  public SimulatorConfig withoutFlatRows() {
    return with(changed -> changed.quirks = quirks.withoutFlatRows());
  }

  /** REST answers take that long, real time. */
  public SimulatorConfig withRestLatency(Duration latency) {
    return with(changed -> changed.quirks = quirks.withRestLatency(latency));
  }

  /** OKX's history-candles lag behind that much, market time. */
  public SimulatorConfig withHistoryLag(Duration lag) {
    return with(changed -> changed.quirks = quirks.withHistoryLag(lag));
  }

  /** OKX's pages of candles hold at most so many rows, whatever is asked for. */
  public SimulatorConfig withPageRows(int most) {
    return with(changed -> changed.quirks = quirks.withPageRows(most));
  }

  /** OKX's closing words come that much later than usual. */
  public SimulatorConfig withDelays(OkxDelays delays) {
    return with(changed -> changed.quirks = quirks.withDelays(delays));
  }

  /** Kraken allows one more REST call each that long, market time. */
  public SimulatorConfig withCallEvery(Duration apart) {
    return with(changed -> changed.quirks = quirks.withCallEvery(apart));
  }

  /** Coinbase's REST rows are complete at the latest that long after their end, market time. */
  public SimulatorConfig withSlowRows(Duration longest) {
    return with(changed -> changed.quirks = quirks.withSlowRows(longest));
  }

  /** Kraken's Trades leaves out what happened at {@code since} itself. */
  public SimulatorConfig withExclusiveSince() {
    return with(changed -> changed.quirks = quirks.withExclusiveSince());
  }

  private SimulatorConfig with(Consumer<Changed> change) {
    Changed changed = new Changed(this);
    change.accept(changed);
    return changed.config();
  }

  /** The same parts, one of them about to be another. */
  private static final class Changed {
    private List<String> venues;
    private Map<String, List<String>> symbols;
    private long seed;
    private MarketClock clock;
    private Map<String, Path> tapes;
    private List<Fault> faults;
    private @Nullable Double silence;
    private @Nullable Integer tradesPerMinute;
    private long listedMs;
    private Map<String, Long> openings;
    private Quirks quirks;
    private InetAddress bind;
    private int port;

    Changed(SimulatorConfig from) {
      venues = from.venues;
      symbols = from.symbols;
      seed = from.seed;
      clock = from.clock;
      tapes = from.tapes;
      faults = from.faults;
      silence = from.silence;
      tradesPerMinute = from.tradesPerMinute;
      listedMs = from.listedMs;
      openings = from.openings;
      quirks = from.quirks;
      bind = from.bind;
      port = from.port;
    }

    SimulatorConfig config() {
      return new SimulatorConfig(
          venues,
          symbols,
          seed,
          clock,
          tapes,
          faults,
          silence,
          tradesPerMinute,
          listedMs,
          openings,
          quirks,
          bind,
          port);
    }
  }
}
