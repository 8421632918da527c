package dev.candles.job.operator;

import static dev.candles.job.operator.RollupFunctionTest.MINUTE;
import static dev.candles.job.operator.RollupFunctionTest.REREAD_MS;
import static dev.candles.job.operator.RollupFunctionTest.T0;
import static dev.candles.job.operator.RollupFunctionTest.commitAndLook;
import static dev.candles.job.operator.RollupFunctionTest.complete;
import static dev.candles.job.operator.RollupFunctionTest.harness;
import static dev.candles.job.operator.RollupFunctionTest.mustKeepNothing;
import static dev.candles.job.operator.RollupFunctionTest.send;
import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.candle.Evidence;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.feed.LedgerEvent;
import dev.candles.core.feed.RollupEvent;
import dev.candles.core.lake.HeldParts;
import dev.candles.core.lake.LakeParts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

/** What the history of markets without many trades costs the thread that folds for all. */
class RollupCostTest {
  private static final long DAY_MS = Timeframe.D1.millis();
  private static final int STREAMS = 20;
  private static final int DAYS = 100;
  private static final long NOW = T0 + (DAYS + 9) * DAY_MS;

  /** It holds all minutes but the last of each five, and counts. */
  private static final class CountingLake implements LakeParts {
    private static final long serialVersionUID = 1;
    static int reads;
    static boolean broken;
    static final List<StreamKey> HELD = new ArrayList<>();
    static final Set<Long> BROKEN_DAYS = new HashSet<>();

    CountingLake() {
      reads = 0;
      broken = false;
      HELD.clear();
      BROKEN_DAYS.clear();
    }

    @Override
    public Reading read(Set<StreamKey> streams, long since) throws IOException {
      reads++;
      if (broken) {
        throw new IOException("no log");
      }
      return (stream, from, to) -> {
        assertThat(streams).contains(stream);
        assertThat(from).isGreaterThanOrEqualTo(since);
        HELD.add(stream);
        if (BROKEN_DAYS.contains(from)) {
          throw new IOException("no day");
        }
        return new HeldParts(List.of(), Intervals.empty(), Intervals.empty());
      };
    }
  }

  private static StreamKey larger(int stream) {
    return new StreamKey("okx", "C" + stream + "-USDT", Timeframe.M5);
  }

  /** Four of five minutes of an interval are silent, and one is given up. */
  private static RollupEvent silent(int stream, long window) {
    StreamKey larger = larger(stream);
    return new RollupEvent.Base(
        larger,
        new LedgerEvent.Empty(
            larger.in(Timeframe.BASE), window, window + 4 * MINUTE, Evidence.REST));
  }

  /** Three intervals a day. */
  private static KeyedOneInputStreamOperatorTestHarness<String, RollupEvent, LedgerEvent> filled()
      throws Exception {
    return filled(REREAD_MS, NOW);
  }

  private static KeyedOneInputStreamOperatorTestHarness<String, RollupEvent, LedgerEvent> filled(
      long beatMs, long nowMs) throws Exception {
    var harness = harness(new CountingLake(), beatMs);
    harness.setProcessingTime(nowMs);
    for (int stream = 0; stream < STREAMS; stream++) {
      send(harness, new RollupEvent.Announced(larger(stream)));
      for (int day = DAYS - 1; day >= 0; day--) {
        for (int i = 0; i < 3; i++) {
          send(harness, silent(stream, T0 + day * DAY_MS + i * Timeframe.H1.millis()));
        }
      }
    }
    return harness;
  }

