package dev.candles.cli.status;

import dev.candles.cli.account.Columns;
import dev.candles.cli.account.GapTable;
import dev.candles.cli.cluster.LiveJob;
import dev.candles.cli.status.Concern.Level;
import dev.candles.core.coverage.GapRecord;
import dev.candles.core.coverage.StateCounts;
import dev.candles.core.coverage.StreamDays;
import dev.candles.core.watch.DiskStanding;
import dev.candles.sources.metrics.CollectorMetric;
import dev.candles.text.ByteText;
import dev.candles.text.Counted;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The status as lines for people. Pure. */
public final class StatusPage {
  private static final int MOST_GAPS = 10;
  private static final long MANY_DAYS = 3_650;
  private static final List<Integer> NUMBERS = List.of(2, 3, 5, 6, 7, 8, 9, 10, 11);
  private static final String UNKNOWN = "-";
  private static final Pattern NO = Pattern.compile("no\\b");

  private final Status status;

  public StatusPage(Status status) {
    this.status = status;
  }

  /** The lines to print: what is wrong with its answers, how all stands, what is good to know. */
  public List<String> lines() {
    List<Concern> concerns = Concerns.of(status);
    List<String> lines = new ArrayList<>();
    lines.add("Now         " + Verdict.of(status, concerns).words());
    lines.add("Data lost   " + lost(concerns));
    concerns.stream()
        .filter(concern -> concern.level() != Level.NOTE)
        .forEach(concern -> lines.addAll(lines(concern)));
    lines.add("");
    lines.addAll(standing());
    lines.add("");
    lines.addAll(Columns.align(venues(), NUMBERS));
    lines.add("");
    List<Concern> notes = concerns.stream().filter(one -> one.level() == Level.NOTE).toList();
    notes.forEach(note -> lines.addAll(note(note)));
    if (!notes.isEmpty()) {
      lines.add("");
    }
    lines.addAll(gaps());
    return lines;
  }

  private List<String> standing() {
    List<String> lines = new ArrayList<>();
    lines.add("Collector   " + collector());
    lines.add("Lake        " + status.lake() + ", as of " + time(status.nowMs()));
    status
        .clock()
        .told()
        .ifPresent(
            told ->
                lines.add(
                    "Clock       "
                        + told
                        + "; the ages of start, checkpoint, compaction and QA are real"));
    lines.add("Checkpoint  " + ago(status.checkpointMs()));
    lines.add("Compaction  " + ago(status.usage().compactedMs()));
    lines.add(
        "QA          "
            + status.qa().last().map(this::qa).orElse("no report of the whole lake found"));
    lines.add("Disk        " + disk());
    return lines;
  }

  /** The worst answer of all, and of what is lost how much; no only if all say so. */
  private String lost(List<Concern> concerns) {
    Optional<String> lost = GapConcerns.lost(status);
    if (lost.isPresent()) {
      return lost.get();
    }
    List<String> answers =
        concerns.stream().map(Concern::lost).filter(each -> !NO.matcher(each).lookingAt()).toList();
    return Stream.of("yes", "not yet", "not known", "")
        .flatMap(begin -> answers.stream().filter(each -> each.startsWith(begin)))
        .findFirst()
        .orElse(Concerns.NOT_LOST);
  }

  private List<String> lines(Concern concern) {
    return List.of(
        head(concern),
        "            being done: " + doing(concern),
        "            over: " + over(concern),
        "            data lost: " + concern.lost());
  }

  /** Shorter: nothing is to be done. */
  private List<String> note(Concern note) {
    return List.of(
        head(note),
        "            being done: " + doing(note),
        "            over: " + over(note) + "; data lost: " + note.lost());
  }

  private static String head(Concern concern) {
    String since =
        concern.sinceMs().isEmpty() ? "" : ", since " + time(concern.sinceMs().getAsLong());
    return String.format(Locale.ROOT, "%-12s%s%s", concern.level().words(), concern.what(), since);
  }

  private static String doing(Concern concern) {
    return concern.nextMs().isEmpty()
        ? concern.doing()
        : concern.doing() + ", next try " + time(concern.nextMs().getAsLong());
  }

  private String over(Concern concern) {
    if (concern.overMs().isEmpty()) {
      return concern.over();
    }
    long overMs = concern.overMs().getAsLong();
    return (overMs > status.nowMs() ? "about " : "since ") + time(overMs) + ", " + concern.over();
  }

