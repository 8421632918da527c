package dev.candles.core.candle;

import dev.candles.text.Nearest;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What was probably meant by a word that is no timeframe or no symbol. Pure. The texts end a
 * message: they begin with a semicolon, or are empty where nobody can say.
 */
public final class Meant {
  /** No symbol is longer; the patterns here take the square of a word's length. */
  private static final int LONGEST = 100;

  private static final Pattern LENGTH = Pattern.compile("(\\d{1,5}) ?([A-Za-z]{0,7})");
  private static final Map<String, Integer> MINUTES =
      Map.ofEntries(
          Map.entry("m", 1),
          Map.entry("min", 1),
          Map.entry("mins", 1),
          Map.entry("minute", 1),
          Map.entry("minutes", 1),
          Map.entry("h", 60),
          Map.entry("hour", 60),
          Map.entry("hours", 60),
          Map.entry("d", 1_440),
          Map.entry("day", 1_440),
          Map.entry("days", 1_440),
          Map.entry("w", 10_080),
          Map.entry("week", 10_080),
          Map.entry("weeks", 10_080));

  /** Names of assets that venues gave up; this collector never uses them. */
  private static final Map<String, String> OLD_ASSETS = Map.of("XBT", "BTC", "XDG", "DOGE");

  /** The longest first, so that USDT is not taken for USD. */
  private static final List<String> QUOTES =
      List.of("USDT", "USDC", "USD", "EUR", "GBP", "JPY", "CHF", "CAD", "AUD", "BTC", "XBT", "ETH");

  private static final Pattern LOWER_IN_UPPER =
      Pattern.compile("[A-Z0-9]*[A-Z]{2}[A-Z0-9]*[a-z].*");

  private Meant() {}

  /** Ends a message about a word that is no timeframe. */
  public static String timeframe(String word) {
    Matcher length = LENGTH.matcher(word);
    if (!length.matches()) {
      return Nearest.hint(
          Nearest.to(word, Arrays.stream(Timeframe.values()).map(Timeframe::label).toList()));
    }
    String unit = length.group(2);
    String largest = ", longer than the largest timeframe, " + Timeframe.D1.label();
    if (unit.isEmpty()) {
      return "; it has no unit: m, h or d";
    }
    if (unit.equals("M") || unit.toLowerCase(Locale.ROOT).startsWith("mo")) {
      return "; " + word + " is a month" + (word.startsWith("1") ? "" : " or more") + largest;
    }
    Integer minutes = MINUTES.get(unit.toLowerCase(Locale.ROOT));
    if (minutes == null) {
      return "";
    }
    long wanted = (long) minutes * Integer.parseInt(length.group(1));
    return wanted > Timeframe.D1.baseIntervals()
        ? "; that is" + largest.substring(1)
        : Nearest.hint(
            Arrays.stream(Timeframe.values())
                .filter(timeframe -> timeframe.baseIntervals() == wanted)
                .map(Timeframe::label)
                .findFirst());
  }

  /** Whether a word is a symbol, and not one by an asset's old name, as {@code XBT-USD} is. */
  public static boolean isSymbol(String word) {
    return Names.isSymbol(word) && renamed(word).equals(word);
  }

  /** Ends a message about a word that is no symbol. */
  public static String symbol(String word) {
    if (word.length() > LONGEST) {
      return "";
    }
    Optional<String> odd =
        Arrays.stream(word.split("[-/_:]"))
            .filter(part -> LOWER_IN_UPPER.matcher(part).matches())
            .findFirst();
    if (odd.isPresent()) {
      return "; it has lower case, which no symbol here may have: a market that the venue names so"
          + " cannot be collected";
    }
    return Nearest.hint(symbolLike(word));
  }

  /** The symbol that was probably meant by a word of another form. */
  public static Optional<String> symbolLike(String word) {
    String upper = word.strip().toUpperCase(Locale.ROOT).replaceAll("[/_: ]", "-");
    String parts = upper.indexOf('-') >= 0 ? upper : split(upper);
    return Optional.of(renamed(parts)).filter(Names::isSymbol).filter(s -> !s.equals(word));
  }

  private static String split(String word) {
    for (String quote : QUOTES) {
      if (word.endsWith(quote) && word.length() >= quote.length() + 2) {
        return word.substring(0, word.length() - quote.length()) + "-" + quote;
      }
    }
    return word;
  }

  private static String renamed(String symbol) {
    return String.join(
        "-",
        Arrays.stream(symbol.split("-", -1))
            .map(part -> OLD_ASSETS.getOrDefault(part, part))
            .toList());
  }
}
