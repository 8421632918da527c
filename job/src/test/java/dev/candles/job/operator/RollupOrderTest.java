package dev.candles.job.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.candle.Candle;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.feed.AcceptedEvent;
import dev.candles.core.feed.LedgerEvent;
import dev.candles.core.feed.ReplayedParts;
import dev.candles.core.feed.RollupEvent;
import dev.candles.core.rollup.Rollup;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Readers connect before they replay what the lake holds, so what is replayed and what is accepted
 * meanwhile come in any order.
 */
class RollupOrderTest {
  private static final int WINDOWS = 4;
  private static final int MINUTES = 5 * WINDOWS;

  static LongStream seeds() {
    return LongStream.range(0, 200);
  }

  /** What one seed makes of some minutes. */
  private static final class Minutes {
    final SplittableRandom random;
    final Candle[] held = new Candle[MINUTES];
    final boolean[] heldSilent = new boolean[MINUTES];
    final Candle[] last = new Candle[MINUTES];

    /** Of a minute the ledger tells in this order. */
    final List<Deque<RollupEvent>> told = new ArrayList<>();

    Minutes(long seed) {
      random = new SplittableRandom(seed);
      for (int minute = 0; minute < MINUTES; minute++) {
        Deque<RollupEvent> events = new ArrayDeque<>();
        boolean inLake = random.nextInt(3) > 0;
        boolean silent = random.nextInt(3) == 0;
        Candle first = silent ? null : RollupFunctionTest.candle(minute, 1, 0);
        held[minute] = inLake ? first : null;
        heldSilent[minute] = inLake && silent;
        if (!inLake) {
          events.add(
              silent
                  ? RollupFunctionTest.empty(minute, minute + 1)
                  : RollupFunctionTest.base(first));
        }
        last[minute] = first;
        if (random.nextInt(4) == 0) {
          last[minute] = RollupFunctionTest.candle(minute, 7, silent ? 0 : 1);
          events.add(
              new RollupEvent.Base(
                  RollupFunctionTest.LARGER, new AcceptedEvent.Changed(last[minute])));
        }
        told.add(events);
      }
    }

    ReplayedParts replay(int window) {
      List<Candle> parts = new ArrayList<>();
      Intervals silent = Intervals.empty();
      for (int minute = 5 * window; minute < 5 * window + 5; minute++) {
        long open = RollupFunctionTest.T0 + minute * RollupFunctionTest.MINUTE;
        if (held[minute] != null) {
          parts.add(held[minute]);
        } else if (heldSilent[minute]) {
          silent = silent.union(Intervals.of(open, open + RollupFunctionTest.MINUTE));
        }
      }
      return new ReplayedParts(
          RollupFunctionTest.LARGER,
          RollupFunctionTest.T0 + 5 * window * RollupFunctionTest.MINUTE,
          parts,
          silent.toArray());
    }

    /** All that is replayed and told, in one of the orders that may be. */
    List<RollupEvent> shuffled() {
      List<Deque<RollupEvent>> lanes = new ArrayList<>(told);
      for (int window = 0; window < WINDOWS; window++) {
        lanes.add(new ArrayDeque<>(List.of(replay(window))));
      }
      List<RollupEvent> events = new ArrayList<>();
      lanes.removeIf(Deque::isEmpty);
      while (!lanes.isEmpty()) {
        Deque<RollupEvent> lane = lanes.get(random.nextInt(lanes.size()));
        events.add(lane.remove());
        lanes.removeIf(Deque::isEmpty);
      }
      return events;
    }

    /** The fold of the last version of each minute of a window; null if all are silent. */
    Candle expected(int window) {
      List<Candle> parts = new ArrayList<>();
      for (int minute = 5 * window; minute < 5 * window + 5; minute++) {
        if (last[minute] != null) {
          parts.add(last[minute]);
        }
      }
      long openMs = RollupFunctionTest.T0 + 5 * window * RollupFunctionTest.MINUTE;
      return Rollup.fold(RollupFunctionTest.LARGER, openMs, parts).orElse(null);
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void theLastWordOnAnIntervalIsTheFoldOfItsMinutesInWhateverOrderTheyCome(long seed)
      throws Exception {
    Minutes minutes = new Minutes(seed);
    try (var harness = RollupFunctionTest.harness(new TestLake())) {
      RollupFunctionTest.send(harness, RollupFunctionTest.announced());
      harness.setProcessingTime(RollupFunctionTest.T0 + 12 * RollupFunctionTest.MINUTE);
      for (RollupEvent event : minutes.shuffled()) {
        RollupFunctionTest.send(harness, event);
      }
      Map<Long, Candle> folded = new TreeMap<>();
      for (LedgerEvent event : harness.extractOutputValues()) {
        folded.put(event.fromMs(), event instanceof LedgerEvent.Final f ? f.candle() : null);
      }
      assertThat(folded).hasSize(WINDOWS);
      for (int window = 0; window < WINDOWS; window++) {
        assertThat(folded.get(minutes.replay(window).openTimeMs()))
            .as("window %d", window)
            .isEqualTo(minutes.expected(window));
      }
    }
  }
}
