package dev.candles.cli.status;

import dev.candles.cli.status.Concern.Level;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.coverage.GapRecord;
import dev.candles.core.health.FailureReason;
import dev.candles.core.health.HealthState;
import dev.candles.core.health.Part;
import dev.candles.core.health.Trouble;
import dev.candles.sources.metrics.CollectorMetric;
import dev.candles.text.Counted;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * What is wrong with a venue that the running collector hears of, and what was until an hour ago:
 * its health, its links, what is new of it. Pure.
 */
final class VenueConcerns {
  private static final long TOLD_MS = Duration.ofHours(1).toMillis();

  /** What a minute lacks is noted some seconds after its end, or when the next trade comes. */
  private static final long NOTED_MS = Duration.ofMinutes(1).toMillis();

  private static final String CONNECTS = "the collector connects again, at least every 30 s";
  private static final String ASKS =
      "REST is asked again, about once a minute, or when its Retry-After is over";

  private final Status status;
  private final Status.Venue venue;
  private final List<Concern> concerns = new ArrayList<>();

  private VenueConcerns(Status status, Status.Venue venue) {
    this.status = status;
    this.venue = venue;
  }

  static List<Concern> of(Status status, Status.Venue venue) {
    VenueConcerns all = new VenueConcerns(status, venue);
    if (venue.health().filter(state -> state != HealthState.HEALTHY).isPresent()) {
      all.ill(venue.health().get());
      return all.concerns;
    }
    all.links();
    all.late();
    venue
        .pastTrouble()
        .filter(past -> status.nowMs() - past.untilMs() < TOLD_MS)
        .ifPresent(all::past);
    return all.concerns;
  }

  private void ill(HealthState health) {
    boolean feed = venue.fails(Part.FEED);
    boolean rest = venue.fails(Part.REST);
    boolean helped = feed && !rest && venue.answers(Part.REST);
    concerns.add(
        new Concern(
            Level.MENDED,
            venue.name() + what() + detail(health),
            venue.troubleSinceMs(),
            doing(feed, rest, helped),
            nextTryMs(feed),
            over(feed, rest),
            OptionalLong.empty(),
            helped
                ? "no, as long as REST answers: it fetches what the feed misses"
                : Concerns.AS_FAR_AS_KEPT));
  }

  private static String over(boolean feed, boolean rest) {
    String who = feed && rest ? "both answer" : feed ? "its feed answers" : "REST answers";
    return feed || rest
        ? "when " + who + ", a few times in a row"
        : "after a few successes in a row, which take some minutes";
  }

  /** The next connection and the next question are two things. */
  private OptionalLong nextTryMs(boolean feed) {
    return feed && venue.nextConnectMs().isPresent()
        ? venue.nextConnectMs()
        : venue.answers(Part.REST) ? OptionalLong.empty() : venue.nextRepairMs();
  }

  private String what() {
    boolean feed = venue.fails(Part.FEED);
    boolean rest = venue.fails(Part.REST);
    String ofFeed = active() > 0 ? "part of its feed" : "its feed";
    if (feed && rest) {
      return isAskedToSlowDown()
          ? ": " + ofFeed + " is away, and " + restFails()
          : " is away: neither " + ofFeed + " nor REST answers";
    }
    if (feed) {
      return ": " + ofFeed + " is away" + (venue.answers(Part.REST) ? ", REST answers" : "");
    }
    if (rest) {
      return ": " + restFails() + (venue.answers(Part.FEED) ? ", its feed answers" : "");
    }
    return venue.answers(Part.FEED) ? " answers again" : " fails";
  }

  /** Who says that it is asked too much has answered. */
  private String restFails() {
    if (!isAskedToSlowDown()) {
      return "REST does not answer";
    }
    return venue.failures().size() == 1
        ? "REST asks to slow down"
        : "REST does not answer, or asks to slow down";
  }

  private boolean isAskedToSlowDown() {
    return venue.failures().containsKey(FailureReason.RATE_LIMITED.word());
  }

  /** Like {@code (DOWN: 7 times refused, cut or out of order; 0 of 1 links live)}. */
  private String detail(HealthState health) {
    String why = why(venue.failures());
    String all = health + (why.isEmpty() ? "" : ": " + why);
    return " (" + all + (isLinked() ? "" : "; " + linksWords()) + ")";
  }

