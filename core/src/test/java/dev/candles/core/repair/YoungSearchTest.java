package dev.candles.core.repair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.Candles;
import dev.candles.core.candle.Candle;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.coverage.Reason;
import dev.candles.core.feed.RepairEvent;
import dev.candles.core.proof.TradeEvidence;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Trades are searched for a silence when they can prove it, not before. */
class YoungSearchTest {
  private static final Candle BEFORE = Candles.minute(0);
  private static final Candle AFTER = Candles.minute(2);
  private static final long END = AFTER.openTimeMs();
  private static final Intervals QUIET = Intervals.of(BEFORE.endTimeMs(), END);

  @Test
  void aTradeOfTheQuietMinuteMayBePublishedForTenMinutes() {
    assertThat(searches(END + TradeEvidence.LATE_MS - 1, List.of())).isFalse();
    assertThat(searches(END + TradeEvidence.LATE_MS, List.of())).isTrue();
  }

  @Test
  void theLastIdBeforeItsEndOrLaterDecidesAtOnce() {
    long nowMs = END + 2 * Candles.MINUTE;
    RepairEvent early = new RepairEvent.Joined(Candles.STREAM, END - 1, 41);
    RepairEvent atTheEnd = new RepairEvent.Joined(Candles.STREAM, END, 42);
    assertThat(searches(nowMs, List.of(early))).isFalse();
    assertThat(searches(nowMs, List.of(atTheEnd))).isTrue();
    assertThat(searches(nowMs, List.of(early, atTheEnd))).isTrue();
  }

  /** Whether its trades are asked for, once its candles were read. */
  private static boolean searches(long nowMs, List<RepairEvent> told) {
    RepairPlanner planner = TradesById.planner(new TradesById(2_000), nowMs, BEFORE.openTimeMs());
    planner.take(RepairEvent.gap(Candles.STREAM, QUIET, Reason.SKIPPED));
    told.forEach(planner::take);
    RepairRequest candles = requests(planner, nowMs).get(0);
    assertThat(candles.rows()).isEqualTo(RepairRequest.Rows.CANDLES);
    RestAnswer around = RestAnswer.rows(List.of(BEFORE, AFTER), List.of(), List.of());
    planner.answered(new RepairAnswer(candles, 200, nowMs, nowMs, -1, now -> around, ""), nowMs);
    return requests(planner, nowMs).stream()
        .anyMatch(request -> request.rows() == RepairRequest.Rows.TRADES);
  }

  private static List<RepairRequest> requests(RepairPlanner planner, long nowMs) {
    return planner.requests(new StreamDayQuota(Integer.MAX_VALUE), nowMs);
  }
}
