package dev.candles.cli.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.cli.cluster.LiveJob;
import dev.candles.cli.status.Concern.Level;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.coverage.GapRecord;
import dev.candles.core.coverage.IntervalState;
import dev.candles.core.coverage.Newest;
import dev.candles.core.coverage.Reason;
import dev.candles.core.coverage.StreamDays;
import dev.candles.core.time.MarketClock;
import dev.candles.core.watch.DiskLevel;
import dev.candles.core.watch.DiskStanding;
import dev.candles.core.watch.Finding;
import dev.candles.lake.state.UnlistedSymbols;
import dev.candles.lake.view.LakeLook;
import dev.candles.lake.view.LakeUsage;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each of the five questions of an operator has its answer, for whatever is wrong. */
class ConcernsTest {
  private static final StreamKey BTC = new StreamKey("okx", "BTC-USDT", Timeframe.M1);
  private static final long NOON = Instant.parse("2026-03-02T12:00:00Z").toEpochMilli();
  private static final long MINUTE = 60_000;

  private LiveJob.Found found = running();
  private Optional<QaVerdict> qa = Optional.empty();
  private DiskStanding disk = standing(DiskLevel.ROOMY, -1);
  private Optional<String> halfForgotten = Optional.empty();
  private long checkpointMs = NOON - MINUTE;
  private long newestMs = NOON - MINUTE;
  private long unreadable;
  private final List<GapRecord> gaps = new ArrayList<>();
  private Map<String, Duration> repairsTake = Map.of();
  private MarketClock clock = MarketClock.real();
  private List<UnlistedSymbols.Symbol> unlisted = List.of();

  private static LiveJob.Found running(LiveJob.Value... values) {
    return job("RUNNING", 0, values);
  }

  private static LiveJob.Found job(String state, long intervalMs, LiveJob.Value... values) {
    LiveJob job =
        new LiveJob(
            "1a",
            state,
            NOON - 60 * MINUTE,
            "x",
            new LiveJob.Checkpoints(0, intervalMs),
            List.of(values),
            DiskStanding.UNKNOWN);
    return new LiveJob.Found(Optional.of(job), List.of());
  }

  private static LiveJob.Value value(String name, double value) {
    return new LiveJob.Value("okx", name, value, value);
  }

  private List<Concern> concerns() {
    return Concerns.of(status());
  }

  private Verdict verdict() {
    return Verdict.of(concerns(), GapConcerns.fetched(status()));
  }

  private Status status() {
    StreamDays stream =
        new StreamDays(BTC, NOON - 999 * MINUTE, NOON, new Newest(BTC, newestMs), List.of(), gaps);
    return new Status(
        Path.of("lake"),
        clock,
        found,
        new LakeLook(List.of(stream), NOON, unreadable),
        new LakeUsage(100, 0, 0),
        disk,
        qa,
        halfForgotten,
        unlisted,
        checkpointMs,
        repairsTake,
        NOON);
  }

  private Concern only() {
    assertThat(concerns()).hasSize(1);
    return concerns().get(0);
  }

  private void gap(IntervalState state, Reason reason, long openedAtMs) {
    long closedAtMs = state == IntervalState.UNRECOVERABLE ? openedAtMs : 0;
    gaps.add(
        new GapRecord(
            BTC,
            NOON - 90 * MINUTE,
            NOON - 80 * MINUTE,
            state,
            reason,
            null,
            openedAtMs,
            closedAtMs));
  }

  @Test
  void whereAllIsWellThereIsNone() {
    assertThat(concerns()).isEmpty();
  }

  @Test
  void aCollectorThatDoesNotRunHasToBeStarted() {
    found = new LiveJob.Found(Optional.empty(), List.of());
    newestMs = NOON - 600 * MINUTE;
    Concern concern = only();
    assertThat(concern.level()).isEqualTo(Level.ACT);
    assertThat(concern.what()).isEqualTo("no collector runs");
    assertThat(concern.sinceMs()).hasValue(NOON - MINUTE);
    assertThat(concern.doing()).contains("start one");
    assertThat(concern.lost()).startsWith("not yet");
    checkpointMs = 0;
    assertThat(only().sinceMs()).hasValue(newestMs);
  }

