package dev.candles.sim;

import dev.candles.core.candle.Names;
import dev.candles.core.time.MarketClock;
import dev.candles.sim.fault.Fault;
import dev.candles.sim.tape.RandomMarket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
 * @param quirks how the venues are
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
    Quirks quirks,
    int port) {

  /**
   * @throws IllegalArgumentException listing all that is wrong
   */
  public SimulatorConfig {
    venues = List.copyOf(venues);
    symbols = Map.copyOf(symbols);
    tapes = Map.copyOf(tapes);
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
          .forEach(name -> problems.add("symbol not allowed: symbol=" + name));
    }
    for (String tape : tapes.keySet()) {
      String[] parts = tape.split("/", -1);
      if (parts.length != 2 || !venues.contains(parts[0]) || !Names.isSymbol(parts[1])) {
        problems.add("tape must be named venue/SYMBOL of a simulated venue: tape=" + tape);
      }
    }
    if (port < 0 || port + 2 * venues.size() > 65_535) {
      problems.add("port out of range: port=" + port);
    }
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", problems));
    }
  }

  /** OKX with its usual symbols in real time, without faults, on free ports. */
  public static SimulatorConfig defaults() {
    return new SimulatorConfig(
        List.of("okx"),
        Map.of(),
        1,
        MarketClock.real(),
        Map.of(),
        List.of(),
        null,
        null,
        RandomMarket.LISTED_MS,
        Quirks.usual(),
        0);
  }

  /** These venues. */
  public SimulatorConfig withVenues(List<String> names) {
    return new SimulatorConfig(
        names,
        symbols,
        seed,
        clock,
        tapes,
        faults,
        silence,
        tradesPerMinute,
        listedMs,
        quirks,
        port);
  }

  /** These symbols on one venue. */
  public SimulatorConfig withSymbols(String venue, List<String> names) {
    Map<String, List<String>> changed = new LinkedHashMap<>(symbols);
    changed.put(venue, List.copyOf(names));
    return new SimulatorConfig(
        venues,
        changed,
        seed,
        clock,
        tapes,
        faults,
        silence,
        tradesPerMinute,
        listedMs,
        quirks,
        port);
  }

  /** This seed. */
  public SimulatorConfig withSeed(long number) {
    return new SimulatorConfig(
        venues,
        symbols,
        number,
        clock,
        tapes,
        faults,
        silence,
        tradesPerMinute,
        listedMs,
        quirks,
        port);
  }

  /** This clock. */
  public SimulatorConfig withClock(MarketClock other) {
    return new SimulatorConfig(
        venues,
        symbols,
        seed,
        other,
        tapes,
        faults,
        silence,
        tradesPerMinute,
        listedMs,
        quirks,
        port);
  }

  /** A clock that shows {@code marketMs} (epoch ms, UTC) now and runs at {@code speed}. */
  public SimulatorConfig startingAt(long marketMs, double speed) {
    return withClock(new MarketClock(System.currentTimeMillis(), marketMs, speed));
  }

  /** A recorded series for one market. */
  public SimulatorConfig withTape(String venue, String symbol, Path file) {
    Map<String, Path> changed = new LinkedHashMap<>(tapes);
    changed.put(venue + "/" + symbol, file);
    return new SimulatorConfig(
        venues,
        symbols,
        seed,
        clock,
        changed,
        faults,
        silence,
        tradesPerMinute,
        listedMs,
        quirks,
        port);
  }

  /** These faults. */
  public SimulatorConfig withFaults(List<Fault> list) {
    return new SimulatorConfig(
        venues,
        symbols,
        seed,
        clock,
        tapes,
        list,
        silence,
        tradesPerMinute,
        listedMs,
        quirks,
        port);
  }

  /** OKX is silent when its markets are: no flat rows. */
  public SimulatorConfig withoutFlatRows() {
    return with(
        new Quirks(
            false,
            quirks.restLatency(),
            quirks.historyLag(),
            quirks.slowRows(),
            quirks.exclusiveSince()));
  }

  /** This probability of a silent minute, in [0, 1), for random markets. */
  public SimulatorConfig withSilence(double probability) {
    return new SimulatorConfig(
        venues,
        symbols,
        seed,
        clock,
        tapes,
        faults,
        probability,
        tradesPerMinute,
        listedMs,
        quirks,
        port);
  }

  /** This mean number of trades a minute for random markets. */
  public SimulatorConfig withTradesPerMinute(int trades) {
    return new SimulatorConfig(
        venues, symbols, seed, clock, tapes, faults, silence, trades, listedMs, quirks, port);
  }

  /** Random markets were listed then, epoch ms, UTC. */
  public SimulatorConfig withListed(long ms) {
    return new SimulatorConfig(
        venues, symbols, seed, clock, tapes, faults, silence, tradesPerMinute, ms, quirks, port);
  }

  /** REST answers take that long, real time. */
  public SimulatorConfig withRestLatency(Duration latency) {
    return with(
        new Quirks(
            quirks.flatRows(),
            latency,
            quirks.historyLag(),
            quirks.slowRows(),
            quirks.exclusiveSince()));
  }

  /** OKX's history-candles lag behind that much, market time. */
  public SimulatorConfig withHistoryLag(Duration lag) {
    return with(
        new Quirks(
            quirks.flatRows(),
            quirks.restLatency(),
            lag,
            quirks.slowRows(),
            quirks.exclusiveSince()));
  }

  /** Coinbase's REST rows are complete at the latest that long after their end, market time. */
  public SimulatorConfig withSlowRows(Duration longest) {
    return with(
        new Quirks(
            quirks.flatRows(),
            quirks.restLatency(),
            quirks.historyLag(),
            longest,
            quirks.exclusiveSince()));
  }

  /** Kraken's Trades leaves out what happened at {@code since} itself. */
  public SimulatorConfig withExclusiveSince() {
    return with(
        new Quirks(
            quirks.flatRows(), quirks.restLatency(), quirks.historyLag(), quirks.slowRows(), true));
  }

  /** The truth on this port, venues on the next ones. */
  public SimulatorConfig withPort(int first) {
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
        quirks,
        first);
  }

  private SimulatorConfig with(Quirks other) {
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
        other,
        port);
  }
}
