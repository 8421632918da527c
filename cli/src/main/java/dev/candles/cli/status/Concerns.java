package dev.candles.cli.status;

import dev.candles.cli.cluster.LiveJob;
import dev.candles.cli.status.Concern.Level;
import dev.candles.core.coverage.GapRecord;
import dev.candles.core.coverage.Newest;
import dev.candles.core.coverage.Reason;
import dev.candles.core.health.HealthState;
import dev.candles.sources.metrics.CollectorMetric;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * Tells from a status what is wrong, since when, what is done about it, when it is over and whether
 * data is lost. Pure.
 */
public final class Concerns {
  /** What is missing for less is usually repaired before anybody has read it. */
  private static final long FRESH_MS = Duration.ofMinutes(10).toMillis();

  /** A minute is final within a few; a venue of which nothing comes for longer is late. */
  private static final long LATE_MS = Duration.ofMinutes(10).toMillis();

  /** So many intervals of checkpoints without one are too many. */
  private static final long LATE_INTERVALS = 3;

  static final String NOT_LOST = "no";
  static final String AS_FAR_AS_KEPT =
      "not yet: what is missed is fetched afterwards, as far back as the venues keep it";

  private final Status status;
  private final List<Concern> concerns = new ArrayList<>();

  private Concerns(Status status) {
    this.status = status;
  }

  /** All of them, the worst first. */
  public static List<Concern> of(Status status) {
    Concerns all = new Concerns(status);
    all.collector();
    all.checkpoint();
    status.venues().forEach(all::venue);
    all.gaps();
    all.givenUp();
    all.qa();
    DiskConcern.of(status.disk(), all.isRunning()).ifPresent(all.concerns::add);
    all.forgetting();
    all.files();
    all.concerns.sort(Comparator.comparing(Concern::level));
    return List.copyOf(all.concerns);
  }

  private static OptionalLong unknown() {
    return OptionalLong.empty();
  }

  private void add(
      Level level, String what, OptionalLong sinceMs, String doing, String over, String lost) {
    concerns.add(new Concern(level, what, sinceMs, doing, unknown(), over, unknown(), lost));
  }

  private void collector() {
    if (!status.found().unanswered().isEmpty()) {
      add(
          Level.ACT,
          "the collector does not answer: " + String.join("; ", status.found().unanswered()),
          unknown(),
          "nothing by itself: look at its log and its process",
          "when it answers",
          AS_FAR_AS_KEPT);
    } else if (status.job().isEmpty()) {
      add(
          Level.ACT,
          "no collector runs",
          lastSignOfLife(),
          "nothing by itself: start one, ./candles run",
          "after the next start",
          AS_FAR_AS_KEPT);
    } else if (!status.job().get().state().equals("RUNNING")) {
      add(
          Level.MENDED,
          "the job is " + status.job().get().state(),
          unknown(),
          "Flink starts it again from the last checkpoint",
          "usually within a minute; if it stays so, the log says why",
          AS_FAR_AS_KEPT);
    }
  }

  private OptionalLong lastSignOfLife() {
    return status.checkpointMs() != 0
        ? OptionalLong.of(status.marketMs(status.checkpointMs()))
        : status.venues().stream()
            .flatMap(venue -> venue.newest().stream())
            .mapToLong(Newest::endMs)
            .max();
  }

  private boolean isRunning() {
    return status.job().map(LiveJob::state).filter("RUNNING"::equals).isPresent();
  }

  /** Files become visible with a checkpoint: nothing is late before a few were due. */
  private long lateMs() {
    long intervalMs = status.job().map(job -> job.checkpoints().intervalMs()).orElse(0L);
    return Math.max(LATE_MS, LATE_INTERVALS * intervalMs);
  }

  /** Since when there is to be another one, real time. */
  private long checkpointDueSinceMs() {
    return Math.max(status.checkpointMs(), status.job().map(LiveJob::sinceMs).orElse(0L));
  }

  /** Then the files say nothing of what has come since. */
  private boolean isCheckpointLate() {
    return status.job().isPresent() && status.realMs() - checkpointDueSinceMs() > lateMs();
  }

  private void checkpoint() {
    if (isCheckpointLate() && !status.disk().isFull()) {
      add(
          Level.ACT,
          "no checkpoint is complete, so no new file becomes visible",
          OptionalLong.of(status.marketMs(checkpointDueSinceMs())),
          "Flink tries again; the web UI and the log say why it fails",
          "with the next complete checkpoint",
          AS_FAR_AS_KEPT);
    }
  }

