package dev.candles.sources.source.enumerator;

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
        .filter(other -> sameBase(name, other) || distance(name, other) <= 2)
        .sorted(
            Comparator.comparing((String other) -> !sameBase(name, other))
                .thenComparing(other -> distance(name, other))
                .thenComparing(Comparator.naturalOrder()))
        .limit(HOW_MANY)
        .toList();
  }

  private static boolean sameBase(String name, String other) {
    int end = name.indexOf('-') + 1;
    return end > 0 && other.startsWith(name.substring(0, end));
  }

  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
