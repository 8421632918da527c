package dev.candles.sim;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.candles.core.time.MarketClock;
import dev.candles.sim.fault.FaultKind;
import dev.candles.sim.fault.Faults;
import dev.candles.sim.tape.RandomMarket;
import dev.candles.sim.tape.Series;
import dev.candles.sim.tape.Tape;
import dev.candles.sim.truth.TrueMarket;
import dev.candles.sim.truth.Truth;
import dev.candles.sim.truth.TruthServer;
import dev.candles.sim.venue.MarketTime;
import dev.candles.sim.venue.VenueServer;
import dev.candles.sim.venue.coinbase.SimCoinbase;
import dev.candles.sim.venue.kraken.KrakenSettings;
import dev.candles.sim.venue.kraken.SimKraken;
import dev.candles.sim.venue.okx.OkxSettings;
import dev.candles.sim.venue.okx.SimOkx;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Exchanges on loopback, or on another private address, and the truth about them.
 *
 * <ol>
 *   <li>{@link #start} binds all ports; everything then runs on daemon threads.
 *   <li>Market time goes on by the shared clock, faults come when they are due.
 *   <li>{@code faults().until(ms)} ends the faults; {@link #close} ends all.
 * </ol>
 */
public final class Simulator implements AutoCloseable {
  private static final SortedMap<String, Usual> USUAL =
      new TreeMap<>(
          Map.of(
              SimCoinbase.VENUE, new Usual(SimCoinbase.SYMBOLS, SimCoinbase.FAULTS),
              SimKraken.VENUE, new Usual(SimKraken.SYMBOLS, SimKraken.FAULTS),
              SimOkx.VENUE, new Usual(SimOkx.SYMBOLS, SimOkx.FAULTS)));

  /** The venues that can be simulated, in order of their names. */
  public static final Set<String> VENUES = Collections.unmodifiableSet(USUAL.keySet());

  private record Usual(List<String> symbols, Set<FaultKind> faults) {}

  private final SimulatorConfig config;
  private final MarketTime time;
  private final Faults faults;
  private final Map<String, VenueServer> venues = new LinkedHashMap<>();
  private final Truth truth;
  private final TruthServer truthServer;

  private Simulator(SimulatorConfig config) throws IOException {
    this.config = config;
    time = MarketTime.of(config.clock());
    faults = new Faults(config.faults(), config.seed(), time.now());
    List<TrueMarket> markets = new ArrayList<>();
    Map<String, Map<String, Series>> series = new LinkedHashMap<>();
    for (String venue : config.venues()) {
      Map<String, Series> listed = series(venue);
      series.put(venue, listed);
      listed.forEach((s, one) -> markets.add(new TrueMarket(venue, s, one)));
    }
    truth = new Truth(markets, time::now);
    truthServer = new TruthServer(truth, faults, at(config.port()));
    try {
      int port = config.port();
      for (String venue : config.venues()) {
        int ws = port == 0 ? 0 : port + 1 + 2 * venues.size();
        venues.put(venue, open(venue, series.getOrDefault(venue, Map.of()), at(ws)));
      }
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  /**
   * Starts serving at the configured address.
   *
   * @throws IOException if a port cannot be bound or a tape cannot be read
   */
  public static Simulator start(SimulatorConfig config) throws IOException {
    return new Simulator(config);
  }

  /**
   * The symbols that a venue lists if nobody says otherwise.
   *
   * @throws IllegalArgumentException if it is none of {@link #VENUES}
   */
  public static List<String> symbols(String venue) {
    return usual(venue).symbols;
  }

  /**
   * The kinds of faults that can hit a venue.
   *
   * @throws IllegalArgumentException if it is none of {@link #VENUES}
   */
  public static Set<FaultKind> faultKinds(String venue) {
    return usual(venue).faults;
  }

  /**
   * What can happen to each of these venues.
   *
   * @throws IllegalArgumentException if one is none of {@link #VENUES}
   */
  public static Map<String, Set<FaultKind>> faultKinds(Collection<String> venues) {
    return venues.stream().distinct().collect(Collectors.toMap(v -> v, Simulator::faultKinds));
  }

  private static Usual usual(String venue) {
    Usual usual = USUAL.get(venue);
    if (usual == null) {
      throw new IllegalArgumentException("unknown venue: venue=" + venue + ", known=" + VENUES);
    }
    return usual;
  }

  /** Root of a venue's WebSocket addresses. */
  public URI ws(String venue) {
    return venue(venue).ws();
  }

  /** Root of a venue's REST addresses. */
  public URI rest(String venue) {
    return venue(venue).rest();
  }

  /**
   * A running venue.
   *
   * @throws IllegalArgumentException if it is not simulated
   */
  public VenueServer venue(String venue) {
    VenueServer server = venues.get(venue);
    if (server == null) {
      throw new IllegalArgumentException("venue is not simulated: venue=" + venue);
    }
    return server;
  }

  /** Where the truth is served. */
  public URI truthAddress() {
    return truthServer.address();
  }

  /** The truth itself. */
  public Truth truth() {
    return truth;
  }

  /** Market time's clock. */
  public MarketClock clock() {
    return config.clock();
  }

  /** Market time now, epoch ms, UTC. */
  public long now() {
    return time.now();
  }

  /** What goes wrong, and how often it did. */
  public Faults faults() {
    return faults;
  }

  /** One line of JSON with the clock and all addresses. */
  public String toJson() {
    ObjectNode line = new JsonMapper().createObjectNode();
    line.putObject("clock")
        .put("real_ms", clock().realMs())
        .put("market_ms", clock().marketMs())
        .put("speed", clock().speed());
    ObjectNode all = line.putObject("venues");
    venues.forEach(
        (name, venue) ->
            all.putObject(name)
                .put("ws", venue.ws().toString())
                .put("rest", venue.rest().toString()));
    return line.put("truth", truthAddress().toString()).toString();
  }

  @Override
  public void close() {
    venues.values().forEach(VenueServer::close);
    truthServer.close();
  }

  private VenueServer open(String venue, Map<String, Series> series, InetSocketAddress ws)
      throws IOException {
    Quirks quirks = config.quirks();
    return switch (venue) {
      case SimCoinbase.VENUE ->
          SimCoinbase.start(series, quirks.slowRows(), time, faults, quirks.restLatency(), ws);
      case SimKraken.VENUE ->
          SimKraken.start(
              series,
              new KrakenSettings(quirks.exclusiveSince(), quirks.callEvery()),
              time,
              faults,
              quirks.restLatency(),
              ws);
      case SimOkx.VENUE ->
          SimOkx.start(
              series,
              new OkxSettings(
                  quirks.flatRows(), quirks.historyLag(), quirks.pageRows(), quirks.delays()),
              time,
              faults,
              quirks.restLatency(),
              ws);
      default -> throw new IllegalArgumentException("unknown venue: venue=" + venue);
    };
  }

  private InetSocketAddress at(int port) {
    return new InetSocketAddress(config.bind(), port);
  }

  private Map<String, Series> series(String venue) throws IOException {
    Set<String> symbols = new LinkedHashSet<>(config.symbols().getOrDefault(venue, symbols(venue)));
    for (String tape : config.tapes().keySet()) {
      if (tape.startsWith(venue + "/")) {
        symbols.add(tape.substring(venue.length() + 1));
      }
    }
    Map<String, Series> series = new LinkedHashMap<>();
    for (String symbol : symbols) {
      Path file = config.tapes().get(venue + "/" + symbol);
      series.put(symbol, new Series(file == null ? random(venue, symbol) : Tape.recorded(file)));
    }
    return series;
  }

  private Tape random(String venue, String symbol) {
    long listedMs = config.openings().getOrDefault(venue + "/" + symbol, config.listedMs());
    RandomMarket market = RandomMarket.of(symbol).withListed(listedMs);
    Double silence = config.silence();
    Integer trades = config.tradesPerMinute();
    market = silence == null ? market : market.withSilence(silence);
    market = trades == null ? market : market.withTradesPerMinute(trades);
    return Tape.random(config.seed(), venue, symbol, market);
  }
}
