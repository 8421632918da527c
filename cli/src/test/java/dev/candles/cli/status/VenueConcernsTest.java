package dev.candles.cli.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.cli.cluster.LiveJob;
import dev.candles.cli.status.Concern.Level;
import dev.candles.core.coverage.GapRecord;
import dev.candles.core.coverage.IntervalState;
import dev.candles.core.coverage.Reason;
import dev.candles.sources.metrics.CollectorMetric;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is told of a venue that is ill, or was until an hour ago. */
class VenueConcernsTest extends ConcernFixture {
  /** What is new is in files with a checkpoint: it is not late before a few of them were due. */
  @Test
  void whereCheckpointsAreSeldomNothingIsLateSoon() {
    found = job("RUNNING", 20 * MINUTE);
    checkpointMs = NOON - 60 * MINUTE;
    newestMs = NOON - 61 * MINUTE;
    assertThat(concerns()).isEmpty();
    newestMs--;
    assertThat(only().what()).isEqualTo("okx has nothing new");
  }

  private static LiveJob.Value part(String name, String part, double value) {
    return new LiveJob.Value("okx", part, name, value, value);
  }

  /** Down for nine minutes, in trouble for ten; a part that answers has 0. */
  private void down(long feedMs, long restMs, LiveJob.Value... more) {
    List<LiveJob.Value> all = new ArrayList<>(List.of(more));
    all.add(value("health", 2));
    all.add(value("healthSinceMs", NOON - 9 * MINUTE));
    all.add(value("troubleSinceMs", NOON - 10 * MINUTE));
    all.add(part("failsSinceMs", "feed", feedMs));
    all.add(part("failsSinceMs", "rest", restMs));
    all.add(part("healthFailures", "timeout", 1));
    all.add(part("healthFailures", "connection_error", 9));
    all.add(value("connections", 2));
    all.add(value("nextConnectMs", NOON + 20_000));
    all.add(value("nextRepairMs", NOON + MINUTE));
    found = running(all.toArray(LiveJob.Value[]::new));
  }

  @Test
  void aFeedThatIsAwayIsNotCalledTheVenueWhereRestAnswers() {
    down(NOON - 8 * MINUTE, 0);
    assertThat(only().what())
        .isEqualTo(
            "okx: its feed is away, REST answers (DOWN: 9 times refused, cut or out of order,"
                + " 1 time no answer in time; 0 of 2 links live)");
    assertThat(only().sinceMs()).as("its first failure").hasValue(NOON - 10 * MINUTE);
    assertThat(only().nextMs()).as("the next connection").hasValue(NOON + 20_000);
    assertThat(only().doing()).contains("connects again", "meanwhile REST is asked");
    assertThat(only().over()).startsWith("when its feed answers");
    assertThat(only().lost()).startsWith("no, as long as REST answers");
    gap(IntervalState.MISSING, Reason.SKIPPED, NOON - MINUTE);
    assertThat(concerns().get(1).over()).isEqualTo("usually within minutes");
    gaps.clear();
    newestMs = NOON - 60 * MINUTE;
    assertThat(concerns()).as("nothing comes of a venue that is down").hasSize(1);
    down(NOON - 8 * MINUTE, 0, value("connectionsActive", 1));
    assertThat(only().what()).startsWith("okx: part of its feed is away, REST answers");
  }

  @Test
  void aVenueIsAwayWhereNeitherFeedNorRestAnswers() {
    down(NOON - 8 * MINUTE, NOON - 7 * MINUTE);
    assertThat(only().what()).startsWith("okx is away: neither its feed nor REST answers (DOWN: 9");
    assertThat(only().nextMs()).hasValue(NOON + 20_000);
    assertThat(only().over()).startsWith("when both answer");
    assertThat(only().lost()).startsWith("not yet");
    gap(IntervalState.MISSING, Reason.SKIPPED, NOON - MINUTE);
    repairsTake = Map.of("okx", Duration.ofMinutes(4));
    Concern missing = concerns().get(1);
    assertThat(missing.over()).isEqualTo("when the venue's REST answers again");
    assertThat(missing.overMs()).as("the pace was that of before").isEmpty();
    assertThat(missing.doing())
        .isEqualTo("REST is asked again, and for all of them once it answers");
  }

