package dev.candles.sources.venue;

import dev.candles.core.candle.Market;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The open markets of a venue's list, and which condition left how many of the others out. */
public final class Catalogue {
  private final List<Market> markets = new ArrayList<>();
  private final Set<String> seen = new HashSet<>();
  private final Map<String, Integer> leftOut = new LinkedHashMap<>();
  private int entries;

  /** An entry that is open; of two of one symbol the first holds. */
  public void open(Market market) {
    entries++;
    if (seen.add(market.symbol())) {
      markets.add(market);
    } else {
      count("listed twice");
    }
  }

  /** An entry that is left out, and why, like {@code status not online}. */
  public void leftOut(String condition) {
    entries++;
    count(condition);
  }

  private void count(String condition) {
    leftOut.merge(condition, 1, Integer::sum);
  }

  /**
   * The open markets, in the venue's order.
   *
   * @throws IOException if there is none; the message says what left the entries out
   */
  public List<Market> markets() throws IOException {
    if (markets.isEmpty()) {
      String why =
          leftOut.entrySet().stream()
              .map(entry -> entry.getKey() + ": " + entry.getValue())
              .collect(Collectors.joining(", "));
      throw new IOException(
          "catalogue lists no open market: entries=" + entries + (why.isEmpty() ? "" : ", " + why));
    }
    return markets;
  }
}
