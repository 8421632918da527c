package dev.candles.cli.status;

import dev.candles.cli.advice.Advice;
import dev.candles.cli.cluster.LiveJob;
import dev.candles.core.coverage.GapRecord;
import dev.candles.core.coverage.Newest;
import dev.candles.core.coverage.StateCounts;
import dev.candles.core.coverage.StreamDays;
import dev.candles.core.health.HealthState;
import dev.candles.core.health.Part;
import dev.candles.core.health.Trouble;
import dev.candles.core.health.VenueHealth;
import dev.candles.core.time.MarketClock;
import dev.candles.core.watch.DiskStanding;
import dev.candles.lake.state.UnlistedSymbols;
import dev.candles.lake.view.LakeLook;
import dev.candles.lake.view.LakeUsage;
import dev.candles.sources.metrics.CollectorMetric;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * All that is shown. Pure.
 *
 * @param lake the lake's root
 * @param clock tells market time
 * @param found the collector that runs, if one does
 * @param realMs when this was looked at, real time, epoch ms
 * @param disk how it stands by the collector's word; without one, as one that starts would say
 * @param unlisted configured symbols that their venues do not list, as the collector noted last
 * @param checkpointMs when the newest complete checkpoint or savepoint was, real time; 0 if the
 *     lake has none
 * @param halfForgotten what a killed forget has left half-done, for people
 * @param repairsTake by venue in which real time its gaps are filled at the pace of late; without
 *     those of which nobody can tell
 * @param advice what the commands have to repeat that people are told to type
 * @param venuesGone whether nothing runs, and the venues were simulated ones that nobody will serve
 *     again
 */
