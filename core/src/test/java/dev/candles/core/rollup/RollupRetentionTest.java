package dev.candles.core.rollup;

import static dev.candles.core.rollup.RollupHarness.BASE;
import static dev.candles.core.rollup.RollupHarness.LARGER;
import static dev.candles.core.rollup.RollupHarness.MINUTE;
import static dev.candles.core.rollup.RollupHarness.REREAD_MS;
import static dev.candles.core.rollup.RollupHarness.T0;
import static dev.candles.core.rollup.RollupHarness.announced;
import static dev.candles.core.rollup.RollupHarness.base;
import static dev.candles.core.rollup.RollupHarness.candle;
import static dev.candles.core.rollup.RollupHarness.empty;
import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.candle.Candle;
import dev.candles.core.candle.Evidence;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.coverage.Reason;
import dev.candles.core.feed.AcceptedEvent;
import dev.candles.core.feed.LedgerEvent;
import dev.candles.core.feed.ReplayedParts;
import dev.candles.core.feed.RollupEvent;
import dev.candles.core.time.Retention;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the rollup keeps of intervals that lost a minute, and how they become whole later. */
class RollupRetentionTest {
  private static final long END = T0 + 5 * MINUTE;
  private static final long PARTS_MS = Retention.COLLECTOR.partsMs();
  private static final long LATER = END + Timeframe.H1.millis() * 7;

  private static RollupEvent lost() {
    return new RollupEvent.Base(
        LARGER,
        new LedgerEvent.Unrecoverable(BASE, T0 + 2 * MINUTE, T0 + 3 * MINUTE, Reason.NO_PROOF));
  }

  /** Minute 2 was given up; seven hours have passed, and the lake holds the others. */
  private static RollupHarness withoutAMinute() {
    RollupHarness rollup = new RollupHarness();
    rollup.take(announced());
    for (int i : new int[] {0, 1, 3, 4}) {
      rollup.take(base(candle(i, 1, 0)));
    }
    rollup.take(lost());
    rollup.advanceTo(END + PARTS_MS - 1);
    assertThat(rollup.kept()).isPositive();
    rollup.advanceTo(LATER - REREAD_MS);
    rollup.lake.hold(0, 1, 3, 4);
    rollup.commitAndLook();
    rollup.mustKeepNothing();
    assertThat(rollup.lake.looked).hasSize(1);
    assertThat(rollup.told.events)
        .hasSize(1)
        .hasOnlyElementsOfType(LedgerEvent.Unrecoverable.class);
    rollup.told.events.clear();
    rollup.told.found.clear();
    return rollup;
  }

  @Test
  void aMinuteThatIsFoundLaterMakesTheLargerCandleOnceTheLakeHoldsAll() {
    for (AcceptedEvent found :
        List.of(
            new LedgerEvent.Final(candle(2, 9, 0, LATER)),
            new AcceptedEvent.Changed(candle(2, 9, 0, LATER)))) {
      RollupHarness rollup = withoutAMinute();
      rollup.take(new RollupEvent.Base(LARGER, found));
      rollup.advanceTo(LATER + 10 * REREAD_MS);
      assertThat(rollup.told.events).as("not committed yet").isEmpty();
      rollup.lake.held.put(2, candle(2, 9, 0));
      rollup.commitAndLook();
      assertThat(rollup.volumes()).containsExactly(13.0);
      rollup.mustKeepNothing();
    }
  }

  @Test
  void aMinuteThatIsProvenEmptyLaterDoesToo() {
    RollupHarness rollup = withoutAMinute();
    rollup.take(empty(2, 3));
    rollup.lake.silent.add(2);
    rollup.commitAndLook();
    assertThat(rollup.volumes()).containsExactly(4.0);
    rollup.mustKeepNothing();
  }

  @Test
  void whatIsSilentThroughoutIsProvenSilent() {
    RollupHarness rollup = new RollupHarness();
    rollup.take(announced());
    rollup.take(empty(0, 4));
    rollup.advanceTo(LATER);
    rollup.lake.silent.addAll(List.of(0, 1, 2, 3));
    rollup.commitAndLook();
    rollup.mustKeepNothing();
    rollup.take(empty(4, 5));
    rollup.lake.silent.add(4);
    rollup.commitAndLook();
    assertThat(rollup.told.events)
        .containsExactly(new LedgerEvent.Empty(LARGER, T0, END, Evidence.ROLLUP));
    rollup.mustKeepNothing();
  }

