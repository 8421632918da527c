package dev.candles.cli.status;

import dev.candles.core.candle.Timeframe;
import dev.candles.core.coverage.GapRecord;
import dev.candles.text.Counted;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** What is being fetched of the venues where nothing else is wrong, in a few words. Pure. */
final class CatchUp {
  private static final long MINUTE_MS = Duration.ofMinutes(1).toMillis();
  private static final long DAY_MS = Duration.ofDays(1).toMillis();
  private static final DateTimeFormatter CLOCK = times("HH:mm:ss");
  private static final DateTimeFormatter DAY_AND_CLOCK = times("yyyy-MM-dd HH:mm:ss");

  private CatchUp() {}

  private static DateTimeFormatter times(String pattern) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withZone(ZoneOffset.UTC);
  }

  /**
   * Like {@code catching up: 3 minutes of kraken, next try 12:00:05, usually within minutes}; empty
   * if no collector fetches anything.
   */
  static Optional<String> words(Status status) {
    String venues =
        status.isRunning()
            ? status.venues().stream()
                .flatMap(venue -> words(status, venue).stream())
                .collect(Collectors.joining("; "))
            : "";
    return venues.isEmpty() ? Optional.empty() : Optional.of("catching up: " + venues);
  }

  private static Optional<String> words(Status status, Status.Venue venue) {
    List<GapRecord> missing = GapConcerns.missing(status, venue);
    if (missing.isEmpty()) {
      return Optional.empty();
    }
    OptionalLong nextMs = venue.nextRepairMs();
    OptionalLong overMs = GapConcerns.overMs(status, venue);
    String next = "";
    if (nextMs.isPresent()) {
      boolean isDue = nextMs.getAsLong() <= status.nowMs();
      next = isDue ? ", asked for now" : ", next try " + time(status, nextMs.getAsLong());
    }
    String over =
        overMs.isPresent()
            ? "done about " + time(status, overMs.getAsLong())
            : status.advice().in(GapConcerns.over(venue, GapConcerns.byReason(missing).keySet()));
    return Optional.of(amount(missing) + " of " + venue.name() + next + ", " + over);
  }

  /** Minutes of the market, however many streams lack them; larger intervals if no minute lacks. */
  private static String amount(List<GapRecord> missing) {
    List<GapRecord> minutes =
        missing.stream()
            .filter(gap -> gap.stream().timeframe() == Timeframe.BASE)
            .sorted(Comparator.comparingLong(GapRecord::fromMs))
            .toList();
    if (minutes.isEmpty()) {
      return GapConcerns.intervals(missing);
    }
    long coveredMs = 0;
    long untilMs = Long.MIN_VALUE;
    for (GapRecord gap : minutes) {
      coveredMs += Math.max(0, gap.toMs() - Math.max(untilMs, gap.fromMs()));
      untilMs = Math.max(untilMs, gap.toMs());
    }
    return Counted.of(coveredMs / MINUTE_MS, "minute");
  }

  /** With its day where that is not today. */
  private static String time(Status status, long epochMs) {
    boolean isToday = Math.floorDiv(epochMs, DAY_MS) == Math.floorDiv(status.nowMs(), DAY_MS);
    return (isToday ? CLOCK : DAY_AND_CLOCK).format(Instant.ofEpochMilli(epochMs));
  }
}
