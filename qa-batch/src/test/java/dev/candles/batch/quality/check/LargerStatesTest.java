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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An hour; what is said of minutes 10 to 15 and of the 5m interval over them. */
class LargerStatesTest {
  private static final IntervalState EMPTY = IntervalState.VERIFIED_EMPTY;
  private static final long HOUR = 60 * MINUTE;
  private static final StreamKey FIVE = BTC.in(Timeframe.M5);
  private static final LargerStates.FlatRows NO_FLAT_ROWS = (stream, finals) -> Intervals.empty();

  private static CoverageRow row(
      StreamKey stream, int from, int to, IntervalState state, Evidence evidence) {
    return new CoverageRow(stream, from * MINUTE, to * MINUTE, state, Reason.NONE, evidence, 1, 1);
  }

  /** Minutes: all final but for the rows'. */
  private static StreamAccount minutes(CoverageRow... rows) {
    Intervals finals = Intervals.of(0, HOUR).minus(Intervals.of(10 * MINUTE, 15 * MINUTE));
    return new StreamAccount(BTC, 0, HOUR, finals, List.of(rows));
  }

  private static CoverageRow minute(int from, int to, IntervalState state) {
    return row(BTC, from, to, state, Evidence.REST);
  }

  private static StreamAccount larger(IntervalState state) {
    Intervals finals = Intervals.of(0, HOUR);
    return state == IntervalState.FINAL
        ? new StreamAccount(FIVE, 0, HOUR, finals, List.of())
        : new StreamAccount(
            FIVE,
            0,
            HOUR,
            finals.minus(Intervals.of(10 * MINUTE, 15 * MINUTE)),
            List.of(row(FIVE, 10, 15, state, Evidence.REST)));
  }

  private static List<String> found(IntervalState larger, StreamAccount minutes) {
    return LargerStates.of(larger(larger), minutes, Intervals.empty(), NO_FLAT_ROWS).stream()
        .peek(finding -> assertThat(finding.openTimeMs()).isEqualTo(10 * MINUTE))
        .map(finding -> finding.kind() + " " + finding.value())
        .toList();
  }

  @Test
  void whatAgreesIsNoFinding() {
    StreamAccount silent = minutes(minute(10, 15, EMPTY));
    assertThat(found(EMPTY, silent)).isEmpty();
    assertThat(found(IntervalState.FINAL, minutes(minute(10, 14, EMPTY)))).isEmpty();
    StreamAccount lost = minutes(minute(10, 15, IntervalState.UNRECOVERABLE));
    assertThat(found(IntervalState.UNRECOVERABLE, lost)).isEmpty();
    assertThat(found(IntervalState.MISSING, minutes(minute(10, 15, IntervalState.MISSING))))
        .isEmpty();
  }

  @Test
  void anEmptyIntervalIsDeniedByEveryOtherStateOfAMinute() {
    StreamAccount traded = new StreamAccount(BTC, 0, HOUR, Intervals.of(0, HOUR), List.of());
    assertThat(found(EMPTY, traded))
        .containsExactly("ROLLUP_DENIED proven empty, and a minute of it has a candle");
    assertThat(found(EMPTY, minutes(minute(10, 14, EMPTY), minute(14, 15, IntervalState.MISSING))))
        .containsExactly("ROLLUP_DENIED proven empty, and a minute of it is missing");
    assertThat(
            found(
                EMPTY, minutes(minute(10, 11, IntervalState.UNRECOVERABLE), minute(11, 15, EMPTY))))
        .containsExactly("ROLLUP_DENIED proven empty, and a minute of it was given up");
    assertThat(found(EMPTY, minutes(minute(11, 15, EMPTY))))
        .containsExactly("ROLLUP_DENIED proven empty, and a minute of it has no state");
  }

  /** Minutes of an older lake, and a larger interval that a build of now has folded. */
  @Test
  void aFlatRowIsAsGoodAsAnEmptiness() {
    StreamAccount minutes = new StreamAccount(BTC, 0, HOUR, Intervals.of(0, HOUR), List.of());
    Intervals inside = Intervals.of(10 * MINUTE, 15 * MINUTE);
    List<Intervals> asked = new ArrayList<>();
    LargerStates.FlatRows all =
        (stream, finals) -> {
          asked.add(finals);
          return finals;
        };
    assertThat(LargerStates.of(larger(EMPTY), minutes, Intervals.empty(), all)).isEmpty();
    assertThat(asked).as("only what would contradict").containsExactly(inside, Intervals.empty());
    LargerStates.FlatRows butOne =
        (stream, finals) -> finals.minus(Intervals.of(14 * MINUTE, 15 * MINUTE));
    assertThat(LargerStates.of(larger(EMPTY), minutes, Intervals.empty(), butOne))
        .extracting(Finding::kind)
        .containsExactly(FindingType.ROLLUP_DENIED);
    assertThat(
            LargerStates.of(
                larger(IntervalState.FINAL),
                minutes(minute(10, 15, EMPTY)),
                Intervals.empty(),
                all))
        .isEmpty();
  }

