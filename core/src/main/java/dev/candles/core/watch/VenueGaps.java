package dev.candles.core.watch;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Whether a venue has gaps that nobody closes. Pure and not thread-safe; times are market time,
 * epoch ms, UTC.
 *
 * <ol>
 *   <li>A gap is old when it was open for so long. What was missing before this attempt is old when
 *       nothing of it was closed for so long at this venue: history that is being built is not. A
 *       venue of which nothing is known lacks all since the start.
 *   <li>If the venue forgets, what it still has of a gap is about to be lost when half that time
 *       has passed and the stream closes nothing of it, whatever the other streams do.
 *   <li>All is well when every stream is known, no gap is old, and nothing of what was missing
 *       before is left, for {@link #SETTLED_MS}: what the lake lacks is noted soon after a stream
 *       is known. A stream that does not come within {@link #LEFT_OUT_MS} of the last one is not
 *       waited for: its symbol is not listed. In between nothing is known, so that a restart takes
 *       nothing back.
 *   <li>What was noted later than now was noted before the clock was set back: it counts as now.
 * </ol>
 */
public final class VenueGaps {
  /** For how long nothing is open before that is believed. */
  static final long SETTLED_MS = 120_000;

  /** For how long no other stream has become known when none is waited for any more. */
  static final long LEFT_OUT_MS = 600_000;

  /** A stream that closes something within this part of what the venue keeps is being repaired. */
  private static final int REPAIR_PARTS = 8;

  private static final long NONE = WatchNews.Gaps.NONE;

  private final String venue;
  private final int streams;
  private final long afterMs;
  private final long depthMs;
  private long startMs;
  private final Map<String, WatchNews.Gaps> known = new HashMap<>();

  /**
   * Streams of which what was missing before was about to be lost: once it is, nothing is better.
   */
  private final Set<String> losing = new HashSet<>();

  private long wellSinceMs = NONE;
  private int knownBefore;
  private long lastKnownMs;

  /** What a stream lacks, by its oldest interval. */
  private record Lack(String stream, long fromMs) {}

  /**
   * @param streams how many base streams it has
   * @param afterMs for how long a gap is open that is old
   * @param depthMs for how long the venue keeps its history; 0 for ever
   * @param startMs of this attempt
   */
  public VenueGaps(String venue, int streams, long afterMs, long depthMs, long startMs) {
    this.venue = venue;
    this.streams = streams;
    this.afterMs = afterMs;
    this.depthMs = depthMs;
    this.startMs = startMs;
    this.lastKnownMs = startMs;
  }

  /** Takes in how a stream stands. */
  public void take(WatchNews.Gaps gaps) {
    known.put(gaps.stream(), gaps);
  }

  /** How the venue stands; empty if nobody can tell yet. To be asked again and again. */
  public Optional<Finding> finding(long nowMs) {
    startMs = Math.min(startMs, nowMs);
    wellSinceMs = Math.min(wellSinceMs, nowMs);
    lastKnownMs = Math.min(lastKnownMs, nowMs);
    known.replaceAll((stream, gaps) -> gaps.notAfter(nowMs));
    Optional<Finding> trouble = trouble(nowMs);
    boolean waiting = isWaiting(nowMs);
    boolean before = known.values().stream().anyMatch(gaps -> gaps.beforeMs() != NONE);
    if (trouble.isPresent() || before || waiting) {
      wellSinceMs = NONE;
      return trouble;
    }
    wellSinceMs = wellSinceMs == NONE ? nowMs : wellSinceMs;
    return nowMs - wellSinceMs < SETTLED_MS
        ? Optional.empty()
        : Optional.of(
            new Finding(
                "gap_closed",
                Severity.INFO,
                venue + ": no gap is old any more, closed or given up. See ./candles coverage"));
  }

  /** Whether a stream may still come. */
  private boolean isWaiting(long nowMs) {
    if (known.size() > knownBefore) {
      knownBefore = known.size();
      lastKnownMs = nowMs;
    }
    return known.isEmpty() || (known.size() < streams && nowMs - lastKnownMs < LEFT_OUT_MS);
  }

  private Optional<Finding> trouble(long nowMs) {
    List<Lack> risks = new ArrayList<>();
    List<Lack> olds = new ArrayList<>();
    long progressMs =
        known.values().stream().mapToLong(WatchNews.Gaps::progressMs).max().orElse(startMs);
    for (WatchNews.Gaps gaps : known.values()) {
      risk(gaps, nowMs).ifPresent(risks::add);
      old(gaps, progressMs, nowMs).ifPresent(olds::add);
    }
    if (known.isEmpty() && nowMs - startMs >= afterMs) {
      olds.add(nothing());
    }
    if (known.isEmpty() && isLate(startMs, nowMs)) {
      risks.add(nothing());
    }
    if (!risks.isEmpty()) {
      return Optional.of(atRisk(risks));
    }
    return olds.isEmpty() ? Optional.empty() : Optional.of(isOld(olds, nowMs));
  }

  private Lack nothing() {
    return new Lack(venue + ", of which nothing is known since the start,", startMs);
  }

  private Optional<Lack> old(WatchNews.Gaps gaps, long progressMs, long nowMs) {
    if (gaps.laterMs() != NONE && nowMs - gaps.sinceMs() >= afterMs) {
      return Optional.of(new Lack(gaps.stream(), gaps.laterMs()));
    }
    return gaps.beforeMs() != NONE && nowMs - progressMs >= afterMs
        ? Optional.of(new Lack(gaps.stream(), gaps.beforeMs()))
        : Optional.empty();
  }

  /** By the oldest that the venue still has; of an outage also by what it lost meanwhile. */
  private Optional<Lack> risk(WatchNews.Gaps gaps, long nowMs) {
    long keptMs = nowMs - depthMs;
    long idleMs = Math.min(afterMs, depthMs / REPAIR_PARTS);
    if (gaps.beforeMs() == NONE) {
      losing.remove(gaps.stream());
    }
    if (gaps.beforeMs() != NONE && isLate(gaps.beforeMs(), nowMs)) {
      if (gaps.beforeEndMs() > keptMs) {
        boolean idle = nowMs - gaps.progressMs() >= idleMs;
        var unused = idle ? losing.add(gaps.stream()) : losing.remove(gaps.stream());
      }
      if (losing.contains(gaps.stream())) {
        boolean had = gaps.beforeEndMs() > keptMs;
        long fromMs = had ? Math.max(gaps.beforeMs(), keptMs) : gaps.beforeMs();
        return Optional.of(new Lack(gaps.stream(), fromMs));
      }
    }
    return gaps.laterMs() != NONE
            && isLate(gaps.laterMs(), nowMs)
            && nowMs - gaps.sinceMs() >= idleMs
        ? Optional.of(new Lack(gaps.stream(), gaps.laterMs()))
        : Optional.empty();
  }

  /** Whether half of the time has passed for which the venue keeps an interval. */
  private boolean isLate(long openMs, long nowMs) {
    return depthMs > 0 && nowMs - openMs >= depthMs / 2;
  }

  private Finding atRisk(List<Lack> lacks) {
    return new Finding(
        "history_at_risk",
        Severity.CRITICAL,
        text(lacks)
            + ", lost for good at "
            + time(oldest(lacks).fromMs + depthMs)
            + ". See event=connection_error in the log");
  }

  private Finding isOld(List<Lack> lacks, long nowMs) {
    boolean lost = depthMs > 0 && oldest(lacks).fromMs + depthMs <= nowMs;
    return new Finding(
        "gap_old",
        Severity.WARNING,
        text(lacks)
            + (lost ? ", which the venue has no more" : "")
            + ". See ./candles gaps --open, ./candles explain");
  }

  private static String text(List<Lack> lacks) {
    Lack oldest = oldest(lacks);
    String others = lacks.size() > 1 ? " and " + (lacks.size() - 1) + " more" : "";
    return oldest.stream + others + " lack " + time(oldest.fromMs);
  }

  private static Lack oldest(List<Lack> lacks) {
    return Collections.min(
        lacks, Comparator.comparingLong(Lack::fromMs).thenComparing(Lack::stream));
  }

  private static String time(long ms) {
    return Instant.ofEpochMilli(ms).truncatedTo(ChronoUnit.MINUTES).toString();
  }
}
