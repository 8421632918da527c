package dev.candles.sources.source.enumerator;

import dev.candles.core.candle.Market;
import dev.candles.sources.source.split.ConnectionSplit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Plans the connections of a venue. Pure: the same configuration and catalogue give the same plan,
 * whatever the order of the catalogue.
 */
final class SplitPlanner {
  private SplitPlanner() {}

  /**
   * What to connect, and what cannot be.
   *
   * @param splits connections in order, each with at most the allowed markets
   * @param unlisted configured symbols that the catalogue does not have, in the order configured
   */
  record Plan(List<ConnectionSplit> splits, List<String> unlisted) {}

  static Plan plan(String venue, List<String> symbols, List<Market> listed, int perConnection) {
    Map<String, Market> bySymbol =
        listed.stream().collect(Collectors.toMap(Market::symbol, Function.identity(), (a, b) -> a));
    List<Market> markets = new ArrayList<>();
    List<String> unlisted = new ArrayList<>();
    for (String symbol : new LinkedHashSet<>(symbols)) {
      Market market = bySymbol.get(symbol);
      if (market == null) {
        unlisted.add(symbol);
      } else {
        markets.add(market);
      }
    }
    List<ConnectionSplit> splits = new ArrayList<>();
    for (int from = 0; from < markets.size(); from += perConnection) {
      int to = Math.min(from + perConnection, markets.size());
      splits.add(new ConnectionSplit(venue, splits.size(), markets.subList(from, to)));
    }
    return new Plan(splits, unlisted);
  }
}
