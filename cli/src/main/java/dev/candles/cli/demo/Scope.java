package dev.candles.cli.demo;

import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.sim.Simulator;
import dev.candles.sim.SimulatorConfig;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What is collected.
 *
 * @param symbols by venue, each of which can be simulated
 * @param timeframes of every symbol, ascending
 */
public record Scope(SortedMap<String, List<String>> symbols, List<Timeframe> timeframes) {
  public Scope {
    symbols = Collections.unmodifiableSortedMap(new TreeMap<>(symbols));
    timeframes = List.copyOf(timeframes);
  }

  /** The usual symbols of some venues. */
  public static Scope usual(Collection<String> venues, Timeframe... timeframes) {
    Map<String, List<String>> symbols =
        venues.stream().collect(Collectors.toMap(Function.identity(), Simulator::symbols));
    return new Scope(new TreeMap<>(symbols), List.of(timeframes));
  }

  /** Some symbols of one venue. */
  public static Scope of(String venue, List<String> symbols, List<Timeframe> timeframes) {
    return new Scope(new TreeMap<>(Map.of(venue, symbols)), timeframes);
  }

  public Set<String> venues() {
    return symbols.keySet();
  }

  public Timeframe largest() {
    return timeframes.get(timeframes.size() - 1);
  }

  /** In the order of venues, symbols, timeframes. */
  public List<StreamKey> streams() {
    return symbols.entrySet().stream()
        .flatMap(
            venue ->
                venue.getValue().stream()
                    .flatMap(
                        symbol ->
                            timeframes.stream()
                                .map(one -> new StreamKey(venue.getKey(), symbol, one))))
        .toList();
  }

  /** These venues with these symbols. */
  public SimulatorConfig simulated(SimulatorConfig config) {
    SimulatorConfig simulated = config.withVenues(List.copyOf(venues()));
    for (Map.Entry<String, List<String>> venue : symbols.entrySet()) {
      simulated = simulated.withSymbols(venue.getKey(), venue.getValue());
    }
    return simulated;
  }

  /**
   * The configuration of a collector.
   *
   * @param historyMs from when, epoch ms, UTC
   * @param checkpoints real time between two
   */
  String config(Simulator simulator, Path lake, long historyMs, Duration checkpoints) {
    return config(simulator, lake, historyMs, checkpoints, Duration.ZERO, 0);
  }

  /**
   * The configuration of a collector with a web UI that is known before it is up.
   *
   * @param uiPort of the web UI on 127.0.0.1
   */
  public String config(
      Simulator simulator, Path lake, long historyMs, Duration checkpoints, int uiPort) {
    return config(simulator, lake, historyMs, checkpoints, Duration.ZERO, uiPort);
  }

  /**
   * The configuration of a collector whose clock is off.
   *
   * @param clockOff how far ahead of the venues it is, market time; negative if behind
   */
  String config(
      Simulator simulator, Path lake, long historyMs, Duration checkpoints, Duration clockOff) {
    return config(simulator, lake, historyMs, checkpoints, clockOff, 0);
  }

  private String config(
      Simulator simulator,
      Path lake,
      long historyMs,
      Duration checkpoints,
      Duration clockOff,
      int uiPort) {
    return String.format(
        Locale.ROOT,
        """
        venues:
        %stimeframes: [%s]
        data_dir: '%s'
        history: %s
        checkpoint_interval: %dms
        ui_port: %d
        page_port: 0
        qa: {at: off}
        clock: {real_ms: %d, market_ms: %d, speed: %s}
        """,
        venues().stream().map(venue -> config(simulator, venue)).collect(Collectors.joining()),
        timeframes.stream().map(Timeframe::label).collect(Collectors.joining(", ")),
        lake.toString().replace("'", "''"),
        Instant.ofEpochMilli(historyMs),
        checkpoints.toMillis(),
        uiPort,
        simulator.clock().realMs(),
        simulator.clock().marketMs() + clockOff.toMillis(),
        BigDecimal.valueOf(simulator.clock().speed()).toPlainString());
  }

  private String config(Simulator simulator, String venue) {
    return String.format(
        Locale.ROOT,
        "  - {name: %s, symbols: [%s], ws_url: '%s', rest_url: '%s'}\n",
        venue,
        String.join(", ", symbols.getOrDefault(venue, List.of())),
        simulator.ws(venue),
        simulator.rest(venue));
  }
}
