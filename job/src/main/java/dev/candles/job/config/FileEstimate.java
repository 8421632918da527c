package dev.candles.job.config;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How many files of candles a day of live data makes, a day of the market as a partition is, before
 * they are merged: at most one for each stream and checkpoint, and for each candle. Repairs and
 * history make more, for a while.
 *
 * @param perDay with the configured interval of checkpoints
 * @param interval of checkpoints, as configured, real time
 * @param longer the shortest round interval with which they are not too many, or the longest that
 *     can be set; empty if they are not too many, or none is longer
 * @param longerPerDay with that
 */
public record FileEstimate(
    long perDay, Duration interval, Optional<Duration> longer, long longerPerDay) {

  /**
   * More than these in a day are too many: 20,000 wait for each hourly merge, which opens them all.
   */
  static final long MOST_PER_DAY = 500_000;

  private static final List<Duration> ROUND =
      List.of(
          Duration.ofMinutes(1),
          Duration.ofMinutes(2),
          Duration.ofMinutes(5),
          Duration.ofMinutes(10),
          Duration.ofMinutes(15),
          Duration.ofMinutes(20),
          Duration.ofMinutes(30),
          Duration.ofHours(1));

  private static final double DAY_MS = Duration.ofDays(1).toMillis();

  /** That of a configuration. */
  public static FileEstimate of(CollectorConfig config) {
    Duration interval = config.checkpoints().interval();
    long perDay = perDay(config, interval);
    Optional<Duration> longer = Optional.empty();
    if (perDay > MOST_PER_DAY) {
      List<Duration> all = ROUND.stream().filter(each -> each.compareTo(interval) > 0).toList();
      longer =
          all.stream()
              .filter(each -> perDay(config, each) <= MOST_PER_DAY)
              .findFirst()
              .or(() -> all.stream().reduce((shorter, longest) -> longest));
    }
    long longerPerDay = longer.map(each -> perDay(config, each)).orElse(perDay);
    return new FileEstimate(perDay, interval, longer, longerPerDay);
  }

  private static long perDay(CollectorConfig config, Duration interval) {
    double checkpoints = DAY_MS / (interval.toMillis() * config.clock().speed());
    double sum = 0;
    for (var stream : config.streams()) {
      double candles = DAY_MS / stream.timeframe().millis();
      sum += Math.min(checkpoints, candles);
    }
    return Math.round(sum);
  }

  /** Whether they are so many that merging them is work of its own. */
  public boolean isTooMany() {
    return perDay > MOST_PER_DAY;
  }

  /** What is said of it, like {@code up to 26,280 a day before they are merged}. */
  public String text() {
    String all =
        String.format(
            Locale.ROOT,
            "up to %,d a day before they are merged, with a checkpoint every %s",
            perDay,
            Durations.text(interval));
    return longer
        .map(
            each ->
                String.format(
                    Locale.ROOT,
                    "%s; checkpoint_interval: %s makes it %,d",
                    all,
                    Durations.text(each),
                    longerPerDay))
        .orElse(all);
  }
}