  private String collector() {
    if (!status.found().unanswered().isEmpty()) {
      return "DOES NOT ANSWER: " + String.join("; ", status.found().unanswered());
    }
    if (status.job().isEmpty()) {
      return "NOT RUNNING; below is what the lake holds"
          + (status.venuesGone() ? "" : ". Start one: " + status.advice().in("./candles run"));
    }
    LiveJob job = status.job().get();
    return String.format(
        Locale.ROOT,
        "%s, started %s, %s, job %s",
        job.state(),
        ago(job.sinceMs()),
        job.at(),
        job.id());
  }

  private String qa(QaVerdict qa) {
    return (qa.passed() ? "passed " : "FOUND SOMETHING ") + ago(qa.atMs()) + ", " + qa.file();
  }

  private String disk() {
    DiskStanding disk = status.disk();
    String free = disk.isKnown() ? disk.room() : "free: unknown";
    OptionalLong perDay = status.bytesPerDay();
    String growth =
        perDay.isEmpty() ? "" : ", " + ByteText.of(perDay.getAsLong()) + " a day as today";
    OptionalLong days = disk.fullInMs() < 0 ? status.daysLeft() : OptionalLong.empty();
    String left = days.isEmpty() ? "" : ", full in " + days(days.getAsLong());
    return ByteText.of(status.usage().bytes()) + " used, " + free + growth + left;
  }

  private static String days(long days) {
    return days > MANY_DAYS ? "more than ten years" : Counted.of(days, "day");
  }

  private List<List<String>> venues() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of(
            "VENUE",
            "HEALTH",
            "LINKS",
            "STREAMS",
            "NEWEST",
            "SETTLED",
            "OPEN GAPS",
            "WRITTEN",
            "REPEATS",
            "REVISED",
            "REJECTS",
            "FAILED/H"));
    status.venues().forEach(venue -> rows.add(row(venue)));
    return rows;
  }

  private List<String> row(Status.Venue venue) {
    StateCounts counts = venue.counts();
    return List.of(
        venue.name(),
        venue.health().map(Enum::name).orElse(UNKNOWN),
        whole(venue.sum(CollectorMetric.CONNECTIONS_ACTIVE))
            + "/"
            + whole(venue.sum(CollectorMetric.CONNECTIONS)),
        String.valueOf(venue.streams()),
        venue.newest().map(newest -> newest.age(status.nowMs())).orElse("never"),
        String.format(Locale.ROOT, "%.2f%%", counts.percent(counts.whole())),
        String.valueOf(venue.openGaps()),
        whole(venue.sum(CollectorMetric.WRITTEN)),
        whole(venue.sum(CollectorMetric.DUPLICATES)),
        whole(venue.sum(CollectorMetric.REVISIONS)),
        whole(venue.sum(CollectorMetric.REJECTS)),
        venue
            .errorRatePercent()
            .map(percent -> String.format(Locale.ROOT, "%.2f%%", percent))
            .orElse(UNKNOWN));
  }

  private static String whole(Optional<Double> value) {
    return value.map(number -> String.format(Locale.ROOT, "%.0f", number)).orElse(UNKNOWN);
  }

  private List<String> gaps() {
    List<GapRecord> open = status.openGaps();
    List<String> lines = new ArrayList<>();
    if (open.isEmpty()) {
      lines.add("No open gaps.");
      return lines;
    }
    long reachMs = status.reading().streams().stream().mapToLong(StreamDays::toMs).max().orElse(0);
    GapTable table = new GapTable(open.subList(0, Math.min(MOST_GAPS, open.size())), reachMs);
    lines.addAll(table.lines());
    if (open.size() > MOST_GAPS) {
      lines.add(
          "and "
              + (open.size() - MOST_GAPS)
              + " more: "
              + status.advice().in("./candles gaps --open"));
    }
    lines.add("");
    lines.addAll(table.legend());
    return lines;
  }

  private String ago(long realMs) {
    if (realMs == 0) {
      return "never";
    }
    Duration age = Duration.ofMillis(Math.max(0, status.realMs() - realMs));
    if (age.toDays() > 1) {
      return age.toDays() + " d ago";
    }
    if (age.toHours() > 1) {
      return age.toHours() + " h ago";
    }
    return age.toMinutes() > 1 ? age.toMinutes() + " min ago" : age.toSeconds() + " s ago";
  }

  private static String time(long epochMs) {
    return Instant.ofEpochMilli(epochMs).truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
