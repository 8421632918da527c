package dev.candles.job.operator;

import dev.candles.core.candle.Candle;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.coverage.IntervalState;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.coverage.StateCounts;
import dev.candles.core.feed.StreamBootstrap;
import dev.candles.core.time.MarketClock;
import dev.candles.sources.metrics.CollectorMetric;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.runtime.metrics.DescriptiveStatisticsHistogram;

/**
 * What a ledger counts: per venue, and per stream as long as there are no more than {@link
 * CollectorMetric#MOST_STREAMS}. Written by the task's thread; gauges are read by reporters', and
 * sum up the streams of a venue when they are.
 */
final class LedgerMetrics {
  /** The delays that are kept per venue: an hour of ten streams. */
  private static final int DELAYS = 600;

  private static final long SECOND_MS = 1_000;
  private static final long MINUTE_MS = 60_000;
  private static final long NONE = Long.MAX_VALUE;

  private final MetricGroup operator;
  private final MarketClock clock;
  private final boolean perStream;
  private final Map<String, OfVenue> venues = new HashMap<>();
  private final Map<String, OfStream> streams = new HashMap<>();

  /**
   * @param streams how many the whole collector has
   */
  LedgerMetrics(MetricGroup operator, MarketClock clock, int streams) {
    this.operator = operator;
    this.clock = clock;
    this.perStream = streams <= CollectorMetric.MOST_STREAMS;
  }

  /** Those of a stream, by its id and itself. */
  OfStream of(String id, StreamKey stream) {
    OfStream known = streams.get(id);
    return known == null ? begin(id, stream) : known;
  }

  private OfStream begin(String id, StreamKey stream) {
    OfVenue venue = venues.computeIfAbsent(stream.venue(), OfVenue::new);
    OfStream made = new OfStream(stream, venue);
    streams.put(id, made);
    venue.streams.add(made);
    return made;
  }

  /** Of several streams together, as gauges show it. */
  private final class Sum {
    private final Collection<OfStream> of;

    Sum(Collection<OfStream> of) {
      this.of = of;
    }

    long missingMinutes() {
      return of.stream().mapToLong(s -> s.missingMs.get()).sum() / MINUTE_MS;
    }

    long oldestGapSeconds() {
      long fromMs = of.stream().mapToLong(s -> s.missingFromMs.get()).min().orElse(NONE);
      return fromMs == NONE ? 0 : ageSeconds(fromMs);
    }

    double coverage() {
      StateCounts all =
          of.stream().map(OfStream::counts).reduce(StateCounts.NONE, StateCounts::plus);
      return all.percent(all.whole());
    }

    long newestSeconds() {
      long newestMs = of.stream().mapToLong(s -> s.newestMs.get()).max().orElse(0);
      return newestMs == 0 ? 0 : ageSeconds(newestMs); // none is announced yet
    }

    private long ageSeconds(long marketMs) {
      long nowMs = clock.marketAt(System.currentTimeMillis());
      return Math.max(0, nowMs - marketMs) / SECOND_MS;
    }
  }

  private final class OfVenue {
    final Collection<OfStream> streams = new ConcurrentLinkedQueue<>();
    final Counter finals;
    final Counter written;
    final Counter duplicates;
    final Counter confirmed;
    final Counter revisions;
    final Counter disagreements;
    final Histogram delays;

    OfVenue(String venue) {
      MetricGroup group = CollectorMetric.venue(operator, venue);
      finals = CollectorMetric.FINALS.counter(group);
      written = CollectorMetric.WRITTEN.counter(group);
      duplicates = CollectorMetric.DUPLICATES.counter(group);
      confirmed = CollectorMetric.CONFIRMED.counter(group);
      revisions = CollectorMetric.REVISIONS.counter(group);
      disagreements = CollectorMetric.DISAGREEMENTS.counter(group);
      delays =
          CollectorMetric.CLOSE_TO_FINAL_MS.histogram(
              group, new DescriptiveStatisticsHistogram(DELAYS));
      Sum all = new Sum(streams);
      CollectorMetric.OPEN_GAP_MINUTES.gauge(group, all::missingMinutes);
      CollectorMetric.OLDEST_GAP_AGE_SECONDS.gauge(group, all::oldestGapSeconds);
      CollectorMetric.COVERAGE_PERCENT.gauge(group, all::coverage);
      CollectorMetric.NEWEST_CANDLE_AGE_SECONDS.gauge(group, all::newestSeconds);
    }
  }

