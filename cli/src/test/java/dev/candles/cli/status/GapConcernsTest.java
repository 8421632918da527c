package dev.candles.cli.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.cli.cluster.LiveJob;
import dev.candles.cli.status.Concern.Level;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.coverage.GapRecord;
import dev.candles.core.coverage.IntervalState;
import dev.candles.core.coverage.Reason;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is told of intervals that are missing or were given up. */
class GapConcernsTest extends ConcernFixture {
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
            "okx: 30 intervals of 1 stream missing: history from before the collector started, the venue"
                + " did not close them in time");
    gap(IntervalState.MISSING, Reason.SKIPPED, NOON - 60 * MINUTE);
    assertThat(concerns().stream().map(Concern::level)).containsExactly(Level.MENDED, Level.NOTE);
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
    assertThat(only().sinceMs()).hasValue(NOON - 90 * MINUTE);
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
  void whatNobodyHasAccountedForIsMissingSinceItsFirstMinute() {
    gap(null, Reason.NONE, 0);
    assertThat(only().sinceMs()).hasValue(NOON - 90 * MINUTE);
    assertThat(only().level()).isEqualTo(Level.MENDED);
  }

  @Test
  void whatWasGivenUpIsLostUnlessItNeverWas() {
    gap(IntervalState.UNRECOVERABLE, Reason.NO_PROOF, NOON - 500 * MINUTE);
    assertThat(only().level()).isEqualTo(Level.NOTE);
    assertThat(only().lost()).isEqualTo("yes, 10 intervals");
    assertThat(only().sinceMs()).hasValue(NOON - 90 * MINUTE);
    gap(IntervalState.UNRECOVERABLE, Reason.BEFORE_LISTING, NOON);
    assertThat(only().what())
        .as("one line a venue")
        .isEqualTo(
            "okx: 20 intervals of 1 stream given up: the market was not listed yet, what the venue"
                + " answers proves neither a candle nor silence");
    assertThat(only().lost()).isEqualTo("yes, 10 intervals");
    gaps.remove(0);
    assertThat(only().lost()).startsWith("no:");
  }

  /** A 5m or 1h row begins before the outage that it lacks a minute of. */
  @Test
  void sinceIsTheFirstMinuteThatLacks() {
    missing(Timeframe.H1, NOON - 120 * MINUTE, NOON - 60 * MINUTE);
    missing(Timeframe.M5, NOON - 75 * MINUTE, NOON - 65 * MINUTE);
    missing(Timeframe.M1, NOON - 73 * MINUTE, NOON - 66 * MINUTE);
    assertThat(only().sinceMs()).hasValue(NOON - 73 * MINUTE);
    gaps.remove(2);
    assertThat(only().sinceMs()).as("no minute is told").hasValue(NOON - 120 * MINUTE);
  }

  /** Nothing is repaired, so nothing is new. */
  @Test
  void withoutACollectorAVenueIsOneLine() {
    found = new LiveJob.Found(Optional.empty(), List.of());
    gap(IntervalState.MISSING, Reason.SKIPPED, NOON - MINUTE);
    gap(IntervalState.MISSING, Reason.NOT_CLOSED, NOON - 60 * MINUTE);
    assertThat(concerns()).hasSize(2);
  }

  @Test
  void whatSimulatedVenuesThatAreGoneHadIsFetchedByNobody() {
    found = new LiveJob.Found(Optional.empty(), List.of());
    venuesGone = true;
    gap(IntervalState.MISSING, Reason.SKIPPED, NOON - MINUTE);
    assertThat(concerns()).extracting(Concern::level).containsOnly(Level.NOTE);
    assertThat(concerns().get(0).what()).contains("simulated venues of this lake are gone");
    assertThat(concerns().get(1).over()).startsWith("never");
    assertThat(concerns().get(1).lost()).startsWith("yes, 10 intervals: it ended before");
    assertThat(concerns().toString()).doesNotContain("afterwards", "./candles run", "next start");
    assertThat(verdict().words()).startsWith("nothing runs: ");
    assertThat(StatusCode.ofAll(status())).isEqualTo(4);
  }

  @ParameterizedTest
  @EnumSource
  void everyReasonHasWords(Reason reason) {
    gap(IntervalState.MISSING, reason, NOON - MINUTE);
    assertThat(only().what()).matches("okx: 10 intervals of 1 stream missing: [a-zA-Z ]{10,}");
  }
}
