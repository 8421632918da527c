package dev.candles.sources.venue;

import dev.candles.core.candle.Names;
import java.util.Optional;

/** Canonical names of spot markets: base and quote, as in {@code BTC-USD}. */
public final class Symbols {
  private Symbols() {}

  /** The canonical symbol, or empty if the names are outside of the checked alphabet. */
  public static Optional<String> spot(String base, String quote) {
    return Optional.of(base + "-" + quote).filter(Symbols::isSpot);
  }

  /** Whether {@code name} is in the checked alphabet and has the two parts of a spot market. */
  public static boolean isSpot(String name) {
    return Names.isSymbol(name) && name.indexOf('-') == name.lastIndexOf('-');
  }
}