  /** What is counted of a stream, and of its venue with it. */
  final class OfStream {
    private final OfVenue venue;
    private final long stepMs;
    private final Counter written;
    private final AtomicLong finals = new AtomicLong();
    private final AtomicLong empty = new AtomicLong();
    private final AtomicLong unrecoverable = new AtomicLong();
    private final AtomicLong missingMs = new AtomicLong();
    private final AtomicLong missingFromMs = new AtomicLong(NONE);
    private final AtomicLong newestMs = new AtomicLong();
    private long announcedToMs = NONE;

    private OfStream(StreamKey stream, OfVenue venue) {
      this.venue = venue;
      this.stepMs = stream.timeframe().millis();
      if (perStream) {
        MetricGroup group = CollectorMetric.stream(operator, stream);
        written = CollectorMetric.STREAM_WRITTEN.counter(group);
        Sum own = new Sum(List.of(this));
        CollectorMetric.STREAM_OPEN_GAP_MINUTES.gauge(group, own::missingMinutes);
        CollectorMetric.STREAM_COVERAGE_PERCENT.gauge(group, own::coverage);
        CollectorMetric.STREAM_NEWEST_CANDLE_AGE_SECONDS.gauge(group, own::newestSeconds);
      } else {
        written = new SimpleCounter();
      }
    }

    /** The lake is about to be taken in: counting begins anew. */
    void announced(StreamBootstrap lake) {
      finals.set(0);
      empty.set(0);
      unrecoverable.set(0);
      newestMs.set(lake.fromMs());
      known(end(lake.finals()));
      known(end(lake.empties()));
      announcedToMs = lake.toMs();
    }

    private static long end(long[] intervals) {
      return intervals.length == 0 ? 0 : intervals[intervals.length - 1];
    }

    /** Up to when something is final or proven empty, epoch ms, UTC. */
    void known(long toMs) {
      newestMs.accumulateAndGet(toMs, Math::max);
    }

    void taken() {
      venue.finals.inc();
    }

    /**
     * @param nowMs market time, epoch ms, UTC
     */
    void written(Candle candle, long nowMs) {
      venue.written.inc();
      written.inc();
      long endMs = candle.endTimeMs();
      known(endMs);
      if (candle.openTimeMs() >= announcedToMs) {
        venue.delays.update(Math.max(0, nowMs - endMs));
      }
    }

    void revised() {
      venue.revisions.inc();
    }

    void repeated() {
      venue.duplicates.inc();
    }

    void confirmed() {
      venue.confirmed.inc();
    }

    void disagreed() {
      venue.disagreements.inc();
    }

    void counted(IntervalState state, long intervals) {
      switch (state) {
        case FINAL -> finals.addAndGet(intervals);
        case VERIFIED_EMPTY -> empty.addAndGet(intervals);
        case UNRECOVERABLE -> unrecoverable.addAndGet(intervals);
        case MISSING, THROUGH -> throw new IllegalArgumentException("not counted: " + state);
      }
    }

    void missing(Intervals intervals) {
      missingMs.set(intervals.length());
      missingFromMs.set(intervals.isEmpty() ? NONE : intervals.from(0));
    }

    private StateCounts counts() {
      return new StateCounts(
          finals.get(), empty.get(), missingMs.get() / stepMs, unrecoverable.get(), 0);
    }
  }
}
