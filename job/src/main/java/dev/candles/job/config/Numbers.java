package dev.candles.job.config;

import dev.candles.text.Nearest;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whole numbers as people write them who mean a whole number. Pure. */
final class Numbers {
  private static final Pattern TYPED =
      Pattern.compile("(\\d{1,15}|\\d{1,3}(?:[_, ]\\d{3}){1,4})(?:\\.0{1,9})? ?([A-Za-z]{0,5})");

  private static final Map<String, Long> BYTES =
      Map.ofEntries(
          Map.entry("b", 1L),
          Map.entry("bytes", 1L),
          Map.entry("k", 1_000L),
          Map.entry("kb", 1_000L),
          Map.entry("kib", 1L << 10),
          Map.entry("m", 1_000_000L),
          Map.entry("mb", 1_000_000L),
          Map.entry("mib", 1L << 20),
          Map.entry("g", 1_000_000_000L),
          Map.entry("gb", 1_000_000_000L),
          Map.entry("gib", 1L << 30),
          Map.entry("t", 1_000_000_000_000L),
          Map.entry("tb", 1_000_000_000_000L));

  private Numbers() {}

  /**
   * Ends a message about a text that is no whole number: {@code ; did you mean '200'?}, or nothing
   * where nobody can say. A size is told in the unit that its key ends with.
   */
  static String hint(String key, String text, long least, long most) {
    Matcher typed = TYPED.matcher(text);
    if (!typed.matches()) {
      return "";
    }
    BigDecimal number = new BigDecimal(typed.group(1).replaceAll("[_, ]", ""));
    String unit = typed.group(2).toLowerCase(Locale.ROOT);
    Optional<BigDecimal> meant =
        unit.isEmpty()
            ? Optional.of(number)
            : unit(key).flatMap(own -> bytes(unit).map(b -> number.multiply(b).divide(own)));
    return Nearest.hint(
        meant
            .filter(n -> n.compareTo(BigDecimal.valueOf(least)) >= 0)
            .filter(n -> n.compareTo(BigDecimal.valueOf(most)) <= 0)
            .filter(n -> n.stripTrailingZeros().scale() <= 0)
            .map(BigDecimal::toPlainString)
            .filter(n -> !n.equals(text)));
  }

  private static Optional<BigDecimal> bytes(String unit) {
    return Optional.ofNullable(BYTES.get(unit)).map(BigDecimal::valueOf);
  }

  private static Optional<BigDecimal> unit(String key) {
    if (key.endsWith("_mb")) {
      return Optional.of(BigDecimal.valueOf(1_000_000));
    }
    return key.endsWith("_bytes") ? Optional.of(BigDecimal.ONE) : Optional.empty();
  }
}
