package dev.candles.sources.venue.kraken;

import dev.candles.sources.venue.JsonValue;
import dev.candles.sources.venue.Market;
import dev.candles.sources.venue.Symbols;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The venue's vocabularies: the feed says {@code BTC/USD}, REST is asked for {@code XBTUSD}, and
 * the catalogue's {@code wsname} is {@code XBT/USD}. Source: https://docs.kraken.com/api (read
 * 2026-06-28).
 */
final class KrakenPairs {
  private static final int MAX_CATALOGUE_VALUES = 1_000_000;
  private static final Set<String> GONE = Set.of("delisted", "work_in_progress");
  private static final Map<String, String> NEW_NAMES = Map.of("XBT", "BTC", "XDG", "DOGE");
  private static final Map<String, String> OLD_NAMES = Map.of("BTC", "XBT", "DOGE", "XDG");

  private KrakenPairs() {}

  /** The canonical symbol of the feed's {@code BTC/USD}; empty if it is none. */
  static Optional<String> canonical(String feedName) {
    int slash = feedName.indexOf('/');
    return slash < 0
        ? Optional.empty()
        : Symbols.spot(feedName.substring(0, slash), feedName.substring(slash + 1));
  }

  /**
   * The name by which REST is asked.
   *
   * @throws IllegalArgumentException if {@code feedName} is no pair
   */
  static String restName(String feedName) {
    String symbol =
        canonical(feedName)
            .orElseThrow(() -> new IllegalArgumentException("not a pair: " + feedName));
    int hyphen = symbol.indexOf('-');
    return renamed(symbol.substring(0, hyphen), OLD_NAMES)
        + renamed(symbol.substring(hyphen + 1), OLD_NAMES);
  }

  private static String renamed(String asset, Map<String, String> names) {
    return names.getOrDefault(asset, asset);
  }

  /**
   * The listed pairs, also those that trade with restrictions now, as in a maintenance; dark pools
   * and names outside the checked alphabet are left out.
   *
   * @throws IOException if it is not a catalogue
   */
  static List<Market> catalogue(int status, String body) throws IOException {
    JsonValue json = JsonValue.parse(body, MAX_CATALOGUE_VALUES);
    JsonValue result = json.field("result");
    if (status != 200 || !json.field("error").elements().isEmpty() || !result.isObject()) {
      throw new IOException(
          "not a catalogue: status=" + status + " error=" + json.field("error").elements());
    }
    List<Market> markets = new ArrayList<>();
    Set<String> seen = new TreeSet<>();
    for (JsonValue pair : result.fields().values()) {
      listed(pair).filter(market -> seen.add(market.symbol())).ifPresent(markets::add);
    }
    if (markets.isEmpty()) {
      throw new IOException("catalogue lists no open market: entries=" + result.fields().size());
    }
    return markets;
  }

  /** Only pairs whose name in REST is the one that {@link #restName} finds again. */
  private static Optional<Market> listed(JsonValue pair) {
    String name = pair.field("wsname").string().orElse("");
    String status = pair.field("status").string().orElse("online");
    int slash = name.indexOf('/');
    if (slash < 0 || GONE.contains(status)) {
      return Optional.empty();
    }
    String base = renamed(name.substring(0, slash), NEW_NAMES);
    String quote = renamed(name.substring(slash + 1), NEW_NAMES);
    String feedName = base + "/" + quote;
    String restName = pair.field("altname").string().orElse("");
    return Symbols.spot(base, quote)
        .filter(symbol -> restName(feedName).equals(restName))
        .map(symbol -> new Market(symbol, feedName, 0));
  }
}