  @Test
  void whoIsThereAndDoesNotAnswerIsNotSaidNotToRun() {
    found = new LiveJob.Found(Optional.empty(), List.of("no answer for 15 s"));
    assertThat(only().what()).isEqualTo("the collector does not answer: no answer for 15 s");
  }

  @Test
  void aJobThatStartsAgainIsInRepair() {
    found = job("RESTARTING", 0);
    assertThat(only().what()).isEqualTo("the job is RESTARTING");
    assertThat(only().level()).isEqualTo(Level.MENDED);
    assertThat(only().lost()).startsWith("not yet");
  }

  @Test
  void aJobThatNeverComesUpIsSomethingToDo() {
    found = job("RESTARTING", 0);
    checkpointMs = NOON - 11 * MINUTE;
    assertThat(concerns().stream().map(Concern::level)).containsExactly(Level.ACT, Level.MENDED);
    assertThat(concerns().get(0).what()).startsWith("no checkpoint is complete");
  }

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

  @Test
  void aVenueThatTheCollectorDoesNotMeasureIsANoteAndNothingOfItIsLate() {
    found = running(new LiveJob.Value("kraken", "health", 0, 0));
    newestMs = NOON - 500 * MINUTE;
    gap(IntervalState.MISSING, Reason.SKIPPED, NOON - 400 * MINUTE);
    assertThat(only().level()).isEqualTo(Level.NOTE);
    assertThat(only().what())
        .isEqualTo("the running collector says nothing of okx: not configured, or not heard yet");
  }

  @Test
  void whatALookAcrossACheckpointHasReadHalfOfIsNotMissing() {
    gaps.add(unknown(NOON - 10 * MINUTE));
    assertThat(concerns()).isEmpty();
    gaps.set(0, unknown(NOON - 11 * MINUTE));
    assertThat(only().what()).contains("nobody has accounted for them yet");
    gaps.set(0, unknown(NOON - 10 * MINUTE));
    found = new LiveJob.Found(Optional.empty(), List.of());
    assertThat(concerns()).as("no checkpoint comes").hasSize(2);
  }

  private static GapRecord unknown(long fromMs) {
    return new GapRecord(BTC, fromMs, NOON, null, Reason.NONE, null, 0, 0);
  }

  @Test
  void historyThatIsNotFilledIsInRepairWithoutAnEstimate() {
    gap(IntervalState.MISSING, Reason.HISTORY, NOON - 60 * MINUTE);
    assertThat(only().level()).isEqualTo(Level.MENDED);
    assertThat(only().over()).startsWith("no estimate");
    repairsTake = Map.of("okx", Duration.ofMinutes(4));
    assertThat(only().level()).isEqualTo(Level.NOTE);
  }

  @Test
  void aCheckpointThatIsLateIsSomethingToDo() {
    checkpointMs = NOON - 10 * MINUTE;
    assertThat(concerns()).isEmpty();
    checkpointMs--;
    assertThat(only().level()).isEqualTo(Level.ACT);
    assertThat(only().sinceMs()).hasValue(checkpointMs);
    newestMs = NOON - 60 * MINUTE;
    assertThat(concerns()).as("files say nothing of what a venue sends now").hasSize(1);
    checkpointMs = 0;
    assertThat(only().sinceMs()).as("since the start").hasValue(NOON - 60 * MINUTE);
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
    assertThat(only().lost()).startsWith("not yet");
    gap(IntervalState.MISSING, Reason.SKIPPED, NOON - MINUTE);
    repairsTake = Map.of("okx", Duration.ofMinutes(4));
    Concern missing = concerns().get(1);
    assertThat(missing.over()).isEqualTo("when the venue's REST answers again");
    assertThat(missing.overMs()).as("the pace was that of before").isEmpty();
    assertThat(missing.doing()).startsWith("REST is asked again, at least once a minute");
  }

  @Test
  void whereOnlyRestFailsItIsAskedAgain() {
    down(0, NOON - 7 * MINUTE, value("connectionsActive", 2));
    assertThat(only().what()).startsWith("okx: REST does not answer, its feed does (DOWN: 9 times");
    assertThat(only().what()).doesNotContain("links");
    assertThat(only().nextMs()).as("the next question").hasValue(NOON + MINUTE);
    assertThat(only().over()).startsWith("when REST answers");
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
    List<LiveJob.Value> all = new ArrayList<>(List.of(value("health", 0)));
    for (String part : parts) {
      all.add(part("pastTroubleFromMs", part, fromMs));
      all.add(part("pastTroubleUntilMs", part, untilMs));
    }
    found = running(all.toArray(LiveJob.Value[]::new));
  }

