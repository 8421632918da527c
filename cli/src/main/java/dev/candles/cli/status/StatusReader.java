package dev.candles.cli.status;

import dev.candles.cli.advice.Advice;
import dev.candles.cli.cluster.LiveJob;
import dev.candles.cli.cluster.Target;
import dev.candles.cli.embedded.HalfForgotten;
import dev.candles.cli.embedded.LakeHold;
import dev.candles.core.time.MarketClock;
import dev.candles.core.watch.DiskBounds;
import dev.candles.core.watch.DiskRule;
import dev.candles.core.watch.DiskStanding;
import dev.candles.lake.disk.DiskSpace;
import dev.candles.lake.layout.Dates;
import dev.candles.lake.layout.LakeLayout;
import dev.candles.lake.state.LakeLease;
import dev.candles.lake.state.StateFiles;
import dev.candles.lake.state.UnlistedSymbols;
import dev.candles.lake.view.LakeLook;
import dev.candles.lake.view.LakeUsage;
import dev.candles.lake.view.LakeWatch;
import dev.candles.sources.metrics.CollectorMetric;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Looks at a collector and its lake, once or again and again: the first look reads the lake, later
 * ones what changed in it ({@link LakeWatch}). The disk's use is counted file by file, so it may be
 * some minutes old. One thread at a time.
 */
public final class StatusReader {
  private static final long USAGE_MS = Duration.ofMinutes(1).toMillis();

  /** Counting files takes at most this part of the time. */
  private static final long USAGE_PART = 50;

  private final Around around;
  private final Path root;
  private final MarketClock clock;
  private final Places places;
  private final LakeWatch watch;
  private final DiskRule disk;
  private final LakeLease lease;
  private final UnlistedSymbols unlisted;
  private final Map<String, RepairPace> paces = new HashMap<>();
  private LakeUsage usage = new LakeUsage(0, 0, 0);
  private long usageUntilMs;
  private LocalDate usageDate = LocalDate.MIN;
  private String pacesOf = "";

  /**
   * What the lake's look is not.
   *
   * @param advice what commands have to repeat that people are told to type
   * @param venuesGone asked where nothing runs: whether the venues were simulated and are gone for
   *     good
   */
  public record Around(Advice advice, BooleanSupplier venuesGone) {
    /** Where nothing is known of it. */
    public static final Around UNKNOWN = new Around(Advice.PLAIN, () -> false);
  }

  /** Says where a collector may be. */
  @FunctionalInterface
  public interface Places {
    /**
     * Those where to look, in this order.
     *
     * @param unanswered gets why nobody can tell of some
     */
    List<Target> of(List<String> unanswered) throws IOException;
  }

  /**
   * @param root of the lake
   * @param clock tells market time
   * @param bounds when the disk is short of space, as long as no collector says how it stands
   * @param around what else is told
   */
  public StatusReader(
      Path root, MarketClock clock, Places places, DiskBounds bounds, Around around) {
    this(root, clock, places, bounds, around, LakeHold.lease(root));
  }

  StatusReader(
      Path root,
      MarketClock clock,
      Places places,
      DiskBounds bounds,
      Around around,
      LakeLease lease) {
    this.around = around;
    this.root = root;
    this.clock = clock;
    this.places = places;
    this.watch = new LakeWatch(root);
    this.disk = new DiskRule(bounds);
    this.lease = lease;
    this.unlisted = new UnlistedSymbols(new LakeLayout(root));
  }

  /** The place of a lake's own collector on this machine, if one has noted its port. */
  public static List<Target> embedded(Path root) throws IOException {
    List<Target> places = new ArrayList<>();
    new StateFiles(new LakeLayout(root))
        .webUi()
        .ifPresent(port -> places.add(LiveJob.embedded(port)));
    return places;
  }

  /** How far the look that is under way is, see {@link LakeWatch#progress}; for any thread. */
  public String progress() {
    return watch.progress();
  }

  /**
   * Looks.
   *
   * @throws IOException if the lake cannot be read
   */
  public Status look() throws IOException, InterruptedException {
    List<String> unanswered = new ArrayList<>();
    List<String> guesses = new ArrayList<>();
    LiveJob.Found found = LiveJob.find(places.of(unanswered), root, guesses).with(unanswered);
    if (isNothingThere(found)) {
      List<String> writer = unseen(); // without one it is another program that does not answer
      found = writer.isEmpty() ? found : found.with(guesses).with(writer);
    }
    LakeLook reading =
        watch.look(() -> clock.marketAt(System.currentTimeMillis()), System.currentTimeMillis());
    long realMs = System.currentTimeMillis();
    LocalDate today = Dates.of(reading.nowMs());
    if (realMs >= usageUntilMs || !today.equals(usageDate)) {
      usage = LakeUsage.of(root, today);
      usageDate = today;
      long tookMs = System.currentTimeMillis() - realMs;
      usageUntilMs = realMs + Math.max(USAGE_MS, USAGE_PART * tookMs);
    }
    return new Status(
        root,
        clock,
        found,
        reading,
        usage,
        disk(found),
        QaLook.of(root, realMs),
        HalfForgotten.of(new LakeLayout(root)),
        unlisted.all(),
        checkpointMs(found, realMs),
        found.job().map(job -> take(job, realMs)).orElse(Map.of()),
        around.advice(),
        isNothingThere(found) && around.venuesGone().getAsBoolean(),
        realMs);
  }

  private static boolean isNothingThere(LiveJob.Found found) {
    return found.job().isEmpty() && found.unanswered().isEmpty();
  }

  /** The collector's word, which it acts by; without it, what the same rule says of looks here. */
  private DiskStanding disk(LiveJob.Found found) throws IOException {
    DiskSpace here = DiskSpace.of(root);
    long nowMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    DiskStanding own = disk.take(here.freeBytes(), here.totalBytes(), nowMs);
    return found.job().map(LiveJob::disk).filter(DiskStanding::isKnown).orElse(own);
  }

  /** Whoever has the lake and is at none of the places: of another container, for example. */
  private List<String> unseen() throws IOException {
    return LakeHold.writer(root, lease)
        .map(
            who ->
                who.name()
                    + ", alive and not found from here: it starts or ends, or is elsewhere: look"
                    + " with --target HOST:PORT")
        .stream()
        .toList();
  }

  /** In the lake, or elsewhere as the job tells. */
  private long checkpointMs(LiveJob.Found found, long realMs) throws IOException {
    return Math.max(
        new StateFiles(new LakeLayout(root))
            .newest(realMs)
            .map(StateFiles.Snapshot::completedMs)
            .orElse(0L),
        found.job().map(job -> job.checkpoints().completedMs()).orElse(0L));
  }

  private Map<String, Duration> take(LiveJob job, long realMs) {
    if (!job.id().equals(pacesOf)) {
      paces.clear(); // a job that starts counts anew
      pacesOf = job.id();
    }
    Map<String, Duration> take = new HashMap<>();
    job.values().stream()
        .map(LiveJob.Value::venue)
        .distinct()
        .forEach(
            venue ->
                job.sum(CollectorMetric.OPEN_GAP_MINUTES, venue)
                    .flatMap(
                        open ->
                            paces
                                .computeIfAbsent(venue, v -> new RepairPace())
                                .look(realMs, Math.round(open)))
                    .ifPresent(rest -> take.put(venue, rest)));
    return take;
  }
}
