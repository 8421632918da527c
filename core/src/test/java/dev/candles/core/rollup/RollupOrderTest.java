package dev.candles.core.rollup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.candle.Candle;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.feed.AcceptedEvent;
import dev.candles.core.feed.LedgerEvent;
import dev.candles.core.feed.ReplayedParts;
import dev.candles.core.feed.RollupEvent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Readers connect before they replay what the lake holds, so what is replayed and what is accepted
 * meanwhile come in any order.
 */
class RollupOrderTest {
  private static final int WINDOWS = 4;
  private static final int MINUTES = 5 * WINDOWS;

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
        Candle first = silent ? null : RollupHarness.candle(minute, 1, 0);
        held[minute] = inLake ? first : null;
        heldSilent[minute] = inLake && silent;
        if (!inLake) {
          events.add(silent ? RollupHarness.empty(minute, minute + 1) : RollupHarness.base(first));
        }
        last[minute] = first;
        if (random.nextInt(4) == 0) {
          last[minute] = RollupHarness.candle(minute, 7, silent ? 0 : 1);
          events.add(
              new RollupEvent.Base(RollupHarness.LARGER, new AcceptedEvent.Changed(last[minute])));
        }
        told.add(events);
      }
    }

    ReplayedParts replay(int window) {
      List<Candle> parts = new ArrayList<>();
      Intervals silent = Intervals.empty();
      for (int minute = 5 * window; minute < 5 * window + 5; minute++) {
        long open = RollupHarness.T0 + minute * RollupHarness.MINUTE;
        if (held[minute] != null) {
          parts.add(held[minute]);
        } else if (heldSilent[minute]) {
          silent = silent.union(Intervals.of(open, open + RollupHarness.MINUTE));
        }
      }
      return new ReplayedParts(
          RollupHarness.LARGER,
          RollupHarness.T0 + 5 * window * RollupHarness.MINUTE,
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
      long openMs = RollupHarness.T0 + 5 * window * RollupHarness.MINUTE;
      return Rollup.fold(RollupHarness.LARGER, openMs, parts).orElse(null);
    }
  }

  @ParameterizedTest
  @MethodSource("dev.candles.core.Seeds#seeds")
  void theLastWordOnAnIntervalIsTheFoldOfItsMinutesInWhateverOrderTheyCome(long seed) {
    Minutes minutes = new Minutes(seed);
    RollupHarness rollup = new RollupHarness();
    rollup.take(RollupHarness.announced());
    rollup.advanceTo(RollupHarness.T0 + 12 * RollupHarness.MINUTE);
    for (RollupEvent event : minutes.shuffled()) {
      rollup.take(event);
    }
    Map<Long, Candle> folded = new TreeMap<>();
    for (LedgerEvent event : rollup.told.events) {
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
