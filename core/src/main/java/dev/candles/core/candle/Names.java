package dev.candles.core.candle;

import java.util.regex.Pattern;

/**
 * The checked alphabet of venue names and symbols. Both become folder names in the lake, so nothing
 * outside of it is ever let in: no separator, no dot, no leading hyphen, bounded length.
 */
public final class Names {
  private static final Pattern VENUE = Pattern.compile("[a-z][a-z0-9]{0,31}");
  private static final Pattern SYMBOL = Pattern.compile("[A-Z0-9]{1,20}(-[A-Z0-9]{1,20}){1,3}");

  private Names() {}

  /** Whether {@code name} may name a venue, for example {@code okx}. */
  public static boolean isVenue(String name) {
    return VENUE.matcher(name).matches();
  }

  /** Whether {@code name} may name a symbol, for example {@code BTC-USDT}. */
  public static boolean isSymbol(String name) {
    return SYMBOL.matcher(name).matches();
  }
}