  private void venue(Status.Venue venue) {
    if (!isRunning()) {
      return;
    }
    if (isUnheard(venue)) {
      unheard(venue);
      return;
    }
    HealthState health = venue.health().orElse(HealthState.HEALTHY);
    long wanted = Math.round(venue.sum(CollectorMetric.CONNECTIONS).orElse(0.0));
    long active = Math.round(venue.sum(CollectorMetric.CONNECTIONS_ACTIVE).orElse(0.0));
    String links = active < wanted ? ", " + active + " of " + wanted + " links live" : "";
    if (health != HealthState.HEALTHY) {
      concerns.add(
          new Concern(
              Level.MENDED,
              venue.name() + " is " + health + failures(venue) + links,
              venue.healthSinceMs(),
              "the collector connects and asks again, ever less often",
              venue.nextRepairMs(),
              "after a few successes in a row: the venue has to answer",
              unknown(),
              AS_FAR_AS_KEPT));
      return;
    }
    if (!links.isEmpty()) {
      add(
          Level.NOTE,
          venue.name() + links,
          unknown(),
          "the collector connects again",
          "usually within a minute",
          NOT_LOST);
    }
    venue
        .newest()
        .filter(
            newest ->
                !isCheckpointLate()
                    && status.nowMs() - newest.endMs()
                        > lateMs() + newest.stream().timeframe().millis())
        .ifPresent(
            newest ->
                concerns.add(
                    new Concern(
                        Level.MENDED,
                        venue.name() + " has nothing new",
                        OptionalLong.of(newest.endMs()),
                        "what is missing is asked for by REST",
                        venue.nextRepairMs(),
                        "when the venue sends or answers again",
                        unknown(),
                        AS_FAR_AS_KEPT)));
  }

  private void unheard(Status.Venue venue) {
    add(
        Level.NOTE,
        "the running collector says nothing of "
            + venue.name()
            + ": not configured, or not heard yet",
        unknown(),
        "nothing, if it is not configured: ./candles forget takes it out of the account",
        "when it is heard, or forgotten",
        "not known: its open gaps are listed");
  }

  /** Whether the collector measures some venues, and not this one. */
  private boolean isUnheard(Status.Venue venue) {
    return isRunning()
        && status
            .job()
            .map(LiveJob::values)
            .filter(all -> !all.isEmpty())
            .filter(all -> all.stream().noneMatch(v -> v.venue().equals(venue.name())))
            .isPresent();
  }

  private static String failures(Status.Venue venue) {
    String all =
        venue.failures().entrySet().stream()
            .map(failure -> failure.getValue() + " " + failure.getKey())
            .collect(Collectors.joining(", "));
    return all.isEmpty() ? "" : ": " + all;
  }

  private record Sum(long intervals, long streams, long sinceMs) {
    String words(Status.Venue venue, String what, Reason reason) {
      return String.format(
          Locale.ROOT,
          "%s: %s of %s %s: %s",
          venue.name(),
          counted(intervals, "interval"),
          counted(streams, "stream"),
          what,
          Concerns.words(reason));
    }
  }

  private static Sum sum(List<GapRecord> gaps) {
    return new Sum(
        gaps.stream().mapToLong(GapRecord::intervals).sum(),
        gaps.stream().map(GapRecord::stream).distinct().count(),
        gaps.stream()
            .mapToLong(gap -> gap.open() ? gap.openedAtMs() : gap.closedAtMs())
            .filter(ms -> ms != 0)
            .min()
            .orElse(0));
  }

  private static String counted(long number, String word) {
    return String.format(Locale.ROOT, "%,d %s%s", number, word, number == 1 ? "" : "s");
  }

  private static OptionalLong time(long epochMs) {
    return epochMs == 0 ? unknown() : OptionalLong.of(epochMs);
  }

  private void gaps() {
    List<GapRecord> open = status.openGaps().stream().filter(gap -> !isUnreadYet(gap)).toList();
    for (Status.Venue venue : status.venues()) {
      if (isUnheard(venue)) {
        continue;
      }
      of(venue, open).forEach((reason, gaps) -> concerns.add(gap(venue, reason, sum(gaps))));
    }
  }

