package dev.candles.text;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Finds the word that was probably meant. Pure. */
public final class Nearest {
  private static final int LONGEST = 40;

  private Nearest() {}

  /** Ends a message: {@code ; did you mean '1h'?}, or nothing where nobody can say. */
  public static String hint(Optional<String> meant) {
    return meant.map(word -> "; did you mean '" + word + "'?").orElse("");
  }

  /**
   * The one known word that is nearest, within an edit distance of a third of its length, at least
   * two. Nothing if several are equally near or no character is right: that would be guessing.
   */
  public static Optional<String> to(String word, Collection<String> known) {
    if (word.length() > LONGEST) {
      return Optional.empty();
    }
    String lower = word.toLowerCase(Locale.ROOT);
    int least = Integer.MAX_VALUE;
    List<String> nearest = new ArrayList<>();
    for (String candidate : known) {
      int distance = EditDistance.between(lower, candidate.toLowerCase(Locale.ROOT));
      if (distance < least) {
        least = distance;
        nearest.clear();
      }
      if (distance == least) {
        nearest.add(candidate);
      }
    }
    if (nearest.size() != 1) {
      return Optional.empty();
    }
    String best = nearest.get(0);
    boolean near = least <= Math.max(2, best.length() / 3) && least < best.length();
    return near ? Optional.of(best) : Optional.empty();
  }
}
