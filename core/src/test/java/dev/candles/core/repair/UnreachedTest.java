package dev.candles.core.repair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.Candles;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.coverage.Reason;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A page of which an answer reaches only a part. */
class UnreachedTest {
  private static final int PAGE_ROWS = 100;

  private static Intervals minutes(int first) {
    long from = Candles.T0 + first * Candles.MINUTE;
    return Intervals.of(from, from + Candles.MINUTE);
  }

  /** An answer reached the first half of a page, and left one minute of it open. */
  private static GapState halfReached() {
    Intervals wanted = Intervals.of(Candles.T0, Candles.T0 + 10 * Candles.MINUTE);
    GapState gap = GapState.fresh(Candles.STREAM, Candles.T0, wanted, Reason.HISTORY);
    GapState.Page page = gap.nextPage(PAGE_ROWS, Long.MAX_VALUE, 0).orElseThrow();
    Intervals reached = Intervals.of(Candles.T0, Candles.T0 + 5 * Candles.MINUTE);
    Proof proof = new Proof(List.of(), reached.minus(minutes(2)), minutes(2));
    return Answered.by(
            gap,
            new GapState.Page(reached, page.askFromMs(), page.askToMs()),
            wanted.minus(reached),
            proof,
            Candles.T0 * 2)
        .gap();
  }

  /**
   * Whether a day of often in vain is in vain no more, by minutes of it that one answer settled.
   */
  private static boolean isProgress(int asked, int reached, int settled) {
    Intervals day = Intervals.of(Candles.T0, Candles.T0 + 1_440 * Candles.MINUTE);
    GapState gap =
        GapState.fresh(Candles.STREAM, Candles.T0, day, Reason.HISTORY)
            .changed(inVain -> inVain.attempts = 7);
    Intervals wanted = Intervals.of(Candles.T0, Candles.T0 + reached * Candles.MINUTE);
    Intervals empty = Intervals.of(Candles.T0, Candles.T0 + settled * Candles.MINUTE);
    Proof proof = new Proof(List.of(), empty, wanted.minus(empty));
    GapState.Page page = new GapState.Page(wanted, wanted.from(0), wanted.to(0));
    GapState after =
        Answered.by(
                gap,
                page,
                Intervals.of(wanted.to(0), Candles.T0 + asked * Candles.MINUTE),
                proof,
                Candles.T0 * 2)
            .gap();
    return after.attempts() <= 1;
  }

  @Test
  void progressIsMostOfAShortPageOrMuchOfTheDay() {
    assertThat(isProgress(594, 13, 13)).isTrue();
    assertThat(isProgress(594, 100, 50)).isTrue();
    assertThat(isProgress(594, 100, 49)).isFalse();
    assertThat(isProgress(13, 13, 13)).as("what little was asked").isFalse();
    assertThat(isProgress(294, 294, 140)).as("a tenth of the day").isTrue();
    assertThat(isProgress(294, 294, 1)).isFalse();
  }

  @Test
  void whatAnAnswerDoesNotReachIsAskedForNextAndNoAnswerHasLeftItOpen() {
    GapState gap = halfReached();
    assertThat(Intervals.fromArray(gap.sweepLeft())).isEqualTo(minutes(2));
    assertThat(gap.nextTryMs()).isZero();
    Intervals rest = Intervals.of(Candles.T0 + 5 * Candles.MINUTE, gap.endMs());
    GapState.Page page = gap.nextPage(PAGE_ROWS, Long.MAX_VALUE, 0).orElseThrow();
    assertThat(page.wanted()).isEqualTo(rest);
  }

  @Test
  void aSweepBeginsAnewWhereTheRestOfAPageFailsOrIsSettledElsewhere() {
    GapState gap = halfReached();
    GapState.Page page = gap.nextPage(PAGE_ROWS, Long.MAX_VALUE, 0).orElseThrow();
    assertThat(gap.failed(page, 1).nextPage(PAGE_ROWS, Long.MAX_VALUE, 0))
        .map(GapState.Page::wanted)
        .contains(gap.open());
    assertThat(gap.withOpen(minutes(2)).nextPage(PAGE_ROWS, Long.MAX_VALUE, 0))
        .map(GapState.Page::wanted)
        .contains(minutes(2));
  }
}
