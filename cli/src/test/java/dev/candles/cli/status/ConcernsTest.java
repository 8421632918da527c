package dev.candles.cli.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.cli.advice.Advice;
import dev.candles.cli.cluster.LiveJob;
import dev.candles.cli.status.Concern.Level;
import dev.candles.core.coverage.IntervalState;
import dev.candles.core.coverage.Reason;
import dev.candles.core.time.MarketClock;
import dev.candles.core.watch.DiskLevel;
import dev.candles.core.watch.DiskStanding;
import dev.candles.core.watch.Finding;
import dev.candles.lake.state.UnlistedSymbols;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each of the five questions of an operator has its answer, for whatever is wrong. */
class ConcernsTest extends ConcernFixture {
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

  /** Not with "no", while one of the answers below is not. */
  @Test
  void theHeadlineSaysNoMoreThanTheAnswers() {
    assertThat(lost()).isEqualTo("Data lost   no");
    qa = qa(NOON - MINUTE, false);
    assertThat(lost()).isEqualTo("Data lost   not known: its report says so");
    qa = QaLook.NOTHING;
    unreadable = 1;
    assertThat(lost()).isEqualTo("Data lost   not yet, as far as the venues still have it");
    unreadable = 0;
    found = new LiveJob.Found(Optional.empty(), List.of());
    venuesGone = true;
    assertThat(lost()).isEqualTo("Data lost   no");
  }

  private String lost() {
    return new StatusPage(status()).lines().get(1);
  }

  @Test
  void whatIsToBeTypedNamesTheSameLake() {
    advice = Advice.of("my lake/sim.yaml", null);
    found = new LiveJob.Found(Optional.empty(), List.of());
    assertThat(only().doing()).endsWith("./candles run --config 'my lake/sim.yaml'");
    assertThat(String.join("\n", new StatusPage(status()).lines()))
        .contains("Start one: ./candles run --config 'my lake/sim.yaml'\n");
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

  @Test
  void theVerdictSaysWhatIsBeingFetched() {
    assertThat(verdict()).isEqualTo(new Verdict("WELL", "all is well"));
    gap(IntervalState.MISSING, Reason.SKIPPED, NOON - MINUTE);
    assertThat(verdict())
        .isEqualTo(new Verdict("WELL", "catching up: 10 minutes of okx, usually within minutes"));
    found = running(value("nextRepairMs", NOON + 5_000));
    repairsTake = Map.of("okx", Duration.ofMinutes(4));
    assertThat(verdict().words())
        .isEqualTo("catching up: 10 minutes of okx, next try 12:00:05, done about 12:04:00");
    assertThat(StatusCode.ofAll(status())).isZero();
    repairsTake = Map.of();
    gap(IntervalState.MISSING, Reason.SKIPPED, NOON - 60 * MINUTE);
    assertThat(verdict()).isEqualTo(new Verdict("MENDED", "1 thing in repair"));
    unlisted = List.of(new UnlistedSymbols.Symbol("okx", "BTC-USDT", List.of(), NOON));
    assertThat(verdict()).isEqualTo(new Verdict("ACT", "1 thing for you to do"));
  }

  /** A clock time of another day is told with its day, and years of history are no minutes. */
  @Test
  void whatTakesLongIsNotToldAsMinutes() {
    gap(IntervalState.MISSING, Reason.SKIPPED, NOON - MINUTE);
    repairsTake = Map.of("okx", Duration.ofDays(3));
    found = running(value("nextRepairMs", NOON + 12 * 60 * MINUTE));
    assertThat(verdict().words())
        .isEqualTo(
            "catching up: 10 minutes of okx, next try 2026-03-03 00:00:00, done about 2026-03-05"
                + " 12:00:00");
    repairsTake = Map.of();
    found = running();
    gap(IntervalState.MISSING, Reason.HISTORY, NOON - MINUTE);
    String none = "no estimate yet: ./candles status --config c.yaml --watch tells the pace";
    advice = Advice.of("c.yaml", null);
    assertThat(verdict().words()).isEqualTo("catching up: 10 minutes of okx, " + none);
    assertThat(only().over()).isEqualTo(none);
    gaps.clear();
    gap(IntervalState.MISSING, Reason.BASE, NOON - MINUTE);
    assertThat(only().over()).as("whatever its minutes lack for").isEqualTo(none);
  }

  @Test
  void whatIsFetchedOnceRestAnswersSaysSo() {
    gap(IntervalState.MISSING, Reason.SKIPPED, NOON - MINUTE);
    found = running(new LiveJob.Value("okx", "rest", "failsSinceMs", NOON - 2 * MINUTE, NOON));
    assertThat(CatchUp.words(status()))
        .contains("catching up: 10 minutes of okx, when the venue's REST answers again");
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