  @Test
  void whatARestartTellsOfAnOldIntervalIsNotKept() {
    RollupHarness rollup = withoutAMinute();
    List<Candle> held = List.copyOf(rollup.lake.held.values());
    rollup.take(new ReplayedParts(LARGER, T0, held, new long[0]));
    rollup.mustKeepNothing();
    rollup.take(base(candle(2, 9, 0)));
    rollup.take(new ReplayedParts(LARGER, T0, held, new long[0]));
    assertThat(rollup.volumes()).as("all is told").containsExactly(13.0);
    rollup.commitAndLook();
    assertThat(rollup.lake.looked).hasSize(1);
    rollup.mustKeepNothing();
  }

  /** The lake was read before the minute was given up, and the interval is not old yet. */
  @Test
  void whatARestartTellsOfARecentIntervalIsDroppedInTheEnd() {
    RollupHarness rollup = new RollupHarness();
    rollup.take(announced());
    List<Candle> held = List.of(candle(0, 1, 0), candle(1, 1, 0));
    rollup.take(new ReplayedParts(LARGER, T0, held, new long[0]));
    rollup.advanceTo(END + RollupFolds.SETTLED_MS);
    rollup.commitAndLook();
    assertThat(rollup.lake.looked).hasSize(1);
    rollup.advanceTo(END + PARTS_MS - 1);
    assertThat(rollup.kept()).as("what is known, parts").isEqualTo(2);
    rollup.advanceTo(END + PARTS_MS);
    assertThat(rollup.kept()).as("and waits for commits").isEqualTo(3);
    rollup.commitAndLook();
    rollup.mustKeepNothing();
  }

  /** Newest first, one a checkpoint and with pauses of hours. */
  @ParameterizedTest
  @MethodSource("pauses")
  void historyFillsAnOldIntervalHoweverLongItTakes(long pauseMs) {
    long start = T0 + 9 * Timeframe.D1.millis();
    RollupHarness rollup = new RollupHarness();
    rollup.take(announced());
    for (int i = 4; i >= 0; i--) {
      rollup.advanceTo(start + (5 - i) * pauseMs);
      rollup.take(base(candle(i, 1, 0)));
      rollup.complete(1);
      rollup.lake.hold(i);
    }
    assertThat(rollup.lake.looked).as("each was younger than two checkpoints").isEmpty();
    assertThat(rollup.volumes()).containsExactly(5.0);
  }

  /** As above, and the lake is looked into between any two. */
  @ParameterizedTest
  @MethodSource("pauses")
  void historyFillsAnOldIntervalFromTheLakeToo(long pauseMs) {
    long start = T0 + 9 * Timeframe.D1.millis();
    RollupHarness rollup = new RollupHarness();
    rollup.take(announced());
    for (int i = 4; i >= 0; i--) {
      rollup.advanceTo(start + (5 - i) * pauseMs);
      rollup.take(base(candle(i, 1, 0)));
      rollup.lake.hold(i);
      rollup.commitAndLook();
    }
    assertThat(rollup.volumes()).containsExactly(5.0);
    rollup.mustKeepNothing();
  }

  static LongStream pauses() {
    return LongStream.of(REREAD_MS, 2 * PARTS_MS);
  }

  @Test
  void historyThatComesAtOnceAsksTheLakeNothing() {
    RollupHarness rollup = new RollupHarness();
    rollup.take(announced());
    for (int i = 4; i >= 0; i--) {
      rollup.advanceTo(LATER + (4 - i) * REREAD_MS / 5);
      rollup.take(base(candle(i, 1, 0)));
    }
    rollup.commitAndLook();
    assertThat(rollup.volumes()).containsExactly(5.0);
    assertThat(rollup.lake.looked).isEmpty();
    rollup.mustKeepNothing();
  }