  /** For people: how often which failure counts, like {@code 7 times no answer in time}. */
  static String why(Map<String, Long> failures) {
    return failures.entrySet().stream()
        .map(
            failure ->
                String.format(
                    Locale.ROOT,
                    "%,d %s %s",
                    failure.getValue(),
                    failure.getValue() == 1 ? "time" : "times",
                    people(failure.getKey())))
        .collect(Collectors.joining(", "));
  }

  private static String people(String word) {
    return Arrays.stream(FailureReason.values())
        .filter(reason -> reason.word().equals(word))
        .map(FailureReason::people)
        .findFirst()
        .orElse(word);
  }

  private static String doing(boolean feed, boolean rest, boolean helped) {
    if (feed && rest) {
      return CONNECTS + "; " + ASKS;
    }
    if (feed) {
      return CONNECTS + (helped ? "; meanwhile REST is asked for what the feed misses" : "");
    }
    return rest ? ASKS : "it is watched, and connected and asked as ever";
  }

  private long wanted() {
    return Math.round(venue.sum(CollectorMetric.CONNECTIONS).orElse(0.0));
  }

  private long active() {
    return Math.round(venue.sum(CollectorMetric.CONNECTIONS_ACTIVE).orElse(0.0));
  }

  private boolean isLinked() {
    return active() >= wanted();
  }

  private String linksWords() {
    return active() + " of " + wanted() + " links live";
  }

  private void links() {
    if (!isLinked()) {
      concerns.add(
          new Concern(
              Level.NOTE,
              venue.name() + ", " + linksWords(),
              venue.failsSinceMs(Part.FEED).stream().filter(ms -> ms > 0).findFirst(),
              "the collector connects again",
              venue.nextConnectMs(),
              "usually within a minute",
              OptionalLong.empty(),
              Concerns.NOT_LOST));
    }
  }

  private void late() {
    venue
        .newest()
        .filter(
            newest ->
                !Lateness.isCheckpointLate(status)
                    && status.nowMs() - newest.endMs()
                        > Lateness.ofFilesMs(status) + newest.stream().timeframe().millis())
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
                        OptionalLong.empty(),
                        Concerns.AS_FAR_AS_KEPT)));
  }

  private void past(Trouble past) {
    long open = intervals(past, GapConcerns.missing(status, venue));
    long lost = intervals(past, venue.lacking().stream().filter(gap -> !gap.open()).toList());
    boolean told = isInFiles(past.untilMs());
    String fetched = Counted.of(open, "interval") + " of that time being fetched";
    concerns.add(
        new Concern(
            Level.NOTE,
            venue.name()
                + (past.feed() && past.rest()
                    ? ": feed and REST failed"
                    : past.feed() ? ": its feed was away" : ": REST failed"),
            OptionalLong.of(past.fromMs()),
            open > 0 ? fetched : told ? "nothing more" : "the next checkpoint tells what it missed",
            OptionalLong.empty(),
            isAnswered(past) ? "it answers" : "no failure since, and no answer either",
            OptionalLong.of(past.untilMs()),
            lost > 0
                ? "yes, " + Counted.of(lost, "interval") + " of that time given up"
                : open > 0 || !told ? "not yet: what was missed is fetched" : "no"));
  }

  /** The last minute of it has to end, and to be noted, before a checkpoint begins. */
  private boolean isInFiles(long untilMs) {
    long notedMs = Timeframe.BASE.floor(untilMs) + Timeframe.BASE.millis() + NOTED_MS;
    long begunMs = status.job().map(job -> job.checkpoints().triggeredMs()).orElse(0L);
    return begunMs != 0 && status.marketMs(begunMs) >= notedMs;
  }

  /** Else its last word was a failure, and it is over because that counts no more. */
  private boolean isAnswered(Trouble past) {
    return Arrays.stream(Part.values())
        .filter(past::has)
        .mapToLong(part -> venue.failsSinceMs(part).orElse(0))
        .noneMatch(sinceMs -> sinceMs > 0 && sinceMs <= past.untilMs());
  }

  /** Those of a range. */
  private static long intervals(Trouble past, List<GapRecord> gaps) {
    long all = 0;
    for (GapRecord gap : gaps) {
      Timeframe timeframe = gap.stream().timeframe();
      long fromMs = Math.max(gap.fromMs(), timeframe.floor(past.fromMs()));
      long toMs = Math.min(gap.toMs(), timeframe.ceil(past.untilMs()));
      all += Math.max(0, toMs - fromMs) / timeframe.millis();
    }
    return all;
  }
}
