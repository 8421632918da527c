package dev.candles.cli.status;

import dev.candles.cli.status.Concern.Level;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.coverage.GapRecord;
import dev.candles.core.coverage.Reason;
import dev.candles.core.health.Part;
import dev.candles.text.Counted;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the lake lacks: of each venue one concern for what is new, one for what lasts, and one for
 * what was given up, whatever the reasons. Without a collector nothing is new. Pure.
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

  static Map<Reason, List<GapRecord>> byReason(List<GapRecord> gaps) {
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
          long notedMs = notedMs(some);
          boolean recent = notedMs != 0 && status.nowMs() - notedMs < FRESH_MS;
          boolean filling = history && (reason == Reason.HISTORY || reason == Reason.BASE);
          boolean isFresh = status.isRunning() && (recent || filling);
          (isFresh ? fresh : lasting).put(reason, some);
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
    OptionalLong overMs = overMs(status, venue);
    String over = "no estimate: nothing was filled of late";
    if (fresh || fails) {
      over = over(venue, gaps.keySet());
    } else if (status.venuesGone()) {
      over = "never: nobody is left to ask";
    } else if (!running) {
      over = "after the next start";
    }
    List<GapRecord> all = gaps.values().stream().flatMap(Collection::stream).toList();
    concerns.add(
        new Concern(
            fresh || !running ? Level.NOTE : Level.MENDED,
            words(venue, all, "missing") + ": " + why(gaps.keySet()),
            OptionalLong.of(firstMissingMs(venue, all)),
            running ? doing(fails) : "nothing as long as no collector runs",
            running ? venue.nextRepairMs() : OptionalLong.empty(),
            overMs.isPresent() ? "at the pace of late" : over,
            overMs,
            status.venuesGone()
                ? staysMissing(all)
                : "not yet: the venue is asked until it answers"));
  }

  /** When what is new is over, where no pace tells it: a look or two tell none. */
  static String over(Status.Venue venue, Set<Reason> reasons) {
    if (venue.fails(Part.REST)) {
      return "when the venue's REST answers again";
    }
    boolean mayTakeLong = reasons.contains(Reason.HISTORY) || reasons.equals(Set.of(Reason.BASE));
    return mayTakeLong
        ? "no estimate yet: ./candles status --watch tells the pace"
        : "usually within minutes";
  }

  private static String doing(boolean fails) {
    return fails
        ? "REST is asked again, and for all of them once it answers"
        : "REST is asked for them";
  }

  /** When a venue's gaps are filled at the pace of late, market time; empty if nobody can tell. */
  static OptionalLong overMs(Status status, Status.Venue venue) {
    return venue
        .repairsTake()
        .filter(take -> !venue.fails(Part.REST))
        .map(take -> status.nowMs() + status.clock().marketDuration(take.toMillis()))
        .map(OptionalLong::of)
        .orElse(OptionalLong.empty());
  }

  /** A larger interval lacks because a minute of it does: that has a reason of its own. */
  private static String why(Set<Reason> reasons) {
    return reasons.stream()
        .filter(reason -> reason != Reason.BASE || reasons.size() == 1)
        .map(Reason::words)
        .collect(Collectors.joining(", "));
  }

  private static long notedMs(Collection<GapRecord> gaps) {
    return gaps.stream().mapToLong(GapRecord::openedAtMs).filter(ms -> ms != 0).min().orElse(0);
  }

  /**
   * The first minute that lacks: a larger interval begins before what it lacks, so it counts only
   * where no minute is told.
   */
  private static long firstMissingMs(Status.Venue venue, List<GapRecord> gaps) {
    long fromMs = gaps.stream().mapToLong(GapRecord::fromMs).min().orElseThrow();
    long toMs = gaps.stream().mapToLong(GapRecord::toMs).max().orElseThrow();
    return Stream.concat(gaps.stream(), venue.lacking().stream())
        .filter(gap -> gap.stream().timeframe() == Timeframe.BASE)
        .filter(gap -> gap.fromMs() < toMs && gap.toMs() > fromMs)
        .mapToLong(gap -> Math.max(fromMs, gap.fromMs()))
        .min()
        .orElse(fromMs);
  }

  private static String staysMissing(Collection<GapRecord> gaps) {
    return "yes, " + intervals(gaps) + ": it ended before the venue was asked for them";
  }

  /** All that is lost, whatever the venue; empty if nothing is. */
  static Optional<String> lost(Status status) {
    List<GapRecord> lost = new ArrayList<>(status.givenUp());
    lost.removeIf(gap -> gap.reason() == Reason.BEFORE_LISTING);
    if (!lost.isEmpty() || !status.venuesGone()) {
      return lost.isEmpty() ? Optional.empty() : Optional.of("yes, " + intervals(lost));
    }
    List<GapRecord> open = status.openGaps();
    return open.isEmpty() ? Optional.empty() : Optional.of(staysMissing(open));
  }

  /** How many there are, in words. */
  static String intervals(Collection<GapRecord> gaps) {
    return Counted.of(gaps.stream().mapToLong(GapRecord::intervals).sum(), "interval");
  }

  private static String words(Status.Venue venue, Collection<GapRecord> gaps, String what) {
    long streams = gaps.stream().map(GapRecord::stream).distinct().count();
    return String.format(
        Locale.ROOT,
        "%s: %s of %s %s",
        venue.name(),
        intervals(gaps),
        Counted.of(streams, "stream"),
        what);
  }

  /** One for all reasons: what each interval's is tells {@code gaps}. */
  private void givenUp(Status.Venue venue) {
    List<GapRecord> gaps = venue.lacking().stream().filter(gap -> !gap.open()).toList();
    if (gaps.isEmpty()) {
      return;
    }
    List<GapRecord> had =
        gaps.stream().filter(gap -> gap.reason() != Reason.BEFORE_LISTING).toList();
    concerns.add(
        Concern.of(
            Level.NOTE,
            words(venue, gaps, "given up") + ": " + why(byReason(gaps).keySet()),
            OptionalLong.of(firstMissingMs(venue, gaps)),
            "asked for again once a day",
            "never, unless the venue answers better",
            had.isEmpty() ? "no: there was nothing to collect" : "yes, " + intervals(had)));
  }
}
