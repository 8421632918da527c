package dev.candles.core.candle;

/**
 * The checked alphabet of venue names and symbols. Both become folder names in the lake, so nothing
 * outside of it is ever let in: no separator, no dot, no leading hyphen, bounded length.
 */
public final class Names {
  private static final int MAX_VENUE_CHARS = 32;
  private static final int MAX_PART_CHARS = 20;
  private static final int MIN_PARTS = 2;
  private static final int MAX_PARTS = 4;

  private Names() {}

  /** Whether {@code name} may name a venue, for example {@code okx}: a letter, then some more. */
  public static boolean isVenue(String name) {
    if (name.isEmpty() || name.length() > MAX_VENUE_CHARS || isDigit(name.charAt(0))) {
      return false;
    }
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (!isDigit(c) && (c < 'a' || c > 'z')) {
        return false;
      }
    }
    return true;
  }

  /**
   * Whether {@code name} may name a symbol, for example {@code BTC-USDT}: two to four parts between
   * hyphens. No pattern, because every frame asks.
   */
  public static boolean isSymbol(String name) {
    int parts = 0;
    int chars = 0;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c == '-' && chars > 0) {
        parts++;
        chars = 0;
      } else if (isDigit(c) || (c >= 'A' && c <= 'Z')) {
        chars++;
      } else {
        return false;
      }
      if (chars > MAX_PART_CHARS || parts == MAX_PARTS) {
        return false;
      }
    }
    return chars > 0 && parts + 1 >= MIN_PARTS;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
