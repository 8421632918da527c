package dev.candles.cli.drill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.cli.drill.GapAudit.Known;
import dev.candles.cli.drill.GapAudit.Window;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.coverage.GapRecord;
import dev.candles.core.coverage.IntervalState;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.coverage.Reason;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class GapAuditTest {
  private static final StreamKey ONE = new StreamKey("okx", "BTC-USDT", Timeframe.M1);
  private static final StreamKey TWO = new StreamKey("okx", "ETH-USDT", Timeframe.M1);
  private static final long MINUTE = 60_000;
  private static final Intervals ALL = Intervals.of(0, 100 * MINUTE);

  /** From half past minute 10 until half past minute 15: the minutes 11 to 14. */
  private static final List<Window> WINDOW =
      List.of(new Window(10 * MINUTE + 30_000, 15 * MINUTE + 30_000));

  private static GapRecord gap(
      long fromMinute, long toMinute, @Nullable IntervalState state, long openedAt, long closedAt) {
    return new GapRecord(
        ONE,
        fromMinute * MINUTE,
        toMinute * MINUTE,
        state,
        Reason.AWAY,
        null,
        openedAt * MINUTE,
        closedAt * MINUTE);
  }

  private static GapAudit audit(List<GapRecord> gaps, Intervals settled) {
    return GapAudit.of(List.of(ONE), Map.of(ONE, new Known(gaps, settled)), WINDOW);
  }

  @Test
  void everyMinuteOfTheTimeAwayMustBeInAGap() {
    GapAudit whole = audit(List.of(gap(9, 16, IntervalState.FINAL, 16, 20)), ALL);
    assertThat(whole).isEqualTo(new GapAudit(4, 4, 0, 1, 0, 4 * MINUTE));
    assertThat(whole.isComplete()).isTrue();

    List<GapRecord> parts =
        List.of(
            gap(11, 12, IntervalState.FINAL, 16, 17),
            gap(13, 15, IntervalState.VERIFIED_EMPTY, 16, 19));
    GapAudit one = audit(parts, ALL.minus(Intervals.of(12 * MINUTE, 13 * MINUTE)));
    assertThat(one).isEqualTo(new GapAudit(4, 3, 0, 2, 0, 3 * MINUTE));
    assertThat(one.isComplete()).isFalse();
  }

  @Test
  void aTimeAwayWithoutAWholeMinuteShowsNothingAndSaysSo() {
    Window half = new Window(10 * MINUTE + 5_000, 10 * MINUTE + 40_000);
    GapAudit none =
        GapAudit.of(List.of(ONE), Map.of(ONE, new Known(List.of(), ALL)), List.of(half));
    assertThat(none.text()).startsWith("no whole minute of the market lay in a time away");
    assertThat(audit(List.of(gap(9, 16, IntervalState.FINAL, 16, 20)), ALL).text())
        .isEqualTo("4 minutes away: 4 noted by 1 gap in coverage, 0 told by the feed all the same");
  }

  /** As kraken does with the last trades at the begin of a subscription. */
  @Test
  void whatTheFeedTellsAllTheSameWasNoGap() {
    GapAudit audit = audit(List.of(gap(11, 14, IntervalState.FINAL, 16, 17)), ALL);

    assertThat(audit.noted()).isEqualTo(3);
    assertThat(audit.fed()).isEqualTo(1);
    assertThat(audit.isComplete()).isTrue();
  }

  @Test
  void aMinuteThatNobodyAccountsForWasNotNoted() {
    GapAudit audit =
        audit(
            List.of(gap(11, 14, IntervalState.FINAL, 16, 17), gap(14, 15, null, 0, 0)),
            Intervals.of(0, 14 * MINUTE));

    assertThat(audit.noted()).isEqualTo(3);
    assertThat(audit.open()).isEqualTo(1);
    assertThat(audit.isComplete()).isFalse();
  }

  @Test
  void aBackfillThatAnotherKillInterruptedBeginsAnew() {
    Known known = new Known(List.of(gap(10, 16, IntervalState.FINAL, 16, 42)), ALL);
    List<Window> twice = List.of(WINDOW.get(0), new Window(20 * MINUTE, 40 * MINUTE));

    assertThat(GapAudit.of(List.of(ONE), Map.of(ONE, known), twice).longestMs())
        .isEqualTo(2 * MINUTE);
    assertThat(GapAudit.of(List.of(ONE), Map.of(ONE, known), WINDOW).longestMs())
        .isEqualTo(26 * MINUTE);
  }

  @Test
  void aStreamThatIsNotThereNotedNothing() {
    GapAudit audit =
        GapAudit.of(
            List.of(ONE, TWO),
            Map.of(ONE, new Known(List.of(gap(10, 16, IntervalState.FINAL, 16, 17)), ALL)),
            WINDOW);

    assertThat(audit.expected()).isEqualTo(8);
    assertThat(audit.noted()).isEqualTo(4);
    assertThat(audit.isComplete()).isFalse();
  }

  @Test
  void whatIsNotFilledIsOpenAndWhatIsElsewhereDoesNotCount() {
    GapAudit audit =
        audit(
            List.of(
                gap(1, 3, IntervalState.MISSING, 3, 0),
                gap(10, 12, IntervalState.FINAL, 16, 18),
                gap(12, 16, IntervalState.MISSING, 16, 0)),
            Intervals.of(0, 12 * MINUTE));

    assertThat(audit.rows()).isEqualTo(2);
    assertThat(audit.open()).isEqualTo(1);
  }
}
