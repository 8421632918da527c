package dev.candles.core.rollup;

import static dev.candles.core.rollup.RollupHarness.MINUTE;
import static dev.candles.core.rollup.RollupHarness.REREAD_MS;
import static dev.candles.core.rollup.RollupHarness.T0;
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
import org.junit.jupiter.api.Test;

/** What the history of markets without many trades costs the thread that folds for all. */
class RollupCostTest {
  private static final long DAY_MS = Timeframe.D1.millis();
  private static final int STREAMS = 20;
  private static final int DAYS = 100;
  private static final long NOW = T0 + (DAYS + 9) * DAY_MS;

  /** It holds all minutes but the last of each five, and counts. */
  private static final class CountingLake {
    int reads;
    boolean broken;
    final List<StreamKey> held = new ArrayList<>();
    final Set<Long> brokenDays = new HashSet<>();

    LakeParts.Reading read(Set<StreamKey> streams, long since) throws IOException {
      reads++;
      if (broken) {
        throw new IOException("no log");
      }
      return (stream, from, to) -> {
        assertThat(streams).contains(stream);
        assertThat(from).isGreaterThanOrEqualTo(since);
        held.add(stream);
        if (brokenDays.contains(from)) {
          throw new IOException("no day");
        }
        return new HeldParts(List.of(), Intervals.empty(), Intervals.empty());
      };
    }
  }

  private final CountingLake lake = new CountingLake();

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
  private RollupHarness filled() {
    return filled(REREAD_MS, NOW);
  }

  private RollupHarness filled(long beatMs, long nowMs) {
    RollupHarness rollup = new RollupHarness(lake::read, beatMs);
    rollup.advanceTo(nowMs);
    for (int stream = 0; stream < STREAMS; stream++) {
      rollup.take(new RollupEvent.Announced(larger(stream)));
      for (int day = DAYS - 1; day >= 0; day--) {
        for (int i = 0; i < 3; i++) {
          rollup.take(silent(stream, T0 + day * DAY_MS + i * Timeframe.H1.millis()));
        }
      }
    }
    return rollup;
  }

  @Test
  void aBeatReadsTheLogOnceAndAFewDaysAndAllHaveTheirTurn() {
    RollupHarness rollup = filled();
    rollup.complete(2);
    for (int beat = 1; beat <= 10; beat++) {
      rollup.advanceTo(NOW + beat * REREAD_MS);
      assertThat(lake.reads).isEqualTo(beat);
      assertThat(lake.held).hasSize(beat * LakeTurns.DAYS);
      if (beat == 2) {
        assertThat(Set.copyOf(lake.held)).as("nobody starves").hasSize(STREAMS);
      }
    }
    int beats = STREAMS * DAYS / LakeTurns.DAYS;
    for (int beat = 11; beat <= beats + 20; beat++) {
      rollup.advanceTo(NOW + beat * REREAD_MS);
    }
    assertThat(lake.held).hasSize(STREAMS * DAYS);
    rollup.mustKeepNothing();
  }

  /** Those whose turn it would be do not come then, and would wait behind all others. */
  @Test
  void theTimeOfAnIntervalBetweenTwoBeatsIsNobodysTurn() {
    long beatMs = 13 * MINUTE;
    long beat = (NOW / beatMs + 1) * beatMs;
    RollupHarness rollup = filled(beatMs, beat - beatMs);
    long settledAt = Timeframe.M5.floor(beat - 1);
    rollup.take(silent(STREAMS - 1, settledAt - RollupFolds.SETTLED_MS - 5 * MINUTE));
    rollup.complete(2);
    rollup.advanceTo(beat - 1);
    assertThat(lake.held).isEmpty();
    rollup.advanceTo(beat);
    assertThat(lake.held)
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, LakeTurns.DAYS)
                .mapToObj(stream -> larger(stream).in(Timeframe.BASE))
                .toList());
  }

  @Test
  void whatHistoryFillsMeanwhileIsNotReadAndKeepsNobodyWaiting() {
    RollupHarness rollup = new RollupHarness(lake::read, REREAD_MS);
    rollup.advanceTo(NOW);
    rollup.take(new RollupEvent.Announced(larger(0)));
    for (int day = DAYS - 1; day >= 0; day--) {
      long window = T0 + day * DAY_MS;
      rollup.take(silent(0, window));
      if (day > 0) {
        rollup.take(silent(0, window + MINUTE));
      }
    }
    rollup.commitAndLook();
    assertThat(lake.held).hasSize(1);
    rollup.mustKeepNothing();
  }

  @Test
  void aLakeThatCannotBeReadIsLeftAloneForAWhile() {
    RollupHarness rollup = filled();
    lake.broken = true;
    rollup.commitAndLook();
    assertThat(lake.reads).isEqualTo(1);
    for (int beat = 2; beat <= LakeTurns.REST_AFTER_FAILURE + 1; beat++) {
      rollup.advanceTo(NOW + beat * REREAD_MS);
    }
    assertThat(lake.reads).isEqualTo(1);
    lake.broken = false;
    rollup.advanceTo(NOW + (LakeTurns.REST_AFTER_FAILURE + 2) * REREAD_MS);
    assertThat(lake.held).hasSize(LakeTurns.DAYS);
  }

  @Test
  void aDayThatCannotBeReadIsReadAgainLaterAndKeepsNobodyWaiting() {
    RollupHarness rollup = new RollupHarness(lake::read, REREAD_MS);
    rollup.advanceTo(NOW);
    rollup.take(new RollupEvent.Announced(larger(0)));
    rollup.take(silent(0, T0));
    lake.brokenDays.add(T0);
    rollup.commitAndLook();
    assertThat(lake.held).hasSize(1);
    rollup.take(silent(0, T0 + DAY_MS));
    for (int i = 0; i < RollupFolds.READ_AGAIN_AFTER / 2; i++) {
      rollup.commitAndLook();
    }
    assertThat(lake.held).hasSize(2);
    lake.brokenDays.clear();
    rollup.commitAndLook();
    assertThat(lake.held).hasSize(3);
    rollup.mustKeepNothing();
  }
}
