package dev.candles.batch.quality.check;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Collects findings about a few files: all are counted, the first of each kind are kept. */
public final class Findings {
  /** So many of a kind are kept in full. */
  public static final int KEPT_PER_KIND = 50;

  private final List<Finding> kept = new ArrayList<>();
  private final Map<FindingType, Integer> counts = new EnumMap<>(FindingType.class);

  /** Takes one in. */
  public void add(Finding finding) {
    if (counts.merge(finding.kind(), 1, Integer::sum) <= KEPT_PER_KIND) {
      kept.add(finding);
    }
  }

  /** Those kept, in the order found. */
  public List<Finding> kept() {
    return List.copyOf(kept);
  }

  /** How many there were of each kind, kept or not. */
  public Map<FindingType, Integer> counts() {
    return new EnumMap<>(counts);
  }

  /** Whether there was none. */
  public boolean isEmpty() {
    return counts.isEmpty();
  }
}