  @Test
  void whereOnlyRestFailsItIsAskedAgain() {
    down(0, NOON - 7 * MINUTE, value("connectionsActive", 2));
    assertThat(only().what())
        .startsWith("okx: REST does not answer, its feed answers (DOWN: 9 times");
    assertThat(only().doing()).endsWith("about once a minute, or when its Retry-After is over");
    assertThat(only().what()).doesNotContain("links");
    assertThat(only().nextMs()).as("the next question").hasValue(NOON + MINUTE);
    assertThat(only().over()).startsWith("when REST answers");
  }

  private void slowed(long feedMs, String... others) {
    List<LiveJob.Value> all = new ArrayList<>(List.of(value("health", 1)));
    all.add(part("failsSinceMs", "feed", feedMs));
    all.add(part("failsSinceMs", "rest", NOON - 7 * MINUTE));
    all.add(part("healthFailures", "rate_limited", 3));
    for (String other : others) {
      all.add(part("healthFailures", other, 1));
    }
    found = running(all.toArray(LiveJob.Value[]::new));
  }

  @Test
  void whoAsksToSlowDownIsNotSaidNotToAnswer() {
    slowed(0);
    assertThat(only().what())
        .isEqualTo(
            "okx: REST asks to slow down, its feed answers (DEGRADED: 3 times asked to slow down)");
    slowed(0, "timeout");
    assertThat(only().what()).startsWith("okx: REST does not answer, or asks to slow down, its");
    slowed(NOON - 8 * MINUTE, "connection_error");
    assertThat(only().what())
        .startsWith("okx: its feed is away, and REST does not answer, or asks to slow down (");
  }

  /** Readers of several processes, each of which may have several subtasks. */
  @Test
  void theNextTryIsThatOfTheReaderThatTriesFirst() {
    LiveJob.Value ill = value("health", 2);
    LiveJob.Value feed = part("failsSinceMs", "feed", NOON - MINUTE);
    LiveJob.Value late = value("nextConnectMs", NOON + 30_000);
    LiveJob.Value soon = value("nextConnectMs", NOON + 2_000);
    LiveJob.Value never = value("nextConnectMs", CollectorMetric.NEVER_MS);
    found = running(ill, feed, soon, late);
    assertThat(only().nextMs()).hasValue(NOON + 2_000);
    found = running(ill, feed, never, late, soon);
    assertThat(only().nextMs()).hasValue(NOON + 2_000);
    found =
        running(
            ill, feed, new LiveJob.Value("okx", "", "nextConnectMs", NOON + 2_000, never.max(), 0));
    assertThat(only().nextMs()).hasValue(NOON + 2_000);
    found = running(ill, feed, never);
    assertThat(only().nextMs()).as("all have data").isEmpty();
  }

  @Test
  void whoAnswersAgainIsNotSaidToBeAway() {
    down(0, 0, value("connectionsActive", 2));
    assertThat(only().what()).startsWith("okx answers again (DOWN: 9 times");
    assertThat(only().over()).startsWith("after a few successes in a row");
  }

  /** An older collector on a cluster does not say which part it is. */
  @Test
  void ofACollectorThatMeasuresLessTheStateIsTold() {
    found = running(value("health", 1), value("healthSinceMs", NOON - 9 * MINUTE));
    assertThat(only().what()).isEqualTo("okx fails (DEGRADED)");
    assertThat(only().sinceMs()).hasValue(NOON - 9 * MINUTE);
  }

  private void wasAway(long fromMs, long untilMs, String... parts) {
    wasAway(fromMs, untilMs, NOON - MINUTE, List.of(), parts);
  }

  private void wasAway(
      long fromMs, long untilMs, long begunMs, List<LiveJob.Value> more, String... parts) {
    List<LiveJob.Value> all = new ArrayList<>(List.of(value("health", 0)));
    all.addAll(more);
    for (String part : parts) {
      all.add(part("pastTroubleFromMs", part, fromMs));
      all.add(part("pastTroubleUntilMs", part, untilMs));
    }
    found =
        job(
            "RUNNING",
            new LiveJob.Checkpoints(begunMs, checkpointMs, 0),
            all.toArray(LiveJob.Value[]::new));
  }

