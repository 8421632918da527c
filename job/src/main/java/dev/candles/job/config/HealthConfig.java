package dev.candles.job.config;

import dev.candles.core.health.HealthRules;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;

/**
 * When a venue counts as degraded, down and healthy again, and how often the log says so.
 *
 * @param rules in market time
 * @param logEvery real time between two health checks in the log
 */
public record HealthConfig(HealthRules rules, Duration logEvery) implements Serializable {
  static final Setting<Duration> WINDOW =
      Setting.duration(
          "window",
          Duration.ofMinutes(1),
          Duration.ofDays(1),
          Duration.ofMillis(HealthRules.RUNBOOK.windowMs()));
  static final Setting<Integer> DEGRADED_AT =
      Setting.whole("degraded_at", 1, 1_000, HealthRules.RUNBOOK.degradedAt());
  static final Setting<Integer> DOWN_AT =
      Setting.whole("down_at", 2, 1_000, HealthRules.RUNBOOK.downAt());
  static final Setting<Integer> RECOVER_AFTER =
      Setting.whole("recover_after", 1, 1_000, HealthRules.RUNBOOK.recoverAfter());
  static final Setting<Duration> LOG_EVERY =
      Setting.duration(
          "log_every", Duration.ofSeconds(1), Duration.ofHours(1), Duration.ofSeconds(30));
  static final List<Key> PARTS =
      List.of(WINDOW.key(), DEGRADED_AT.key(), DOWN_AT.key(), RECOVER_AFTER.key(), LOG_EVERY.key());

  static final Key HEALTH =
      new Key(
          "health",
          "{window, degraded_at, down_at, recover_after, log_every}",
          "{window: 60m, degraded_at: 3, down_at: 10, recover_after: 3, log_every: 30s}");
  static final List<Key> KEYS = List.of(HEALTH);

  /** What holds where the configuration says nothing. */
  public static HealthConfig defaults() {
    return read(Section.none());
  }

  static HealthConfig read(Section root) {
    Section section = root.under(HEALTH, PARTS);
    int degradedAt = DEGRADED_AT.in(section);
    int downAt = DOWN_AT.in(section);
    if (downAt <= degradedAt) {
      root.problems()
          .add(
              section.line(),
              "health.down_at: found "
                  + downAt
                  + ", expected more than degraded_at, which is "
                  + degradedAt);
      return defaults();
    }
    return new HealthConfig(
        new HealthRules(
            WINDOW.in(section).toMillis(), degradedAt, downAt, RECOVER_AFTER.in(section)),
        LOG_EVERY.in(section));
  }
}
