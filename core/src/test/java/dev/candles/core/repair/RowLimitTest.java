package dev.candles.core.repair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.Candles;
import dev.candles.core.candle.Candle;
import dev.candles.core.coverage.Intervals;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the length of answers tells of a venue's pages, and of what an answer speaks. */
class RowLimitTest {
  private static final int ASKED = 300;

  private final RowLimit limit = new RowLimit();

  private AnswerReach take(int asked, int from, int rows) {
    return take(asked, from, rows, Long.MAX_VALUE);
  }

  private AnswerReach take(int asked, int from, int rows, long settledToMs) {
    List<Candle> candles = new ArrayList<>();
    for (int i = from; i < from + rows; i++) {
      candles.add(Candles.minute(i));
    }
    RestQuery query =
        new RestQuery("", "rest", Candles.STREAM, at(0), Candles.T0 + asked * Candles.MINUTE);
    return limit.take(query, RestAnswer.rows(candles, List.of(), List.of()), settledToMs);
  }

  private static long at(int minute) {
    return Candles.T0 + minute * Candles.MINUTE;
  }

  @Test
  void aPageThatIsCutSpeaksOfItsRowsAlone() {
    assertThat(take(ASKED, 200, 100)).isEqualTo(new AnswerReach(at(200), at(300)));
    assertThat(take(ASKED, 0, 100)).isEqualTo(new AnswerReach(at(0), at(100)));
  }

  @Test
  void whereMoreRowsCameBeforeFewerAreAllThatThereAre() {
    assertThat(take(ASKED, 0, 300)).isEqualTo(AnswerReach.ALL);
    assertThat(take(ASKED, 150, 150)).isEqualTo(AnswerReach.ALL);
  }

  @Test
  void aFewRowsAreNoPageThatIsCut() {
    for (int i = 0; i < 2 * RowLimit.KNOWN_AFTER; i++) {
      assertThat(take(ASKED, 250, RowLimit.FEWEST - 1)).isEqualTo(AnswerReach.ALL);
    }
    assertThat(limit.margin()).isEqualTo(Integer.MAX_VALUE);
  }

  @Test
  void whatIsAskedAndComesSaysNothingOfALimit() {
    for (int i = 0; i < 2 * RowLimit.KNOWN_AFTER; i++) {
      assertThat(take(60, 0, 60)).isEqualTo(AnswerReach.ALL);
    }
    assertThat(limit.margin()).isEqualTo(Integer.MAX_VALUE);
  }

  /** Each minute one that ends at the newest row there can be, whatever is asked behind it. */
  @Test
  void aPageThatEndsAtTheLiveEdgeIsNotCut() {
    for (int i = 0; i < 2 * RowLimit.KNOWN_AFTER; i++) {
      assertThat(take(ASKED, 0, 200, at(201) - 1)).isEqualTo(AnswerReach.ALL);
    }
    assertThat(limit.margin()).isEqualTo(Integer.MAX_VALUE);
    assertThat(take(ASKED, 0, 200, at(201))).isEqualTo(new AnswerReach(at(0), at(200)));
  }

  @Test
  void aLimitIsKnownByAnswersOfOneLengthUntilALongerOneComes() {
    for (int i = 1; i < RowLimit.KNOWN_AFTER; i++) {
      take(ASKED, 200, 100);
    }
    assertThat(limit.margin()).isEqualTo(Integer.MAX_VALUE);
    take(ASKED, 200, 100);
    assertThat(limit.margin()).isEqualTo(33);
    take(ASKED, 200, 90);
    assertThat(limit.margin()).isEqualTo(33);
    take(ASKED, 150, 150);
    assertThat(limit.margin()).isEqualTo(Integer.MAX_VALUE);
  }

  @Test
  void aLimitThatIsLoweredShowsInAnswersOfOneLength() {
    take(ASKED, 0, 300);
    for (int i = 1; i < RowLimit.KNOWN_AFTER; i++) {
      assertThat(take(ASKED, 200, 100)).isEqualTo(AnswerReach.ALL);
    }
    assertThat(take(ASKED, 200, 100)).isEqualTo(new AnswerReach(at(200), at(300)));
    assertThat(limit.margin()).isEqualTo(33);
    take(ASKED, 0, 300);
    for (int i = 0; i < 4 * RowLimit.KNOWN_AFTER; i++) {
      assertThat(take(ASKED, 200, 90 + i % 3)).as("lengths differ").isEqualTo(AnswerReach.ALL);
    }
    assertThat(limit.margin()).isEqualTo(Integer.MAX_VALUE);
  }

  @Test
  void whatItReachesNoneOfIsNotAskedForOverAndOver() {
    Intervals wanted = Intervals.of(at(0), at(10));
    assertThat(new AnswerReach(at(4), at(6)).of(wanted)).isEqualTo(Intervals.of(at(4), at(6)));
    assertThat(AnswerReach.from(at(10)).of(wanted)).isEqualTo(wanted);
    assertThat(AnswerReach.until(at(0)).of(wanted)).isEqualTo(wanted);
    assertThat(AnswerReach.ALL.of(wanted)).isEqualTo(wanted);
  }
}