  /** A checkpoint that is complete now may have begun before the last minute was over. */
  @Test
  void nothingIsSaidNotToBeLostBeforeACheckpointThatBeganAfterItsLastMinuteWasNoted() {
    long untilMs = NOON - 29 * MINUTE - 1;
    checkpointMs = untilMs + 1_000;
    for (long begunMs : List.of(0L, untilMs, untilMs + 1_000, NOON - 28 * MINUTE - 1)) {
      wasAway(NOON - 34 * MINUTE, untilMs, begunMs, List.of(), "feed");
      Concern past = past();
      assertThat(past.doing()).isEqualTo("the next checkpoint tells what it missed");
      assertThat(past.lost()).isEqualTo("not yet: what was missed is fetched");
    }
    wasAway(NOON - 34 * MINUTE, untilMs, NOON - 28 * MINUTE, List.of(), "feed");
    assertThat(past().doing()).isEqualTo("nothing more");
    assertThat(past().lost()).isEqualTo("no");
  }

  private Concern past() {
    return concerns().stream()
        .filter(concern -> concern.what().equals("okx: its feed was away"))
        .findFirst()
        .orElseThrow();
  }

  /** Its last failure counts no more, and that is all that is known. */
  @Test
  void whoWentQuietIsNotSaidToAnswer() {
    long untilMs = NOON - 30 * MINUTE;
    var fails = List.of(part("failsSinceMs", "feed", NOON - 34 * MINUTE));
    wasAway(NOON - 34 * MINUTE, untilMs, NOON - MINUTE, fails, "feed");
    assertThat(only().over()).isEqualTo("no failure since, and no answer either");
    var later = List.of(part("failsSinceMs", "feed", untilMs + 1));
    wasAway(NOON - 34 * MINUTE, untilMs, NOON - MINUTE, later, "feed");
    assertThat(only().over()).as("it answered, and fails anew").isEqualTo("it answers");
    var rest = List.of(part("failsSinceMs", "rest", NOON - 34 * MINUTE));
    wasAway(NOON - 34 * MINUTE, untilMs, NOON - MINUTE, rest, "feed");
    assertThat(only().over()).as("the part that was away").isEqualTo("it answers");
  }

  @Test
  void anOutageIsToldForAnHourAfterItsEndWithWhatItMissed() {
    wasAway(NOON - 34 * MINUTE, NOON - 30 * MINUTE, "feed");
    assertThat(only().level()).isEqualTo(Level.NOTE);
    assertThat(only().what()).isEqualTo("okx: its feed was away");
    assertThat(only().sinceMs()).hasValue(NOON - 34 * MINUTE);
    assertThat(only().overMs()).hasValue(NOON - 30 * MINUTE);
    assertThat(only().lost()).isEqualTo("no");
    gaps.add(missing(NOON - 35 * MINUTE, NOON - 28 * MINUTE));
    assertThat(concerns().get(0).doing()).isEqualTo("4 intervals of that time being fetched");
    assertThat(concerns().get(0).lost()).startsWith("not yet");
    gaps.clear();
    gap(IntervalState.UNRECOVERABLE, Reason.NO_PROOF, NOON);
    wasAway(NOON - 85 * MINUTE, NOON - 59 * MINUTE, "feed", "rest");
    assertThat(concerns().get(0).what()).isEqualTo("okx: feed and REST failed");
    assertThat(concerns().get(0).lost()).isEqualTo("yes, 5 intervals of that time given up");
    gaps.clear();
    wasAway(NOON - 85 * MINUTE, NOON - 60 * MINUTE, "rest");
    assertThat(concerns()).as("an hour later").isEmpty();
  }

  private static GapRecord missing(long fromMs, long toMs) {
    return new GapRecord(
        BTC, fromMs, toMs, IntervalState.MISSING, Reason.SKIPPED, null, NOON - MINUTE, 0);
  }

  @Test
  void aLinkThatIsMadeAgainIsANote() {
    found = running(value("health", 0), value("connections", 2), value("connectionsActive", 1));
    assertThat(only().what()).isEqualTo("okx, 1 of 2 links live");
    assertThat(only().level()).isEqualTo(Level.NOTE);
  }

  @Test
  void aVenueOfWhichNothingComesIsLate() {
    newestMs = NOON - 11 * MINUTE;
    assertThat(concerns()).isEmpty();
    newestMs--;
    assertThat(only().what()).isEqualTo("okx has nothing new");
    assertThat(only().sinceMs()).hasValue(newestMs);
  }
}
