package dev.candles.core.repair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.Candles;
import dev.candles.core.candle.Candle;
import dev.candles.core.candle.Evidence;
import dev.candles.core.feed.RepairEvent;
import dev.candles.core.feed.StreamBootstrap;
import dev.candles.core.proof.Silence;
import dev.candles.core.time.VenueClock;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A venue closes one candle with several values before REST has said which of them holds. */
class CandidatesTest {
  private static final long END = Candles.T0 + Candles.MINUTE;
  private static final Candle FIRST = Candles.candle(Candles.T0, 100, 1, Evidence.VENUE_FLAG);
  private static final Candle SECOND = Candles.candle(Candles.T0, 108, 1, Evidence.VENUE_FLAG);

  private final MemoryStore store = new MemoryStore();
  private final RepairPlanner planner =
      new RepairPlanner(
          new Venue(), store, (level, pattern, values) -> {}, new VenueClock(), Candles.T0);

  private record Venue() implements CandleVenue {
    @Override
    public RepairProfile profile() {
      return new RepairProfile(
          "okx",
          Silence.ZERO_ROWS,
          1,
          2_000,
          true,
          false,
          100,
          0,
          0,
          0,
          List.of(),
          Map.of("rest", new RepairProfile.Budget(100, 1_000)));
    }
  }

  CandidatesTest() {
    planner.take(
        RepairEvent.announced(
            Candles.STREAM, StreamBootstrap.ofNothing(END, "BTC-USD", Evidence.VENUE_FLAG)));
  }

  private void closed(Candle candle) {
    planner.take(new RepairEvent.Reconfirm(Candles.STREAM, Candles.T0, END, candle));
  }

  private List<Reconfirmation> questions() {
    return store.tasks(ReconfirmTask.STORED).all();
  }

  @Test
  void aValueIsAskedAboutThoughAnotherOfTheSameNumberComesAfterIt() {
    assertThat(keyOf(SECOND)).as("the same number").isEqualTo(keyOf(FIRST));
    closed(SECOND);
    closed(FIRST); // a stale repeat
    Candle rest = Candles.candle(Candles.T0, 108, 1, Evidence.REST);
    assertThat(HourOfRest.told(planner, rest, true))
        .extracting(HourOfRest.Told::candle)
        .containsExactly(rest.withEvidence(Evidence.REST_TWICE));
  }

  @Test
  void eachOfEightValuesIsAskedAboutOnceThoughAllHaveOneNumber() {
    List<Candle> eight =
        IntStream.iterate(100, i -> i + 1)
            .mapToObj(i -> Candles.candle(Candles.T0, i, 1, Evidence.VENUE_FLAG))
            .filter(candle -> keyOf(candle).equals(keyOf(FIRST)))
            .limit(8)
            .toList();
    eight.forEach(this::closed);
    for (int i = 7; i >= 0; i--) {
      closed(eight.get(i));
    }
    assertThat(questions())
        .extracting(Reconfirmation::candidate)
        .containsExactlyInAnyOrderElementsOf(eight);
  }

  @Test
  void ofMoreThanEightTheLastIsAmongThoseThatAreAskedAbout() {
    for (int i = 0; i < 100; i++) {
      Candle candle = Candles.candle(Candles.T0, 100 + i, 1, Evidence.VENUE_FLAG);
      closed(candle);
      assertThat(questions()).hasSizeLessThanOrEqualTo(8);
      assertThat(questions()).extracting(Reconfirmation::candidate).contains(candle);
    }
  }

  private static String keyOf(Candle candle) {
    return Reconfirmation.fresh(Candles.STREAM, Candles.T0, END, candle).key();
  }
}