  /** What a look across a checkpoint read one half of; the next look reads the other. */
  private boolean isUnreadYet(GapRecord gap) {
    long firstEndMs = gap.fromMs() + gap.stream().timeframe().millis();
    return isRunning() && gap.state() == null && status.nowMs() - firstEndMs < lateMs();
  }

  /** Those of a venue, by why. */
  private static Map<Reason, List<GapRecord>> of(Status.Venue venue, List<GapRecord> gaps) {
    return gaps.stream()
        .filter(gap -> gap.stream().venue().equals(venue.name()))
        .collect(
            Collectors.groupingBy(
                GapRecord::reason, () -> new EnumMap<>(Reason.class), Collectors.toList()));
  }

  private Concern gap(Status.Venue venue, Reason reason, Sum sum) {
    boolean recent = sum.sinceMs != 0 && status.nowMs() - sum.sinceMs < FRESH_MS;
    boolean fresh = recent || (reason == Reason.HISTORY && venue.repairsTake().isPresent());
    boolean down = venue.health().filter(HealthState.DOWN::equals).isPresent();
    OptionalLong overMs =
        venue
            .repairsTake()
            .map(take -> OptionalLong.of(status.nowMs() + take.toMillis()))
            .orElse(unknown());
    String over = fresh ? "usually within minutes" : "no estimate: nothing was filled of late";
    if (down) {
      over = "when the venue answers again";
    } else if (!isRunning()) {
      over = "after the next start";
    }
    return new Concern(
        fresh || !isRunning() ? Level.NOTE : Level.MENDED,
        sum.words(venue, "missing", reason),
        time(sum.sinceMs),
        isRunning() ? repairs(venue) : "nothing as long as no collector runs",
        isRunning() ? venue.nextRepairMs() : unknown(),
        overMs.isPresent() ? "at the pace of late" : over,
        overMs,
        "not yet: the venue is asked until it answers");
  }

  private static String repairs(Status.Venue venue) {
    long open = Math.round(venue.sum(CollectorMetric.REPAIRS_OPEN).orElse(0.0));
    return open == 0
        ? "REST is asked for them now"
        : "REST is asked for them, " + counted(open, "repair") + " to do";
  }

  private static String words(Reason reason) {
    return switch (reason) {
      case HISTORY -> "history that is still to be fetched";
      case NOT_CLOSED -> "the venue did not close them in time";
      case SKIPPED -> "the feed went on without them";
      case BEFORE_LISTING -> "the market was not listed yet";
      case NO_PROOF -> "what the venue answers proves neither a candle nor silence";
      case BASE -> "a minute in them is missing";
      case NONE -> "nobody has accounted for them yet";
      case AWAY -> "the collector was away";
      case NOT_CONFIRMED -> "REST did not confirm them in time";
    };
  }

  private void givenUp() {
    for (Status.Venue venue : status.venues()) {
      of(venue, status.givenUp())
          .forEach(
              (reason, gaps) -> {
                Sum sum = sum(gaps);
                boolean never = reason == Reason.BEFORE_LISTING;
                add(
                    Level.NOTE,
                    sum.words(venue, "given up", reason),
                    time(sum.sinceMs),
                    "asked for again once a day",
                    "never, unless the venue answers better",
                    never ? "no: there was nothing to collect" : "yes, these intervals");
              });
    }
  }

  private void qa() {
    status
        .qa()
        .filter(qa -> !qa.passed())
        .ifPresent(
            qa ->
                add(
                    Level.ACT,
                    "the last QA found something",
                    OptionalLong.of(status.marketMs(qa.atMs())),
                    "nothing by itself: read its report",
                    "with the next QA that passes",
                    "its report says so"));
  }

  private void forgetting() {
    status
        .halfForgotten()
        .ifPresent(
            begun ->
                add(
                    Level.ACT,
                    begun,
                    unknown(),
                    "nothing by itself, and a collector of such a stream does not start",
                    "when it is finished",
                    "no: what was taken out lies below forgotten/"));
  }

  private void files() {
    long unreadable = status.reading().unreadableFiles();
    if (unreadable > 0) {
      add(
          Level.NOTE,
          counted(unreadable, "file") + " of the lake that cannot be read",
          unknown(),
          "what they held is fetched again at the next start; QA names them",
          "when they are moved away",
          "not as far as the venues still have it");
    }
  }
}
