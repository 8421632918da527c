package dev.candles.core.repair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.Candles;
import dev.candles.core.candle.Candle;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.coverage.Reason;
import dev.candles.core.feed.LedgerEvent;
import dev.candles.core.feed.RepairEvent;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** A venue that was away for a day has not said for a day that it knows nothing. */
class OutageIsNoAnswerTest {
  private static final Candle BEFORE = Candles.minute(0);
  private static final Candle AFTER = Candles.minute(2);
  private static final Intervals QUIET = Intervals.of(BEFORE.endTimeMs(), AFTER.openTimeMs());
  private static final int LONG_WAIT_SWEEPS = 12;
  private static final int OUTAGE_STEPS = 6;
  private static final long STEP_MS = 76_000;
  private static final int FOR_EVER = 4_000;

  private long nowMs = AFTER.endTimeMs() + GapRepair.GIVE_UP_AFTER_MS;
  private final List<LedgerEvent.Unrecoverable> givenUp = new ArrayList<>();
  private final Set<RepairRequest.Rows> asked = EnumSet.noneOf(RepairRequest.Rows.class);
  private int sweeps;

  /** How far our clock is ahead of that of the venue. */
  private long aheadMs;

  private final RepairPlanner planner =
      TradesById.planner(new TradesById(2_000), nowMs, BEFORE.openTimeMs());

  /** Meanwhile it is asked for trades alone, so that the gap itself meets with no failure. */
  @Test
  void nothingIsGivenUpBeforeItHasAnsweredForAWhile() {
    planner.take(RepairEvent.gap(Candles.STREAM, QUIET, Reason.SKIPPED));
    answerUntil(() -> sweeps == LONG_WAIT_SWEEPS);

    asked.clear();
    for (int i = 0; i < OUTAGE_STEPS; i++) {
      nowMs += STEP_MS;
      for (RepairRequest request : requests()) {
        asked.add(request.rows());
        planner.answered(RepairAnswer.none(request, "away"), nowMs);
      }
    }
    assertThat(asked).containsExactly(RepairRequest.Rows.TRADES);
    assertThat(givenUp).isEmpty();

    nowMs += GapRepair.GIVE_UP_AFTER_MS;
    long backMs = nowMs;
    answerUntil(() -> sweeps == LONG_WAIT_SWEEPS + 1);
    assertThat(givenUp).as("at its first word").isEmpty();
    answerUntil(() -> !givenUp.isEmpty());
    assertThat(nowMs - backMs).isGreaterThanOrEqualTo(GapRepair.HEARD_FOR_MS);
    assertThat(givenUp)
        .containsExactly(
            new LedgerEvent.Unrecoverable(
                Candles.STREAM, QUIET.from(0), QUIET.to(0), Reason.NO_PROOF));
  }

  /** Fifteen minutes after the gap began, by the Date of the same answers. */
  @Test
  void ourClockThatIsPutForwardByADayGivesNothingUp() {
    planner.take(RepairEvent.gap(Candles.STREAM, QUIET, Reason.SKIPPED));
    answerUntil(() -> sweeps == 4);
    aheadMs = GapRepair.GIVE_UP_AFTER_MS + 3_600_000;
    answerUntil(() -> sweeps == 9);
    assertThat(givenUp).isEmpty();
    aheadMs = 0;
    answerUntil(() -> !givenUp.isEmpty());
  }

  /** One request at a time, so that {@code enough} is looked at behind each answer. */
  private void answerUntil(BooleanSupplier enough) {
    for (int i = 0; !enough.getAsBoolean(); i++) {
      assertThat(i).as("steps").isLessThan(FOR_EVER);
      List<RepairRequest> requests = requests();
      for (RepairRequest request : requests) {
        boolean candles = request.rows() == RepairRequest.Rows.CANDLES;
        sweeps += candles ? 1 : 0;
        RestAnswer said =
            RestAnswer.rows(candles ? List.of(BEFORE, AFTER) : List.of(), List.of(), List.of());
        RepairAnswer answer = new RepairAnswer(request, 200, nowMs, nowMs, -1, at -> said, "");
        planner.answered(answer, nowMs + aheadMs).ledger().stream()
            .filter(LedgerEvent.Unrecoverable.class::isInstance)
            .map(LedgerEvent.Unrecoverable.class::cast)
            .forEach(givenUp::add);
      }
      if (requests.isEmpty()) {
        nowMs += 60_000;
      }
    }
  }

  private List<RepairRequest> requests() {
    return planner.requests(new StreamDayQuota(Integer.MAX_VALUE), nowMs + aheadMs);
  }
}