  @Test
  void whatIsNotWholeWhenAllIsCommittedIsToldOnceAndNotWaitedFor() {
    RollupHarness rollup = withoutAMinute();
    rollup.lake.held.remove(0);
    rollup.take(base(candle(2, 9, 0)));
    for (int i = 0; i < 9; i++) {
      rollup.commitAndLook();
    }
    assertThat(rollup.told.events).isEmpty();
    assertThat(rollup.lake.looked).hasSize(2);
    assertThat(rollup.told.found).containsExactly("looked: okx/BTC-USDT/5m days=1 made=0 left=1");
    rollup.mustKeepNothing();
  }

  /** While the disk is full no checkpoint completes. */
  @Test
  void nothingIsGivenUpWhileNoCheckpointCompletes() {
    RollupHarness rollup = withoutAMinute();
    rollup.take(base(candle(2, 9, 1, LATER)));
    rollup.take(base(candle(4, 2, 1, LATER)));
    for (int hour = 0; hour <= 73; hour++) {
      rollup.advanceTo(LATER + hour * Timeframe.H1.millis());
    }
    assertThat(rollup.lake.looked).hasSize(1);
    rollup.lake.held.put(2, candle(2, 9, 1));
    rollup.lake.held.put(4, candle(4, 2, 1));
    rollup.commitAndLook();
    assertThat(rollup.volumes()).containsExactly(14.0);
    rollup.mustKeepNothing();
  }

  @Test
  void anArchivedIntervalIsToldAndNotWaitedFor() {
    RollupHarness rollup = withoutAMinute();
    rollup.take(base(candle(2, 9, 0)));
    rollup.lake.held.clear();
    rollup.lake.hold(2);
    rollup.lake.archived.addAll(List.of(0, 1, 3, 4));
    rollup.commitAndLook();
    assertThat(rollup.told.found)
        .containsExactly(
            "looked: okx/BTC-USDT/5m days=1 made=0 left=1", "archived: okx/BTC-USDT/5m left=1");
    rollup.mustKeepNothing();
  }

  /** A replay goes by the venue's time, what is old by ours. */
  @Test
  void whatAClockThatWasAheadHadDroppedIsMadeWhenItIsRight() {
    RollupHarness rollup = new RollupHarness();
    rollup.advanceTo(END + 9 * Timeframe.H1.millis());
    rollup.take(announced());
    rollup.lake.hold(0, 1, 2, 3);
    List<Candle> held = List.copyOf(rollup.lake.held.values());
    rollup.take(new ReplayedParts(LARGER, T0, held, new long[0]));
    theLastMinuteMakesIt(rollup);
  }

  /** As above, and what was dropped was heard here. */
  @Test
  void whatAClockThatIsAheadForAMomentDropsIsMadeWhenItIsRight() {
    RollupHarness rollup = new RollupHarness();
    rollup.take(announced());
    for (int i = 0; i < 4; i++) {
      rollup.take(base(candle(i, 1, 0)));
      rollup.lake.hold(i);
    }
    rollup.advanceTo(END + 9 * Timeframe.H1.millis());
    rollup.commitAndLook();
    rollup.mustKeepNothing();
    theLastMinuteMakesIt(rollup);
  }

  /** The clock is right again before the interval ends. */
  private static void theLastMinuteMakesIt(RollupHarness rollup) {
    rollup.advanceTo(END - MINUTE);
    rollup.take(base(candle(4, 1, 0)));
    rollup.lake.hold(4);
    rollup.advanceTo(END + RollupFolds.SETTLED_MS);
    rollup.commitAndLook();
    assertThat(rollup.volumes()).containsExactly(5.0);
  }

  /** What a stream that left waits for is looked for if it ever comes back. */
  @Test
  void aStreamThatLeftRunsNoTimers() {
    for (RollupEvent told : List.of(base(candle(2, 9, 1, LATER)), base(candle(2, 9, 0)))) {
      RollupHarness rollup = withoutAMinute();
      rollup.take(told);
      rollup.restart();
      rollup.advanceTo(LATER + Timeframe.H1.millis());
      assertThat(rollup.timers()).isZero();
      assertThat(rollup.kept()).isPositive();
      rollup.lake.hold(0, 1, 3, 4);
      rollup.lake.held.put(2, candle(2, 9, 1));
      rollup.take(announced());
      rollup.commitAndLook();
      assertThat(rollup.volumes()).containsExactly(13.0);
      rollup.mustKeepNothing();
    }
  }
}
