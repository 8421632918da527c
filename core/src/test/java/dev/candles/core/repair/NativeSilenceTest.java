package dev.candles.core.repair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.Candles;
import dev.candles.core.candle.Candle;
import dev.candles.core.candle.Evidence;
import dev.candles.core.candle.Ohlc;
import dev.candles.core.candle.Provenance;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.candle.TradeRange;
import dev.candles.core.candle.Volumes;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.feed.LedgerEvent;
import dev.candles.core.feed.RepairEvent;
import dev.candles.core.feed.StreamBootstrap;
import dev.candles.core.proof.Silence;
import dev.candles.core.proof.TradeEvidence;
import dev.candles.core.time.VenueClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The venue's own larger row over minutes that were given up. */
class NativeSilenceTest {
  private static final long T0 = Candles.T0;
  private static final long MINUTE = Candles.MINUTE;
  private static final StreamKey FIVE = Candles.STREAM.in(Timeframe.M5);
  private static final Intervals LOST = Intervals.of(T0 + MINUTE, T0 + 3 * MINUTE);
  private static final Intervals LOST_AFTER = Intervals.of(T0 + 7 * MINUTE, T0 + 8 * MINUTE);
  private static final long NOW = T0 + Timeframe.H1.millis();

  private static final RepairStore.Kind<GapState> GAPS =
      new RepairStore.Kind<>("gaps", GapState.class);

  private final MemoryStore store = new MemoryStore();
  private final RepairPlanner planner =
      new RepairPlanner(
          new OneWindow(), store, (level, pattern, values) -> {}, new VenueClock(), NOW - MINUTE);

  /** The window of the first two is silent, of the third the venue has nothing. */
  @Test
  void aFlatLargerRowProvesTheMinutesEmptyThatWereGivenUp() {
    planner.take(RepairEvent.announced(Candles.STREAM, lake(LOST.union(LOST_AFTER))));
    List<RepairRequest> asked = requests();
    assertThat(asked).extracting(r -> r.query().stream()).containsOnly(Candles.STREAM, FIVE);

    List<LedgerEvent> told = new ArrayList<>();
    for (RepairRequest request : asked) {
      boolean larger = request.query().stream().equals(FIVE);
      List<Candle> rows = larger ? List.of(flat()) : List.of();
      RestAnswer said = RestAnswer.rows(rows, List.of(), List.of());
      RepairAnswer answer = new RepairAnswer(request, 200, NOW, NOW, -1, now -> said, "");
      told.addAll(planner.answered(answer, NOW).ledger());
    }
    assertThat(told)
        .containsExactlyInAnyOrder(
            new LedgerEvent.Empty(FIVE, T0, T0 + 5 * MINUTE, Evidence.REST),
            new LedgerEvent.Empty(Candles.STREAM, LOST.from(0), LOST.to(0), Evidence.REST));
    assertThat(store.tasks(GAPS).all())
        .filteredOn(gap -> gap.stream().equals(Candles.STREAM))
        .extracting(GapState::open)
        .as("what is asked for again")
        .containsExactly(LOST_AFTER);
  }

  private static StreamBootstrap lake(Intervals lost) {
    long[] none = {};
    return new StreamBootstrap(
        T0,
        T0 + 10 * MINUTE,
        none,
        Intervals.of(T0, T0 + 10 * MINUTE).minus(lost).toArray(),
        lost.toArray(),
        0,
        0,
        "BTC-USDT",
        Evidence.VENUE_FLAG,
        List.of());
  }

  private List<RepairRequest> requests() {
    return planner.requests(new StreamDayQuota(Integer.MAX_VALUE), NOW);
  }

  private static Candle flat() {
    return new Candle(
        FIVE,
        T0,
        new Ohlc(7, 7, 7, 7),
        Volumes.ofBase(0),
        TradeRange.UNKNOWN,
        Provenance.first(Evidence.REST, "rest", NOW));
  }

  /** Closed flat rows and no trades. */
  private static final class OneWindow implements CandleVenue {
    @Override
    public RepairProfile profile() {
      return new RepairProfile(
          "okx",
          Silence.ZERO_ROWS,
          TradeEvidence.Ends.UNKNOWN,
          0,
          false,
          false,
          100,
          0,
          0,
          0,
          List.of(Timeframe.M5),
          Map.of("rest", new RepairProfile.Budget(100, 1_000)));
    }
  }
}
