package dev.candles.core.watch;

import dev.candles.core.coverage.Intervals;
import java.util.ArrayList;
import java.util.List;

/**
 * What one stream lacks, and since when that is known in this attempt. Pure and not thread-safe;
 * times are market time, epoch ms, UTC.
 *
 * <ol>
 *   <li>What was missing before, history or the time the collector was away, is one heap that is
 *       worked off: its age is the time since the last of it was closed.
 *   <li>What is found missing later has the age of its own, to the minute.
 *   <li>What was found later than now was found before the clock was set back: it counts as now.
 * </ol>
 */
public final class StreamGaps {
  private static final long SAME_MS = 60_000;
  private static final int MOST_AGES = 64;

  private final String venue;
  private final String stream;
  private Intervals before = Intervals.empty();
  private long progressMs;
  private final List<Aged> later = new ArrayList<>();

  /** Intervals that were found missing together. */
  private record Aged(Intervals set, long sinceMs) {}

  public StreamGaps(String venue, String stream) {
    this.venue = venue;
    this.stream = stream;
  }

  /**
   * Takes in what is missing now.
   *
   * @param ofBefore whether what is new of it was missing before this attempt
   * @return how the stream stands
   */
  public WatchNews.Gaps take(Intervals missing, boolean ofBefore, long nowMs) {
    progressMs = Math.min(progressMs, nowMs);
    later.replaceAll(aged -> new Aged(aged.set, Math.min(aged.sinceMs, nowMs)));
    if (!before.minus(missing).isEmpty()) {
      progressMs = nowMs;
    }
    before = before.intersect(missing);
    later.replaceAll(aged -> new Aged(aged.set.intersect(missing), aged.sinceMs));
    later.removeIf(aged -> aged.set.isEmpty());
    Intervals news = missing.minus(before);
    for (Aged aged : later) {
      news = news.minus(aged.set);
    }
    if (ofBefore && !news.isEmpty()) {
      before = before.union(news);
      progressMs = nowMs;
    } else if (!news.isEmpty()) {
      add(news, nowMs);
    }
    return new WatchNews.Gaps(
        venue,
        stream,
        before.isEmpty() ? WatchNews.Gaps.NONE : before.from(0),
        before.isEmpty() ? WatchNews.Gaps.NONE : before.to(before.count() - 1),
        progressMs,
        later.isEmpty() ? WatchNews.Gaps.NONE : later.get(0).set.from(0),
        later.isEmpty() ? WatchNews.Gaps.NONE : later.get(0).sinceMs);
  }

  private void add(Intervals news, long nowMs) {
    int last = later.size() - 1;
    if (last >= 0 && nowMs - later.get(last).sinceMs < SAME_MS) {
      later.set(last, new Aged(later.get(last).set.union(news), later.get(last).sinceMs));
    } else {
      later.add(new Aged(news, nowMs));
    }
    if (later.size() > MOST_AGES) {
      Aged second = later.remove(1); // an hour of an outage by the minute, the oldest kept as such
      later.set(0, new Aged(later.get(0).set.union(second.set), later.get(0).sinceMs));
    }
  }
}
