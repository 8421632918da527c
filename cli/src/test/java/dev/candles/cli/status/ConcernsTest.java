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
import dev.candles.core.watch.DiskLevel;
import dev.candles.core.watch.DiskStanding;
import dev.candles.core.watch.Finding;
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
    StreamDays stream =
        new StreamDays(BTC, NOON - 999 * MINUTE, NOON, new Newest(BTC, newestMs), List.of(), gaps);
    return Concerns.of(
        new Status(
            Path.of("lake"),
            found,
            new LakeLook(List.of(stream), NOON, unreadable),
            new LakeUsage(100, 0, 0),
            disk,
            qa,
            halfForgotten,
            checkpointMs,
            repairsTake,
            NOON));
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

  @Test
  void aVenueThatIsDownSaysWhySinceWhenAndWhenItIsAskedAgain() {
    found =
        running(
            value("health", 2),
            value("healthSinceMs", NOON - 9 * MINUTE),
            new LiveJob.Value("okx", "timeout", "healthFailures", 3, 3),
            new LiveJob.Value("okx", "connection_error", "healthFailures", 7, 7),
            value("connections", 2),
            value("connectionsActive", 0),
            value("nextRepairMs", NOON + MINUTE));
    assertThat(only().what())
        .isEqualTo("okx is DOWN: 7 connection_error, 3 timeout, 0 of 2 links live");
    assertThat(only().sinceMs()).hasValue(NOON - 9 * MINUTE);
    assertThat(only().nextMs()).hasValue(NOON + MINUTE);
    newestMs = NOON - 60 * MINUTE;
    assertThat(concerns()).as("nothing comes of a venue that is down").hasSize(1);
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
    assertThat(only().doing()).isEqualTo("REST is asked for them, 2 repairs to do");
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