public record Status(
    Path lake,
    MarketClock clock,
    LiveJob.Found found,
    LakeLook reading,
    LakeUsage usage,
    DiskStanding disk,
    QaLook qa,
    Optional<String> halfForgotten,
    List<UnlistedSymbols.Symbol> unlisted,
    long checkpointMs,
    Map<String, Duration> repairsTake,
    Advice advice,
    boolean venuesGone,
    long realMs) {
  private static final long DAY_MS = Duration.ofDays(1).toMillis();

  /** Of less of a day nobody can tell how much a whole one brings. */
  private static final long LEAST_OF_DAY_MS = Duration.ofHours(1).toMillis();

  /** The collector that runs; empty if none does, or none is known to. */
  public Optional<LiveJob> job() {
    return found.job();
  }

  /** Market time, epoch ms, UTC. */
  public long nowMs() {
    return reading.nowMs();
  }

  /** Those that have neither a candle nor a proof yet. */
  public List<GapRecord> openGaps() {
    return lacking(GapRecord::open);
  }

  /** Those that were given up. */
  public List<GapRecord> givenUp() {
    return lacking(gap -> !gap.open());
  }

  private List<GapRecord> lacking(Predicate<GapRecord> wanted) {
    return reading.streams().stream()
        .flatMap(stream -> stream.lacking().stream())
        .filter(wanted)
        .toList();
  }

  /** The market time of a real one. */
  long marketMs(long atRealMs) {
    return clock.marketAt(atRealMs);
  }

  /** Whether the collector is at work. */
  boolean isRunning() {
    return job().map(LiveJob::state).filter("RUNNING"::equals).isPresent();
  }

  /** Whether the collector measures some venues, and not this one. */
  boolean isUnheard(String venue) {
    return isRunning()
        && job()
            .map(LiveJob::values)
            .filter(all -> !all.isEmpty())
            .filter(all -> all.stream().noneMatch(value -> value.venue().equals(venue)))
            .isPresent();
  }

  /** Whether its venue does not list the symbol of a gap, so that nobody fetches it. */
  boolean isUnlisted(GapRecord gap) {
    return unlisted.stream()
        .anyMatch(
            each ->
                each.venue().equals(gap.stream().venue())
                    && each.symbol().equals(gap.stream().symbol()));
  }

  /** The lake's venues, and those that the collector has of which the lake holds nothing yet. */
  public List<Venue> venues() {
    return Stream.concat(
            reading.streams().stream().map(stream -> stream.stream().venue()),
            job().stream().flatMap(live -> live.values().stream()).map(LiveJob.Value::venue))
        .distinct()
        .sorted()
        .map(Venue::new)
        .toList();
  }

  /** Bytes of a whole day at what today has brought; empty early in the day. */
  public OptionalLong bytesPerDay() {
    long ofDayMs = Math.floorMod(nowMs(), DAY_MS);
    return ofDayMs < LEAST_OF_DAY_MS
        ? OptionalLong.empty()
        : OptionalLong.of(Math.round((double) usage.dayBytes() * DAY_MS / ofDayMs));
  }

  /** Days until the disk is full at what today has brought. */
  public OptionalLong daysLeft() {
    OptionalLong perDay = bytesPerDay();
    return perDay.isEmpty() || perDay.getAsLong() == 0 || !disk.isKnown()
        ? OptionalLong.empty()
        : OptionalLong.of(disk.freeBytes() / perDay.getAsLong());
  }

  /** One venue: what the lake holds of it, and what the collector measures. */
  public final class Venue {
    private final String name;
    private final List<StreamDays> streams;

    private Venue(String name) {
      this.name = name;
      this.streams =
          reading.streams().stream()
              .filter(stream -> stream.stream().venue().equals(name))
              .toList();
    }

    public String name() {
      return name;
    }

    /** Streams in the lake. */
    public int streams() {
      return streams.size();
    }

    /** Its newest interval with a candle or a proof of silence; empty if there is none. */
    public Optional<Newest> newest() {
      return streams.stream()
          .map(StreamDays::newest)
          .filter(newest -> !newest.isNone())
          .max(Comparator.comparingLong(Newest::endMs));
    }

    /** Intervals per state. */
    public StateCounts counts() {
      return streams.stream().map(StreamDays::counts).reduce(StateCounts.NONE, StateCounts::plus);
    }

    /** What its streams lack: open, or given up. */
    public List<GapRecord> lacking() {
      return streams.stream().flatMap(stream -> stream.lacking().stream()).toList();
    }

    /** Open gaps, of all timeframes. */
    public long openGaps() {
      return lacking().stream().filter(GapRecord::open).count();
    }

    /** Empty if no collector runs, or none has told yet. */
    public Optional<HealthState> health() {
      return job()
          .flatMap(live -> live.max(CollectorMetric.HEALTH, name))
          .flatMap(
              level ->
                  Arrays.stream(HealthState.values())
                      .filter(state -> state.level() == level.intValue())
                      .findFirst());
    }

    /** Since when it is so, market time, epoch ms, UTC. */
    public OptionalLong healthSinceMs() {
      return time(CollectorMetric.HEALTH_SINCE_MS);
    }

    /**
     * When the first failure of what lasts was, market time, epoch ms, UTC; empty if none lasts.
     */
    public OptionalLong troubleSinceMs() {
      OptionalLong first = time(CollectorMetric.TROUBLE_SINCE_MS);
      boolean isIll = health().filter(state -> state != HealthState.HEALTHY).isPresent();
      return first.isPresent() || !isIll ? first : healthSinceMs();
    }

    /**
     * Since when it is as it is: healthy, or in what made it ill; market time, epoch ms, UTC. A
     * failure or two leave it healthy.
     */
    public OptionalLong sinceMs() {
      return health().filter(state -> state != HealthState.HEALTHY).isPresent()
          ? troubleSinceMs()
          : healthSinceMs();
    }

    /**
     * Since when a part of it fails, market time, epoch ms, UTC; 0 if it answers; empty if nobody
     * can tell.
     */
    public OptionalLong failsSinceMs(Part part) {
      return part(CollectorMetric.FAILS_SINCE_MS, part);
    }

    boolean fails(Part part) {
      return failsSinceMs(part).orElse(0) > 0;
    }

    boolean answers(Part part) {
      return failsSinceMs(part).orElse(VenueHealth.UNHEARD) == 0;
    }

    private OptionalLong part(CollectorMetric metric, Part part) {
      long value =
          job()
              .flatMap(live -> live.max(metric, name, part.word()))
              .map(Math::round)
              .orElse(VenueHealth.UNHEARD);
      return value == VenueHealth.UNHEARD ? OptionalLong.empty() : OptionalLong.of(value);
    }

    /** The last trouble that had made it ill and is over; empty if there was none. */
    public Optional<Trouble> pastTrouble() {
      long feedMs = part(CollectorMetric.PAST_TROUBLE_FROM_MS, Part.FEED).orElse(0);
      long restMs = part(CollectorMetric.PAST_TROUBLE_FROM_MS, Part.REST).orElse(0);
      Part any = feedMs != 0 ? Part.FEED : Part.REST;
      OptionalLong untilMs = part(CollectorMetric.PAST_TROUBLE_UNTIL_MS, any);
      return feedMs + restMs == 0 || untilMs.isEmpty()
          ? Optional.empty()
          : Optional.of(
              new Trouble(Math.max(feedMs, restMs), untilMs.getAsLong(), feedMs != 0, restMs != 0));
    }

    /** When the next connection is tried, market time, epoch ms, UTC; empty if all have data. */
    public OptionalLong nextConnectMs() {
      long atMs =
          job()
              .flatMap(live -> live.min(CollectorMetric.NEXT_CONNECT_MS, name))
              .map(Math::round)
              .orElse(CollectorMetric.NEVER_MS);
      return atMs == CollectorMetric.NEVER_MS ? OptionalLong.empty() : OptionalLong.of(atMs);
    }

    /** Failures among what it said within an hour, per cent; empty if nothing counts yet. */
    public Optional<Double> errorRatePercent() {
      return max(CollectorMetric.ERROR_RATE_PERCENT).filter(percent -> percent >= 0);
    }

    /** The failures that count for its health, by the alerts' word for why. */
    public SortedMap<String, Long> failures() {
      return job()
          .map(live -> live.sums(CollectorMetric.HEALTH_FAILURES, name))
          .orElseGet(TreeMap::new);
    }

    /** When REST is asked next for what is missing, market time, epoch ms, UTC. */
    public OptionalLong nextRepairMs() {
      return time(CollectorMetric.NEXT_REPAIR_MS);
    }

    /** In which real time its gaps are filled at the pace of late. */
    public Optional<Duration> repairsTake() {
      return Optional.ofNullable(repairsTake.get(name));
    }

    private OptionalLong time(CollectorMetric metric) {
      long atMs = max(metric).map(Math::round).orElse(0L);
      return atMs == 0 ? OptionalLong.empty() : OptionalLong.of(atMs);
    }

    /** A sum over all operators and subtasks of the collector that runs. */
    public Optional<Double> sum(CollectorMetric metric) {
      return job().flatMap(live -> live.sum(metric, name));
    }

    /** The largest value of the collector that runs. */
    public Optional<Double> max(CollectorMetric metric) {
      return job().flatMap(live -> live.max(metric, name));
    }
  }
}
