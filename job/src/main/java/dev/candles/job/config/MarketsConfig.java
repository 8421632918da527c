package dev.candles.job.config;

import dev.candles.core.candle.Meant;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.sources.venue.VenueProfile;
import dev.candles.sources.venue.VenueSettings;
import java.io.Serializable;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * What is collected.
 *
 * @param venues the venues with their symbols and limits, in the order configured
 * @param timeframes the configured timeframes, ascending, always with the base timeframe first
 */
public record MarketsConfig(List<VenueSettings> venues, List<Timeframe> timeframes)
    implements Serializable {
  static final Key VENUES = new Key("venues", "list of names or objects", "required");
  static final Key SYMBOLS = new Key("symbols", "list like BTC-USDT", "none");
  static final Key TIMEFRAMES = new Key("timeframes", "list of " + Timeframe.labels(), "1m 5m 1h");
  static final List<Key> KEYS = List.of(VENUES, SYMBOLS, TIMEFRAMES);

  /**
   * @param profiles the venues that are known, by name
   */
  static MarketsConfig read(Section root, Map<String, VenueProfile> profiles) {
    return new MarketsConfig(venues(root, profiles), timeframes(root));
  }

  private static List<VenueSettings> venues(Section root, Map<String, VenueProfile> profiles) {
    List<String> symbols = VenueParser.symbols(root).orElse(List.of());
    if (root.hasKeys() && root.node(VENUES.name()).isEmpty()) {
      root.problems().add(1, "venues: is missing, expected a list of venues");
    }
    return root.list(VENUES.name(), "venues")
        .map(nodes -> new VenueParser(profiles, root).venues(nodes, symbols))
        .orElse(List.of());
  }

  private static List<Timeframe> timeframes(Section root) {
    String key = TIMEFRAMES.name();
    List<Timeframe> configured =
        WordList.read(root, key, "timeframes like 1m", (node, word) -> timeframe(root, node, word))
            .orElseGet(MarketsConfig::defaultTimeframes);
    return Stream.concat(Stream.of(Timeframe.BASE), configured.stream())
        .distinct()
        .sorted(Comparator.naturalOrder())
        .toList();
  }

  private static Optional<Timeframe> timeframe(Section root, Node node, String word) {
    Optional<Timeframe> timeframe = Timeframe.of(word);
    if (timeframe.isEmpty()) {
      String expected = "one of " + Timeframe.labels() + Meant.timeframe(word);
      root.problems().value(node, TIMEFRAMES.name(), word, expected);
    }
    return timeframe;
  }

  private static List<Timeframe> defaultTimeframes() {
    return Stream.of(TIMEFRAMES.byDefault().split(" "))
        .map(label -> Timeframe.of(label).orElseThrow())
        .toList();
  }

  /** The largest configured timeframe: history starts at one of its boundaries. */
  public Timeframe largest() {
    return timeframes.get(timeframes.size() - 1);
  }

  /** Every stream that was asked for, and the base stream of each market. */
  public List<StreamKey> streams() {
    return venues.stream()
        .flatMap(
            venue ->
                venue.symbols().stream()
                    .flatMap(
                        symbol ->
                            timeframes.stream().map(t -> new StreamKey(venue.name(), symbol, t))))
        .toList();
  }
}