  @Test
  void anIntervalIsToldOnceHoweverManyOfItsMinutesDenyIt() {
    assertThat(
            found(
                EMPTY,
                minutes(
                    minute(10, 11, IntervalState.MISSING),
                    minute(12, 13, IntervalState.UNRECOVERABLE))))
        .hasSize(1);
  }

  @Test
  void aCandleWhoeverMadeItIsDeniedByMinutesThatAreAllEmpty() {
    assertThat(found(IntervalState.FINAL, minutes(minute(10, 15, EMPTY))))
        .containsExactly("ROLLUP_OF_NOTHING has a candle, and all of its minutes are proven empty");
  }

  @Test
  void theVenuesOwnCandleOverMinutesThatWereGivenUpIsNoContradiction() {
    assertThat(found(IntervalState.FINAL, minutes(minute(10, 15, IntervalState.UNRECOVERABLE))))
        .isEmpty();
  }

  @Test
  void whatIsNotMadeAlthoughAllMinutesAreKnownIsFound() {
    StreamAccount known = minutes(minute(10, 15, EMPTY));
    assertThat(found(IntervalState.MISSING, known))
        .containsExactly("ROLLUP_DENIED missing, and all of its minutes are known");
    assertThat(found(IntervalState.UNRECOVERABLE, known))
        .containsExactly("ROLLUP_DENIED given up, and all of its minutes are known");
  }

  @Test
  void minutesThatAreNotAccountedForYetDenyNothing() {
    StreamAccount short_ =
        new StreamAccount(
            BTC, 0, 12 * MINUTE, Intervals.of(0, 10 * MINUTE), List.of(minute(10, 12, EMPTY)));
    assertThat(found(EMPTY, short_)).isEmpty();
    assertThat(found(IntervalState.FINAL, short_)).isEmpty();
  }

  @Test
  void aDayThatCannotBeReadDeniesNothingButByItsCandles() {
    Intervals damaged = Intervals.of(0, 24 * HOUR);
    assertThat(
            LargerStates.of(larger(EMPTY), minutes(minute(11, 15, EMPTY)), damaged, NO_FLAT_ROWS))
        .isEmpty();
    assertThat(
            LargerStates.of(
                larger(IntervalState.FINAL), minutes(minute(10, 15, EMPTY)), damaged, NO_FLAT_ROWS))
        .isEmpty();
    StreamAccount traded = new StreamAccount(BTC, 0, HOUR, Intervals.of(0, HOUR), List.of());
    assertThat(LargerStates.of(larger(EMPTY), traded, damaged, NO_FLAT_ROWS)).hasSize(1);
  }

  @Test
  void anEmptinessThatIsOnlyClaimedIsToldOfItsMinutesAndDeniesNothing() {
    StreamAccount claimed = minutes(row(BTC, 10, 15, EMPTY, Evidence.REST_TWICE));
    assertThat(found(EMPTY, claimed)).isEmpty();
    assertThat(found(IntervalState.FINAL, claimed)).isEmpty();
    assertThat(
            AccountCheck.of(larger(EMPTY), claimed, Intervals.empty()).stream().map(Finding::kind))
        .isEmpty();
  }

  @Test
  void whatIsDeniedIsNotALossAsWell() {
    Intervals none = Intervals.empty();
    StreamKey hour = BTC.in(Timeframe.H1);
    CoverageRow lost = row(hour, 0, 60, IntervalState.UNRECOVERABLE, Evidence.REST);
    StreamAccount larger = new StreamAccount(hour, 0, HOUR, none, Arrays.asList(lost));
    StreamAccount known = minutes(minute(10, 15, EMPTY));
    assertThat(AccountCheck.of(larger, known, none)).isEmpty();
    assertThat(LargerStates.of(larger, known, none, NO_FLAT_ROWS)).hasSize(1);
  }
}
