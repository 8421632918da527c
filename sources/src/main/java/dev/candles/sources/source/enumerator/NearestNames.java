package dev.candles.sources.source.enumerator;

import dev.candles.text.EditDistance;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Finds what was probably meant. Pure. */
final class NearestNames {
  private static final int HOW_MANY = 3;

  private NearestNames() {}

  /**
   * The listed names nearest to {@code name}, best first: same base currency, then fewest edits.
   */
  static List<String> of(String name, Collection<String> listed) {
    return listed.stream()
        .filter(other -> sameBase(name, other) || EditDistance.between(name, other) <= 2)
        .sorted(
            Comparator.comparing((String other) -> !sameBase(name, other))
                .thenComparing(other -> EditDistance.between(name, other))
                .thenComparing(Comparator.naturalOrder()))
        .limit(HOW_MANY)
        .toList();
  }

  private static boolean sameBase(String name, String other) {
    int end = name.indexOf('-') + 1;
    return end > 0 && other.startsWith(name.substring(0, end));
  }
}
