package dev.candles.core.repair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.Candles;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.coverage.Reason;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an answer says of a listing and of silence, and what one that nobody can read does not. */
class AnswerHistoryTest {
  private static final int PAGE_ROWS = 100;

  @Test
  void whatLiesBeforeTheListingIsGivenUpInWholeIntervals() {
    GapState gap = GapRepairTest.oneMinute();
    AnswerHistory heard = AnswerHistory.NOTHING;
    for (int sweep = 0; sweep < 2; sweep++) {
      heard = heard.read(gap.open());
      GapRepair.Outcome outcome = unlisted(gap, heard);
      gap = outcome.gap();
      assertThat(outcome.unrecoverable().length()).isEqualTo(sweep * Candles.MINUTE);
    }
    assertThat(gap.isDone()).isTrue();
  }

  @Test
  void anAnswerThatNobodyCanReadIsNoWordAboutTheListing() {
    GapState gap = GapRepairTest.oneMinute();
    AnswerHistory heard = AnswerHistory.NOTHING;
    for (boolean readable : new boolean[] {false, false, true, false, false, false}) {
      heard = readable ? heard.read(gap.open()) : heard;
      GapRepair.Outcome outcome = unlisted(gap, heard);
      assertThat(outcome.unrecoverable().isEmpty()).as("%s", heard).isTrue();
      gap = outcome.gap();
    }
    assertThat(unlisted(gap, heard.read(gap.open())).why()).isEqualTo(Reason.BEFORE_LISTING);
  }

  @Test
  void whatOneAnswerLeavesOpenIsHeardOnceUntilAnotherRepeatsIt() {
    Intervals one = Intervals.of(Candles.T0, Candles.T0 + 3 * Candles.MINUTE);
    Intervals other = Intervals.of(Candles.T0 + Candles.MINUTE, Candles.T0 + 5 * Candles.MINUTE);
    AnswerHistory heard = AnswerHistory.NOTHING.read(one).read(other);
    assertThat(heard.once()).isEqualTo(one.union(other));
    assertThat(heard.twice()).isEqualTo(one.intersect(other));
  }

  /** After an answer without rows about a market that was listed in the second minute. */
  private static GapRepair.Outcome unlisted(GapState gap, AnswerHistory heard) {
    GapState.Page page = gap.nextPage(PAGE_ROWS, Long.MAX_VALUE, 0).orElseThrow();
    Proof nothing = GapRepairTest.proof(page.wanted(), List.of());
    return GapRepair.answered(
        gap,
        page,
        Intervals.empty(),
        nothing,
        heard,
        new KeptHistory(Candles.T0 + 90_001, Long.MIN_VALUE),
        Long.MAX_VALUE,
        Candles.T0 * 2);
  }
}
