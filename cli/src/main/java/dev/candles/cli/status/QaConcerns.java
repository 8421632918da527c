package dev.candles.cli.status;

import dev.candles.cli.cluster.LiveJob;
import dev.candles.cli.status.Concern.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** What is wrong with the lake by its daily checks, and with the checks themselves. Pure. */
final class QaConcerns {
  /** Checks that are made every day and have not ended for so long are late. */
  private static final long LATE_MS = Duration.ofDays(2).toMillis();

  /** A collector that was away begins an hour after its start, and the checks may take two. */
  private static final long MADE_UP_MS = Duration.ofHours(3).toMillis();

  private static final String UNSEEN = "not known: what they would find is not seen";

  private QaConcerns() {}

  /** Those of a status; none if all is well. */
  static List<Concern> of(Status status) {
    List<Concern> concerns = new ArrayList<>();
    found(status).ifPresent(concerns::add);
    failing(status).or(() -> late(status)).ifPresent(concerns::add);
    return concerns;
  }

  private static Optional<Concern> found(Status status) {
    return status
        .qa()
        .last()
        .filter(last -> !last.passed())
        .map(
            last ->
                act(
                    "the last QA found something",
                    status.marketMs(last.atMs()),
                    "nothing by itself: read its report",
                    "with the next QA of the whole lake that passes",
                    "not known: its report says so"));
  }

  /** That they could not run is told once, so it holds until it is taken back. */
  private static Optional<Concern> failing(Status status) {
    OptionalLong since = status.qa().failingSinceMs();
    return since.isEmpty()
        ? Optional.empty()
        : Optional.of(
            act(
                "the daily checks cannot run",
                since.getAsLong(),
                "they are tried again every day: why they could not run is in the log (qa_failed),"
                    + " and in reports/qa-last.log of the lake if the collector makes them",
                "with the next daily checks that end",
                UNSEEN));
  }

  /** By a real clock only: nobody checks a simulation every day. */
  private static Optional<Concern> late(Status status) {
    boolean isThere =
        status.isRunning()
            && status
                .job()
                .map(LiveJob::sinceMs)
                .filter(sinceMs -> status.realMs() - sinceMs >= MADE_UP_MS)
                .isPresent();
    OptionalLong endedMs =
        status
            .qa()
            .last()
            .map(last -> OptionalLong.of(last.atMs()))
            .orElseGet(() -> status.qa().begunMs());
    if (!status.clock().isReal() || !isThere || endedMs.isEmpty()) {
      return Optional.empty();
    }
    long lateMs = status.realMs() - endedMs.getAsLong();
    return lateMs < LATE_MS
        ? Optional.empty()
        : Optional.of(
            act(
                status.qa().last().isEmpty()
                    ? "no report of checks of the whole lake is found"
                    : "no daily checks have ended for " + Duration.ofMillis(lateMs).toDays() + " d",
                endedMs.getAsLong(),
                "nothing by itself: ./candles qa makes them now; see why whoever makes them every"
                    + " day does not: `qa` of the configuration, a timer, a service",
                "with the next checks of the whole lake that end",
                UNSEEN));
  }

  private static Concern act(String what, long sinceMs, String doing, String over, String lost) {
    return Concern.of(Level.ACT, what, OptionalLong.of(sinceMs), doing, over, lost);
  }
}
