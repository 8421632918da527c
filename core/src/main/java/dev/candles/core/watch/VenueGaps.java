package dev.candles.core.watch;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether a venue has gaps that nobody closes. Pure and not thread-safe; times are market time,
 * epoch ms, UTC.
 *
 * <ol>
 *   <li>A gap is old when it was open for so long. What was missing before this attempt is old when
 *       nothing of it was closed for so long at this venue: history that is being built is not.
 *   <li>If the venue forgets, an old gap of which half that time has passed is about to be lost.
 *   <li>All is well when no gap is old, and nothing of what was missing before is left. In between
 *       nothing is known, so that a restart takes nothing back.
 * </ol>
 */
public final class VenueGaps {
  private final String venue;
  private final int streams;
  private final long afterMs;
  private final long depthMs;
  private final long startMs;
  private final Map<String, WatchNews.Gaps> known = new HashMap<>();

  /** A gap that is old, by its oldest interval. */
  private record Old(String stream, long fromMs, boolean later) {}

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
  }

  /** Takes in how a stream stands. */
  public void take(WatchNews.Gaps gaps) {
    known.put(gaps.stream(), gaps);
  }

  /** How the venue stands; empty if nobody can tell yet. */
  public Optional<Finding> finding(long nowMs) {
    long progressMs =
        known.values().stream().mapToLong(WatchNews.Gaps::progressMs).max().orElse(startMs);
    Old oldest = null;
    int others = -1;
    boolean before = false;
    for (WatchNews.Gaps gaps : known.values()) {
      Old old = old(gaps, progressMs, nowMs);
      before |= gaps.beforeMs() != WatchNews.Gaps.NONE;
      if (old != null) {
        others++;
        oldest = oldest == null || old.fromMs < oldest.fromMs ? old : oldest;
      }
    }
    if (oldest != null) {
      return Optional.of(told(oldest, others, nowMs));
    }
    boolean all = known.size() >= streams || nowMs - startMs >= afterMs;
    return before || !all
        ? Optional.empty()
        : Optional.of(new Finding("gap_closed", Severity.INFO, venue + ": no gap is old any more"));
  }

  private @Nullable Old old(WatchNews.Gaps gaps, long progressMs, long nowMs) {
    if (gaps.laterMs() != WatchNews.Gaps.NONE && nowMs - gaps.sinceMs() >= afterMs) {
      return new Old(gaps.stream(), gaps.laterMs(), true);
    }
    return gaps.beforeMs() != WatchNews.Gaps.NONE && nowMs - progressMs >= afterMs
        ? new Old(gaps.stream(), gaps.beforeMs(), false)
        : null;
  }

  private Finding told(Old old, int others, long nowMs) {
    String what =
        old.stream + (others > 0 ? " and " + others + " more" : "") + " lack " + time(old.fromMs);
    long lostMs = old.fromMs + depthMs;
    boolean keeps = old.later || lostMs > nowMs; // history that was too old from the start is not
    if (depthMs > 0 && keeps && nowMs - old.fromMs >= depthMs / 2) {
      return new Finding(
          "history_at_risk",
          Severity.CRITICAL,
          what + ", lost for good at " + time(lostMs) + ". See event=connection_error in the log");
    }
    return new Finding(
        "gap_old", Severity.WARNING, what + ". See ./candles gaps --open, ./candles explain");
  }

  private static String time(long ms) {
    return Instant.ofEpochMilli(ms).truncatedTo(ChronoUnit.MINUTES).toString();
  }
}
