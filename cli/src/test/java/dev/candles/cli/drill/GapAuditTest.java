package dev.candles.cli.drill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.cli.drill.GapAudit.Window;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.coverage.GapRecord;
import dev.candles.core.coverage.IntervalState;
import dev.candles.core.coverage.Reason;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GapAuditTest {
  private static final StreamKey ONE = new StreamKey("okx", "BTC-USDT", Timeframe.M1);
  private static final StreamKey TWO = new StreamKey("okx", "ETH-USDT", Timeframe.M1);
  private static final long MINUTE = 60_000;

  /** From half past minute 10 until half past minute 15: the minutes 11 to 14. */
  private static final List<Window> WINDOW =
      List.of(new Window(10 * MINUTE + 30_000, 15 * MINUTE + 30_000));

  private static GapRecord gap(
      long fromMinute, long toMinute, IntervalState state, long openedAt, long closedAt) {
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

  @Test
  void everyMinuteOfTheTimeAwayMustBeInAGap() {
    List<GapRecord> whole = List.of(gap(9, 16, IntervalState.FINAL, 16, 20));
    assertThat(GapAudit.of(List.of(ONE), Map.of(ONE, whole), WINDOW))
        .isEqualTo(new GapAudit(4, 0, 1, 0, 4 * MINUTE));

    List<GapRecord> parts =
        List.of(
            gap(11, 12, IntervalState.FINAL, 16, 17),
            gap(13, 15, IntervalState.VERIFIED_EMPTY, 16, 19));
    assertThat(GapAudit.of(List.of(ONE), Map.of(ONE, parts), WINDOW))
        .isEqualTo(new GapAudit(4, 1, 2, 0, 3 * MINUTE));
  }

  @Test
  void aStreamThatIsNotThereNotedNothing() {
    GapAudit audit =
        GapAudit.of(
            List.of(ONE, TWO),
            Map.of(ONE, List.of(gap(10, 16, IntervalState.FINAL, 16, 17))),
            WINDOW);

    assertThat(audit.expected()).isEqualTo(8);
    assertThat(audit.unnoted()).isEqualTo(4);
  }

  @Test
  void whatIsNotFilledIsOpenAndWhatIsElsewhereDoesNotCount() {
    GapAudit audit =
        GapAudit.of(
            List.of(ONE),
            Map.of(
                ONE,
                List.of(
                    gap(1, 3, IntervalState.MISSING, 3, 0),
                    gap(10, 12, IntervalState.FINAL, 16, 18),
                    gap(12, 16, IntervalState.MISSING, 16, 0))),
            WINDOW);

    assertThat(audit.rows()).isEqualTo(2);
    assertThat(audit.open()).isEqualTo(1);
  }
}
