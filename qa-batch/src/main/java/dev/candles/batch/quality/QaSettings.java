package dev.candles.batch.quality;

import dev.candles.batch.quality.report.QaReport;
import java.nio.file.Path;
import java.util.Set;

/**
 * What a daily QA is about.
 *
 * @param root of the lake
 * @param days so many days (UTC), counted back from the newest that the lake holds; 0 for all
 * @param deep whether to decode sealed partitions too
 * @param venues only these; empty for all
 * @param seal whether to write verdicts into manifests, and certificates into the lake
 */
public record QaSettings(Path root, int days, boolean deep, Set<String> venues, boolean seal) {
  /**
   * Copies what it is given.
   *
   * @throws IllegalArgumentException if {@code days} is negative
   */
  public QaSettings {
    if (days < 0) {
      throw new IllegalArgumentException("days must not be negative: days=" + days);
    }
    venues = Set.copyOf(venues);
  }

  /** How much of the lake it is about. */
  QaReport.Part part() {
    return new QaReport.Part(days, venues.stream().sorted().toList());
  }
}