  @Test
  void aBeatReadsTheLogOnceAndAFewDaysAndAllHaveTheirTurn() throws Exception {
    try (var harness = filled()) {
      complete(harness, 2);
      for (int beat = 1; beat <= 10; beat++) {
        harness.setProcessingTime(NOW + beat * REREAD_MS);
        assertThat(CountingLake.reads).isEqualTo(beat);
        assertThat(CountingLake.HELD).hasSize(beat * LakeTurns.DAYS);
        if (beat == 2) {
          assertThat(Set.copyOf(CountingLake.HELD)).as("nobody starves").hasSize(STREAMS);
        }
      }
      int beats = STREAMS * DAYS / LakeTurns.DAYS;
      for (int beat = 11; beat <= beats + 20; beat++) {
        harness.setProcessingTime(NOW + beat * REREAD_MS);
      }
      assertThat(CountingLake.HELD).hasSize(STREAMS * DAYS);
      mustKeepNothing(harness);
    }
  }

  /** Those whose turn it would be do not come then, and would wait behind all others. */
  @Test
  void theTimeOfAnIntervalBetweenTwoBeatsIsNobodysTurn() throws Exception {
    long beatMs = 13 * MINUTE;
    long beat = (NOW / beatMs + 1) * beatMs;
    try (var harness = filled(beatMs, beat - beatMs)) {
      long settledAt = Timeframe.M5.floor(beat - 1);
      send(harness, silent(STREAMS - 1, settledAt - RollupFolds.SETTLED_MS - 5 * MINUTE));
      complete(harness, 2);
      harness.setProcessingTime(beat - 1);
      assertThat(CountingLake.HELD).isEmpty();
      harness.setProcessingTime(beat);
      assertThat(CountingLake.HELD)
          .containsExactlyInAnyOrderElementsOf(
              IntStream.range(0, LakeTurns.DAYS)
                  .mapToObj(stream -> larger(stream).in(Timeframe.BASE))
                  .toList());
    }
  }

  @Test
  void whatHistoryFillsMeanwhileIsNotReadAndKeepsNobodyWaiting() throws Exception {
    try (var harness = harness(new CountingLake())) {
      harness.setProcessingTime(NOW);
      send(harness, new RollupEvent.Announced(larger(0)));
      for (int day = DAYS - 1; day >= 0; day--) {
        long window = T0 + day * DAY_MS;
        send(harness, silent(0, window));
        if (day > 0) {
          send(harness, silent(0, window + MINUTE));
        }
      }
      commitAndLook(harness);
      assertThat(CountingLake.HELD).hasSize(1);
      mustKeepNothing(harness);
    }
  }

  @Test
  void aLakeThatCannotBeReadIsLeftAloneForAWhile() throws Exception {
    try (var harness = filled()) {
      CountingLake.broken = true;
      commitAndLook(harness);
      assertThat(CountingLake.reads).isEqualTo(1);
      for (int beat = 2; beat <= LakeTurns.REST_AFTER_FAILURE + 1; beat++) {
        harness.setProcessingTime(NOW + beat * REREAD_MS);
      }
      assertThat(CountingLake.reads).isEqualTo(1);
      CountingLake.broken = false;
      harness.setProcessingTime(NOW + (LakeTurns.REST_AFTER_FAILURE + 2) * REREAD_MS);
      assertThat(CountingLake.HELD).hasSize(LakeTurns.DAYS);
    }
  }

  @Test
  void aDayThatCannotBeReadIsReadAgainLaterAndKeepsNobodyWaiting() throws Exception {
    try (var harness = harness(new CountingLake())) {
      harness.setProcessingTime(NOW);
      send(harness, new RollupEvent.Announced(larger(0)));
      send(harness, silent(0, T0));
      CountingLake.BROKEN_DAYS.add(T0);
      commitAndLook(harness);
      assertThat(CountingLake.HELD).hasSize(1);
      send(harness, silent(0, T0 + DAY_MS));
      for (int i = 0; i < RollupFolds.READ_AGAIN_AFTER / 2; i++) {
        commitAndLook(harness);
      }
      assertThat(CountingLake.HELD).hasSize(2);
      CountingLake.BROKEN_DAYS.clear();
      commitAndLook(harness);
      assertThat(CountingLake.HELD).hasSize(3);
      mustKeepNothing(harness);
    }
  }
}
