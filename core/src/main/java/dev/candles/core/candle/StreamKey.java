package dev.candles.core.candle;

import java.util.Optional;

/**
 * One stream of candles. {@link #id()} is the key of keyed state: an enum's hash code differs from
 * one JVM to the next, a string's does not.
 *
 * @param venue venue name, checked by {@link Names#isVenue}
 * @param symbol canonical symbol, checked by {@link Names#isSymbol}
 */
public record StreamKey(String venue, String symbol, Timeframe timeframe) {

  /**
   * @throws IllegalArgumentException if a name is outside the checked alphabet
   */
  public StreamKey {
    if (!Names.isVenue(venue)) {
      throw new IllegalArgumentException("venue name not allowed: venue=" + venue);
    }
    if (!Names.isSymbol(symbol)) {
      throw new IllegalArgumentException("symbol not allowed: symbol=" + symbol);
    }
  }

  /** {@code venue/symbol/timeframe}, as in logs and on the command line. */
  public String id() {
    return venue + "/" + symbol + "/" + timeframe.label();
  }

  /** The same market in another timeframe. */
  public StreamKey in(Timeframe other) {
    return new StreamKey(venue, symbol, other);
  }

  /** Parses {@link #id()}; empty if it is not one. */
  public static Optional<StreamKey> parse(String id) {
    String[] parts = id.split("/", -1);
    if (parts.length != 3 || !Names.isVenue(parts[0]) || !Names.isSymbol(parts[1])) {
      return Optional.empty();
    }
    return Timeframe.of(parts[2]).map(t -> new StreamKey(parts[0], parts[1], t));
  }

  @Override
  public String toString() {
    return id();
  }
}
