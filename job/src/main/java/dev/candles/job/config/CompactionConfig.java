package dev.candles.job.config;

import java.io.Serializable;
import java.time.Duration;
import java.util.List;

/**
 * Upkeep of the lake in the background, by the collector in one JVM.
 *
 * @param interval market time between two compactions; zero for never
 * @param keptRejects market time for which rejects are kept, whole UTC days; looked at with each
 *     compaction
 */
public record CompactionConfig(Duration interval, Duration keptRejects) implements Serializable {
  static final Setting<Duration> INTERVAL =
      Setting.duration(
          "compaction_interval", Duration.ZERO, Duration.ofDays(1), Duration.ofHours(1));
  static final Setting<Duration> KEPT_REJECTS =
      Setting.duration(
          "keep_rejects", Duration.ofDays(1), Duration.ofDays(3_650), Duration.ofDays(30));
  static final List<Key> KEYS = List.of(INTERVAL.key(), KEPT_REJECTS.key());

  /** What holds where the configuration says nothing. */
  public static CompactionConfig defaults() {
    return read(Section.none());
  }

  static CompactionConfig read(Section root) {
    return new CompactionConfig(INTERVAL.in(root), KEPT_REJECTS.in(root));
  }

  /** The same, never in the background. */
  public CompactionConfig never() {
    return new CompactionConfig(Duration.ZERO, keptRejects);
  }
}
