package dev.candles.cli.status;

import dev.candles.cli.status.Concern.Level;
import dev.candles.core.coverage.GapRecord;
import dev.candles.core.coverage.Reason;
import dev.candles.core.health.Part;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * What the lake lacks: of each venue one concern for what is new and one for what lasts, whatever
 * the reasons, and one for each reason for which intervals were given up. Pure.
 */
final class GapConcerns {
  /** What is missing for less is usually repaired before anybody has read it. */
  private static final long FRESH_MS = Duration.ofMinutes(10).toMillis();

  private final Status status;
  private final List<Concern> concerns = new ArrayList<>();

  private GapConcerns(Status status) {
    this.status = status;
  }

  static List<Concern> of(Status status) {
    GapConcerns all = new GapConcerns(status);
    status.venues().forEach(venue -> all.missing(venue, byReason(missing(status, venue))));
    status.venues().forEach(all::givenUp);
    return all.concerns;
  }

  /** Intervals that the collector fetches. */
  static long fetched(Status status) {
    return status.isRunning()
        ? status.venues().stream()
            .flatMap(venue -> missing(status, venue).stream())
            .mapToLong(GapRecord::intervals)
            .sum()
        : 0;
  }

  /** What is fetched, or will be once a collector runs. */
  static List<GapRecord> missing(Status status, Status.Venue venue) {
    return status.isUnheard(venue.name())
        ? List.of()
        : venue.lacking().stream()
            .filter(GapRecord::open)
            .filter(gap -> !isUnreadYet(status, gap) && !status.isUnlisted(gap))
            .toList();
  }

  /** What a look across a checkpoint read one half of; the next look reads the other. */
  private static boolean isUnreadYet(Status status, GapRecord gap) {
    long firstEndMs = gap.fromMs() + gap.stream().timeframe().millis();
    return status.isRunning()
        && gap.state() == null
        && status.nowMs() - firstEndMs < Lateness.ofFilesMs(status);
  }

  private static Map<Reason, List<GapRecord>> byReason(List<GapRecord> gaps) {
    return gaps.stream()
        .collect(
            Collectors.groupingBy(
                GapRecord::reason, () -> new EnumMap<>(Reason.class), Collectors.toList()));
  }

  private void missing(Status.Venue venue, Map<Reason, List<GapRecord>> gaps) {
    boolean history = gaps.containsKey(Reason.HISTORY) && venue.repairsTake().isPresent();
    Map<Reason, List<GapRecord>> fresh = new EnumMap<>(Reason.class);
    Map<Reason, List<GapRecord>> lasting = new EnumMap<>(Reason.class);
    gaps.forEach(
        (reason, some) -> {
          long sinceMs = sinceMs(some);
          boolean recent = sinceMs != 0 && status.nowMs() - sinceMs < FRESH_MS;
          boolean filling = history && (reason == Reason.HISTORY || reason == Reason.BASE);
          (recent || filling ? fresh : lasting).put(reason, some);
        });
    missing(venue, lasting, false);
    missing(venue, fresh, true);
  }

  private void missing(Status.Venue venue, Map<Reason, List<GapRecord>> gaps, boolean fresh) {
    if (gaps.isEmpty()) {
      return;
    }
    boolean running = status.isRunning();
    boolean fails = venue.fails(Part.REST);
    OptionalLong overMs =
        venue
            .repairsTake()
            .filter(take -> !fails)
            .map(take -> status.nowMs() + status.clock().marketDuration(take.toMillis()))
            .map(OptionalLong::of)
            .orElse(OptionalLong.empty());
    String over = fresh ? "usually within minutes" : "no estimate: nothing was filled of late";
    if (fails) {
      over = "when the venue's REST answers again";
    } else if (!running) {
      over = "after the next start";
    }
    List<GapRecord> all = gaps.values().stream().flatMap(Collection::stream).toList();
    concerns.add(
        new Concern(
            fresh || !running ? Level.NOTE : Level.MENDED,
            words(venue, all, "missing") + ": " + why(gaps),
            time(sinceMs(all)),
            running ? doing(fails) : "nothing as long as no collector runs",
            running ? venue.nextRepairMs() : OptionalLong.empty(),
            overMs.isPresent() ? "at the pace of late" : over,
            overMs,
            "not yet: the venue is asked until it answers"));
  }

  private static String doing(boolean fails) {
    return fails
        ? "REST is asked again, and for all of them once it answers"
        : "REST is asked for them";
  }

  /** A larger interval lacks because a minute of it does: that has a reason of its own. */
  private static String why(Map<Reason, List<GapRecord>> gaps) {
    return gaps.keySet().stream()
        .filter(reason -> reason != Reason.BASE || gaps.size() == 1)
        .map(Reason::words)
        .collect(Collectors.joining(", "));
  }

  private static long sinceMs(Collection<GapRecord> gaps) {
    return gaps.stream()
        .mapToLong(gap -> gap.open() ? gap.openedAtMs() : gap.closedAtMs())
        .filter(ms -> ms != 0)
        .min()
        .orElse(0);
  }

  private static OptionalLong time(long epochMs) {
    return epochMs == 0 ? OptionalLong.empty() : OptionalLong.of(epochMs);
  }

  private static String words(Status.Venue venue, Collection<GapRecord> gaps, String what) {
    return String.format(
        Locale.ROOT,
        "%s: %s of %s %s",
        venue.name(),
        Counted.of(gaps.stream().mapToLong(GapRecord::intervals).sum(), "interval"),
        Counted.of(gaps.stream().map(GapRecord::stream).distinct().count(), "stream"),
        what);
  }

  private void givenUp(Status.Venue venue) {
    byReason(venue.lacking().stream().filter(gap -> !gap.open()).toList())
        .forEach(
            (reason, gaps) -> {
              boolean never = reason == Reason.BEFORE_LISTING;
              concerns.add(
                  Concern.of(
                      Level.NOTE,
                      words(venue, gaps, "given up") + ": " + reason.words(),
                      time(sinceMs(gaps)),
                      "asked for again once a day",
                      "never, unless the venue answers better",
                      never ? "no: there was nothing to collect" : "yes, these intervals"));
            });
  }
}
