package dev.candles.sources.venue.kraken;

import dev.candles.core.candle.Market;
import dev.candles.sources.venue.Catalogue;
import dev.candles.sources.venue.JsonValue;
import dev.candles.sources.venue.Symbols;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The venue's vocabularies: the feed says {@code BTC/USD}, REST is asked for {@code XBTUSD}, and
 * the catalogue's {@code wsname} is {@code XBT/USD}. Source: https://docs.kraken.com/api (read
 * 2026-06-28).
 */
final class KrakenPairs {
  /** Of what is kept; the venue has some 1,500 pairs, of which four values each are. */
  private static final int MAX_CATALOGUE_VALUES = 100_000;

  /** Of the answer, of its pairs by name, of a pair. */
  private static final List<Set<String>> WANTED =
      List.of(Set.of("error", "result"), Set.of(), Set.of("wsname", "altname", "status"));

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
    JsonValue json = JsonValue.parse(body, MAX_CATALOGUE_VALUES, WANTED);
    JsonValue result = json.field("result");
    if (status != 200 || !json.field("error").elements().isEmpty() || !result.isObject()) {
      throw new IOException(
          "not a catalogue: status=" + status + " error=" + json.field("error").elements());
    }
    Catalogue catalogue = new Catalogue();
    result.fields().values().forEach(pair -> add(pair, catalogue));
    return catalogue.markets();
  }

  /**
   * Only pairs whose name in REST is the one that {@link #restName} finds again. Without a {@code
   * status} a pair is online.
   */
  private static void add(JsonValue pair, Catalogue catalogue) {
    String name = pair.field("wsname").string().orElse("");
    String status = pair.field("status").string().orElse("online");
    int slash = name.indexOf('/');
    if (slash < 0) {
      catalogue.leftOut("no wsname");
      return;
    }
    if (GONE.contains(status)) {
      catalogue.leftOut("status " + status);
      return;
    }
    String base = renamed(name.substring(0, slash), NEW_NAMES);
    String quote = renamed(name.substring(slash + 1), NEW_NAMES);
    String feedName = base + "/" + quote;
    Optional<String> symbol = Symbols.spot(base, quote);
    if (symbol.isEmpty()) {
      catalogue.leftOut("name not in A-Z and 0-9");
    } else if (!restName(feedName).equals(pair.field("altname").string().orElse(""))) {
      catalogue.leftOut("altname not of base and quote");
    } else {
      catalogue.open(new Market(symbol.get(), feedName, 0));
    }
  }
}
