package dev.candles.batch.quality.check;

import static dev.candles.batch.quality.check.Rows.BTC;
import static dev.candles.batch.quality.check.Rows.MINUTE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.candle.Evidence;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.coverage.CoverageRow;
import dev.candles.core.coverage.IntervalState;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.coverage.Reason;
import dev.candles.core.coverage.StreamAccount;
import java.util.List;
import org.junit.jupiter.api.Test;

class AccountCheckTest {
  private static final long HOUR = 60 * MINUTE;

  private static CoverageRow row(long from, long to, IntervalState state, Reason reason) {
    return new CoverageRow(BTC, from * MINUTE, to * MINUTE, state, reason, null, 1, 1);
  }

  private static StreamAccount account(Intervals finals, CoverageRow... rows) {
    return new StreamAccount(BTC, 0, HOUR, finals, List.of(rows));
  }

  private static Intervals without(long from, long to) {
    return Intervals.of(0, HOUR).minus(Intervals.of(from * MINUTE, to * MINUTE));
  }

  private static List<FindingType> kinds(StreamAccount account) {
    return AccountCheck.of(account, null, Intervals.empty()).stream().map(Finding::kind).toList();
  }

  @Test
  void fiveUnknownMinutesBelongToCoverageAndSixAreAGap() {
    assertThat(kinds(account(without(10, 15)))).containsExactly(FindingType.UNACCOUNTED);
    assertThat(kinds(account(without(10, 16)))).containsExactly(FindingType.GAP);
  }

  @Test
  void minutesProvenEmptyAreNoGap() {
    CoverageRow empty = row(10, 40, IntervalState.VERIFIED_EMPTY, Reason.NONE);
    assertThat(kinds(account(without(10, 40), empty))).isEmpty();
  }

  @Test
  void anEmptinessThatWasOnlyRepeatedIsToldOnceAndAsWhatItIs() {
    CoverageRow twice =
        new CoverageRow(
            BTC,
            10 * MINUTE,
            40 * MINUTE,
            IntervalState.VERIFIED_EMPTY,
            Reason.NONE,
            Evidence.REST_TWICE,
            1,
            1);
    StreamAccount claimed = account(without(10, 40), twice);
    assertThat(kinds(claimed)).containsExactly(FindingType.UNPROVEN_EMPTY);
    assertThat(AccountCheck.of(claimed, null, Intervals.of(0, 24 * HOUR)))
        .as("in a day that cannot be read")
        .isEmpty();
    StreamKey hourly = BTC.in(Timeframe.H1);
    StreamAccount larger = new StreamAccount(hourly, 0, HOUR, Intervals.empty(), List.of());
    assertThat(AccountCheck.of(larger, claimed, Intervals.empty())).as("blocked by it").isEmpty();
  }

  @Test
  void missingMinutesHaveAStateAndMoreThanFiveAreAGapAllTheSame() {
    CoverageRow five = row(10, 15, IntervalState.MISSING, Reason.SKIPPED);
    assertThat(kinds(account(without(10, 15), five))).isEmpty();
    CoverageRow three = row(10, 13, IntervalState.MISSING, Reason.SKIPPED);
    assertThat(kinds(account(without(10, 16), three))).containsExactly(FindingType.GAP);
  }

  @Test
  void whatTheVenueCannotGiveIsAWarningUnlessItWasNotListed() {
    CoverageRow lost = row(10, 40, IntervalState.UNRECOVERABLE, Reason.NO_PROOF);
    assertThat(kinds(account(without(10, 40), lost))).containsExactly(FindingType.LOST);
    CoverageRow early = row(10, 40, IntervalState.UNRECOVERABLE, Reason.BEFORE_LISTING);
    assertThat(kinds(account(without(10, 40), early))).isEmpty();
  }

  @Test
  void aDamagedDayIsNotReportedAgain() {
    List<Finding> found =
        AccountCheck.of(account(without(10, 40)), null, Intervals.of(0, 24 * HOUR));
    assertThat(found).isEmpty();
  }

  @Test
  void aLargerIntervalIsBlockedByItsMinutesAndElseAFinding() {
    StreamKey hourly = BTC.in(Timeframe.H1);
    StreamAccount larger = new StreamAccount(hourly, 0, HOUR, Intervals.empty(), List.of());
    assertThat(AccountCheck.of(larger, account(without(3, 4)), Intervals.empty())).isEmpty();
    assertThat(AccountCheck.of(larger, account(Intervals.of(0, HOUR)), Intervals.empty()))
        .extracting(Finding::kind)
        .containsExactly(FindingType.GAP);
  }
}