  @Test
  void anOutageIsToldForAnHourAfterItsEndWithWhatItMissed() {
    wasAway(NOON - 34 * MINUTE, NOON - 30 * MINUTE, "feed");
    assertThat(only().level()).isEqualTo(Level.NOTE);
    assertThat(only().what()).isEqualTo("okx: its feed was away");
    assertThat(only().sinceMs()).hasValue(NOON - 34 * MINUTE);
    assertThat(only().overMs()).hasValue(NOON - 30 * MINUTE);
    assertThat(only().lost()).isEqualTo("no");
    checkpointMs = NOON - 30 * MINUTE;
    assertThat(concerns())
        .extracting(Concern::lost)
        .contains("not yet: what was missed is fetched");
    checkpointMs = NOON - MINUTE;
    gaps.add(missing(NOON - 35 * MINUTE, NOON - 28 * MINUTE));
    assertThat(concerns().get(0).doing()).isEqualTo("4 intervals of that time being fetched");
    assertThat(concerns().get(0).lost()).startsWith("not yet");
    gaps.clear();
    gap(IntervalState.UNRECOVERABLE, Reason.NO_PROOF, NOON);
    wasAway(NOON - 85 * MINUTE, NOON - 59 * MINUTE, "feed", "rest");
    assertThat(concerns().get(0).what()).isEqualTo("okx was away, feed and REST");
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
  void aSymbolThatIsNotListedIsSomethingToDoAndNobodyClaimsToFetchIt() {
    unlisted =
        List.of(
            new UnlistedSymbols.Symbol("okx", "BTC-USDT", List.of("A-USDT", "B-USDT"), NOON - 5),
            new UnlistedSymbols.Symbol("okx", "X-USDT", List.of(), NOON - 7));
    gap(IntervalState.MISSING, Reason.HISTORY, NOON - 60 * MINUTE);
    assertThat(only().level()).isEqualTo(Level.ACT);
    assertThat(only().what())
        .isEqualTo("okx does not list BTC-USDT (did you mean A-USDT or B-USDT?), X-USDT");
    assertThat(only().sinceMs()).hasValue(NOON - 7);
    assertThat(only().doing()).contains("correct the symbol");
    assertThat(only().lost())
        .contains("10 intervals noted as missing go with ./candles forget okx/BTC-USDT");
    gaps.clear();
    assertThat(only().lost()).isEqualTo("no, if the symbol is wrong");
    found = running(new LiveJob.Value("kraken", "health", 0, 0));
    assertThat(concerns()).as("not configured").extracting(Concern::level).containsOnly(Level.NOTE);
    found = new LiveJob.Found(Optional.empty(), List.of());
    assertThat(concerns().get(1).level()).as("when it ran last").isEqualTo(Level.NOTE);
  }

  /** On a clock of 60 times: what is real is not taken for what is market time. */
  @Test
  void realAndMarketTimeAreNotMixed() {
    clock = new MarketClock(NOON, NOON, 60);
    found = new LiveJob.Found(Optional.empty(), List.of());
    checkpointMs = NOON - 30_000;
    assertThat(only().sinceMs()).as("30 s ago").hasValue(NOON - 30 * MINUTE);
    found = job("RUNNING", 20_000);
    newestMs = NOON - 61 * MINUTE;
    assertThat(concerns()).as("three checkpoints are an hour of the market").isEmpty();
    newestMs--;
    assertThat(only().what()).isEqualTo("okx has nothing new");
    newestMs = NOON;
    gap(IntervalState.MISSING, Reason.NOT_CLOSED, NOON - 60 * MINUTE);
    repairsTake = Map.of("okx", Duration.ofSeconds(4));
    assertThat(only().overMs()).hasValue(NOON + 4 * MINUTE);
  }

  /** The history of 1m and the 5m over it are one thing to know. */
  @Test
  void aVenueThatBeginsIsOneLine() {
    repairsTake = Map.of("okx", Duration.ofMinutes(4));
    gap(IntervalState.MISSING, Reason.HISTORY, NOON - 60 * MINUTE);
    gap(IntervalState.MISSING, Reason.BASE, NOON - 60 * MINUTE);
    gap(IntervalState.MISSING, Reason.NOT_CLOSED, NOON - MINUTE);
    assertThat(only().level()).isEqualTo(Level.NOTE);
    assertThat(only().what())
        .isEqualTo(
            "okx: 30 intervals of 1 stream missing: history that is still to be fetched, the venue"
                + " did not close them in time");
    gap(IntervalState.MISSING, Reason.SKIPPED, NOON - 60 * MINUTE);
    assertThat(concerns().stream().map(Concern::level)).containsExactly(Level.MENDED, Level.NOTE);
  }

  @Test
  void theVerdictSaysWhatIsBeingFetched() {
    assertThat(verdict()).isEqualTo(new Verdict("WELL", "all is well"));
    gap(IntervalState.MISSING, Reason.SKIPPED, NOON - MINUTE);
    assertThat(verdict()).isEqualTo(new Verdict("WELL", "all is well, 10 intervals being fetched"));
    gap(IntervalState.MISSING, Reason.SKIPPED, NOON - 60 * MINUTE);
    assertThat(verdict()).isEqualTo(new Verdict("MENDED", "1 thing in repair"));
    unlisted = List.of(new UnlistedSymbols.Symbol("okx", "BTC-USDT", List.of(), NOON));
    assertThat(verdict()).isEqualTo(new Verdict("ACT", "1 thing for you to do"));
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

  @Test
  void whatIsMissingForMinutesIsANoteAndForLongerInRepair() {
    gap(IntervalState.MISSING, Reason.SKIPPED, NOON - 10 * MINUTE + 1);
    found = running(value("repairsOpen", 2), value("nextRepairMs", NOON + MINUTE));
    assertThat(only().level()).isEqualTo(Level.NOTE);
    assertThat(only().what())
        .isEqualTo("okx: 10 intervals of 1 stream missing: the feed went on without them");
    assertThat(only().doing()).isEqualTo("REST is asked for them");
    assertThat(only().over()).isEqualTo("usually within minutes");
    gaps.clear();
    gap(IntervalState.MISSING, Reason.SKIPPED, NOON - 10 * MINUTE);
    assertThat(only().level()).isEqualTo(Level.MENDED);
    assertThat(only().over()).startsWith("no estimate");
    assertThat(only().overMs()).isEmpty();
    assertThat(only().sinceMs()).hasValue(NOON - 10 * MINUTE);
    assertThat(only().nextMs()).hasValue(NOON + MINUTE);
    assertThat(only().lost()).startsWith("not yet");
  }

  @Test
  void thePaceOfLateTellsWhenAGapIsFilled() {
    gap(IntervalState.MISSING, Reason.NOT_CLOSED, NOON - 60 * MINUTE);
    repairsTake = Map.of("okx", Duration.ofMinutes(4));
    assertThat(only().overMs()).hasValue(NOON + 4 * MINUTE);
    assertThat(only().over()).isEqualTo("at the pace of late");
  }

  @Test
  void withoutACollectorNothingIsRepaired() {
    gap(IntervalState.MISSING, Reason.NOT_CLOSED, NOON - MINUTE);
    found = new LiveJob.Found(Optional.empty(), List.of());
    Concern gap = concerns().get(1);
    assertThat(gap.level()).isEqualTo(Level.NOTE);
    assertThat(gap.doing()).isEqualTo("nothing as long as no collector runs");
    assertThat(gap.over()).isEqualTo("after the next start");
    assertThat(gap.nextMs()).isEqualTo(OptionalLong.empty());
  }

  @Test
  void whatNobodyHasAccountedForIsMissingSinceNobodyKnowsWhen() {
    gap(null, Reason.NONE, 0);
    assertThat(only().sinceMs()).isEmpty();
    assertThat(only().level()).isEqualTo(Level.MENDED);
  }

  @Test
  void whatWasGivenUpIsLostUnlessItNeverWas() {
    gap(IntervalState.UNRECOVERABLE, Reason.NO_PROOF, NOON - 500 * MINUTE);
    assertThat(only().level()).isEqualTo(Level.NOTE);
    assertThat(only().lost()).isEqualTo("yes, these intervals");
    assertThat(only().sinceMs()).hasValue(NOON - 500 * MINUTE);
    gaps.clear();
    gap(IntervalState.UNRECOVERABLE, Reason.BEFORE_LISTING, NOON);
    assertThat(only().lost()).startsWith("no:");
  }

  @ParameterizedTest
  @EnumSource
  void everyReasonHasWords(Reason reason) {
    gap(IntervalState.MISSING, reason, NOON - MINUTE);
    assertThat(only().what()).matches("okx: 10 intervals of 1 stream missing: [a-zA-Z ]{10,}");
  }

  @Test
  void aQaThatFoundSomethingIsToBeRead() {
    qa = Optional.of(new QaVerdict(Path.of("qa.json"), NOON - 700 * MINUTE, true));
    assertThat(concerns()).isEmpty();
    qa = Optional.of(new QaVerdict(Path.of("qa.json"), NOON - 700 * MINUTE, false));
    assertThat(only().level()).isEqualTo(Level.ACT);
    assertThat(only().sinceMs()).hasValue(NOON - 700 * MINUTE);
  }

  private static DiskStanding standing(DiskLevel level, long fullInMs) {
    return new DiskStanding(level, 812_000_000, 4_000_000_000L, fullInMs, true);
  }

  /** Whatever is told of a disk is a concern, and nothing else is. */
  @ParameterizedTest
  @EnumSource
  void theDiskIsWhatItsAlertSays(DiskLevel level) {
    disk = standing(level, -1);
    Finding alert = disk.finding().orElseThrow();
    assertThat(concerns()).hasSize(alert.isWell() ? 0 : 1);
    if (!alert.isWell()) {
      assertThat(only().level()).isEqualTo(Level.ACT);
      assertThat(only().what())
          .isEqualTo(alert.kind().replace('_', ' ') + ": 812 MB of 4000 MB free");
      assertThat(only().doing())
          .contains(String.join(", ", level.leftOut()))
          .endsWith(DiskStanding.REMEDY);
      assertThat(alert.text()).startsWith("812 MB of 4000 MB free");
    }
  }

  @Test
  void aForgettingThatWasNotFinishedIsSomethingToDo() {
    halfForgotten = Optional.of("the forgetting of okx/X-USDT/1m was begun and not finished");
    assertThat(only().what()).isEqualTo(halfForgotten.get());
    assertThat(only().level()).isEqualTo(Level.ACT);
    assertThat(only().lost()).startsWith("no: ");
  }

  @Test
  void aDiskThatFillsSoonSaysWhen() {
    disk = standing(DiskLevel.SHORT, 3 * 60 * MINUTE);
    assertThat(only().what())
        .isEqualTo("disk nearly full: 812 MB of 4000 MB free, full in 3 h if it goes on like this");
    assertThat(only().doing()).startsWith("nothing is left out yet. Free space");
    assertThat(only().lost()).isEqualTo("no");
    found = new LiveJob.Found(Optional.empty(), List.of());
    assertThat(concerns().get(1).doing()).startsWith("nothing as long as no collector runs. Free");
  }

  @Test
  void ofADiskOfWhichNobodyCanTellNothingIsSaid() {
    disk = DiskStanding.UNKNOWN;
    assertThat(concerns()).isEmpty();
  }

  /** That no checkpoint is made is said once, with its cause. */
  @Test
  void whileTheDiskIsFullNothingElseIsToBlameForWhatIsNotInFiles() {
    disk = standing(DiskLevel.NO_CHECKPOINTS, -1);
    checkpointMs = NOON - 50 * MINUTE;
    newestMs = NOON - 51 * MINUTE;
    assertThat(only().what()).startsWith("disk full: ");
    assertThat(only().lost()).startsWith("not yet");
  }

  @Test
  void theWorstComesFirst() {
    unreadable = 2;
    gap(IntervalState.MISSING, Reason.SKIPPED, NOON - 60 * MINUTE);
    disk = standing(DiskLevel.SHORT, -1);
    assertThat(concerns().stream().map(Concern::level))
        .containsExactly(Level.ACT, Level.MENDED, Level.NOTE);
    assertThat(concerns().get(2).what()).isEqualTo("2 files of the lake that cannot be read");
  }
}
