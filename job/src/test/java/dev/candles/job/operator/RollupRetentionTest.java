package dev.candles.job.operator;

import static dev.candles.job.operator.RollupFunctionTest.BASE;
import static dev.candles.job.operator.RollupFunctionTest.LARGER;
import static dev.candles.job.operator.RollupFunctionTest.MINUTE;
import static dev.candles.job.operator.RollupFunctionTest.REREAD_MS;
import static dev.candles.job.operator.RollupFunctionTest.T0;
import static dev.candles.job.operator.RollupFunctionTest.announced;
import static dev.candles.job.operator.RollupFunctionTest.base;
import static dev.candles.job.operator.RollupFunctionTest.candle;
import static dev.candles.job.operator.RollupFunctionTest.commitAndLook;
import static dev.candles.job.operator.RollupFunctionTest.complete;
import static dev.candles.job.operator.RollupFunctionTest.empty;
import static dev.candles.job.operator.RollupFunctionTest.harness;
import static dev.candles.job.operator.RollupFunctionTest.mustKeepNothing;
import static dev.candles.job.operator.RollupFunctionTest.restored;
import static dev.candles.job.operator.RollupFunctionTest.send;
import static dev.candles.job.operator.RollupFunctionTest.volumes;
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
import dev.candles.job.alert.LogLines;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

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
  private static KeyedOneInputStreamOperatorTestHarness<String, RollupEvent, LedgerEvent>
      withoutAMinute() throws Exception {
    var harness = harness(new TestLake());
    send(harness, announced());
    for (int i : new int[] {0, 1, 3, 4}) {
      send(harness, base(candle(i, 1, 0)));
    }
    send(harness, lost());
    harness.setProcessingTime(END + PARTS_MS - 1);
    assertThat(harness.numKeyedStateEntries()).isPositive();
    harness.setProcessingTime(LATER - REREAD_MS);
    TestLake.hold(0, 1, 3, 4);
    commitAndLook(harness);
    mustKeepNothing(harness);
    assertThat(TestLake.LOOKED).hasSize(1);
    assertThat(harness.extractOutputValues())
        .hasSize(1)
        .hasOnlyElementsOfType(LedgerEvent.Unrecoverable.class);
    harness.getOutput().clear();
    return harness;
  }

  @Test
  void aMinuteThatIsFoundLaterMakesTheLargerCandleOnceTheLakeHoldsAll() throws Exception {
    for (AcceptedEvent found :
        List.of(
            new LedgerEvent.Final(candle(2, 9, 0, LATER)),
            new AcceptedEvent.Changed(candle(2, 9, 0, LATER)))) {
      try (var harness = withoutAMinute()) {
        send(harness, new RollupEvent.Base(LARGER, found));
        harness.setProcessingTime(LATER + 10 * REREAD_MS);
        assertThat(harness.extractOutputValues()).as("not committed yet").isEmpty();
        TestLake.HELD.put(2, candle(2, 9, 0));
        commitAndLook(harness);
        assertThat(volumes(harness)).containsExactly(13.0);
        mustKeepNothing(harness);
      }
    }
  }

  @Test
  void aMinuteThatIsProvenEmptyLaterDoesToo() throws Exception {
    try (var harness = withoutAMinute()) {
      send(harness, empty(2, 3));
      TestLake.SILENT.add(2);
      commitAndLook(harness);
      assertThat(volumes(harness)).containsExactly(4.0);
      mustKeepNothing(harness);
    }
  }

  @Test
  void whatIsSilentThroughoutIsProvenSilent() throws Exception {
    try (var harness = harness(new TestLake())) {
      send(harness, announced());
      send(harness, empty(0, 4));
      harness.setProcessingTime(LATER);
      TestLake.SILENT.addAll(List.of(0, 1, 2, 3));
      commitAndLook(harness);
      mustKeepNothing(harness);
      send(harness, empty(4, 5));
      TestLake.SILENT.add(4);
      commitAndLook(harness);
      assertThat(harness.extractOutputValues())
          .containsExactly(new LedgerEvent.Empty(LARGER, T0, END, Evidence.ROLLUP));
      mustKeepNothing(harness);
    }
  }

  @Test
  void whatARestartTellsOfAnOldIntervalIsNotKept() throws Exception {
    try (var harness = withoutAMinute()) {
      List<Candle> held = List.copyOf(TestLake.HELD.values());
      send(harness, new ReplayedParts(LARGER, T0, held, new long[0]));
      mustKeepNothing(harness);
      send(harness, base(candle(2, 9, 0)));
      send(harness, new ReplayedParts(LARGER, T0, held, new long[0]));
      assertThat(volumes(harness)).as("all is told").containsExactly(13.0);
      commitAndLook(harness);
      assertThat(TestLake.LOOKED).hasSize(1);
      mustKeepNothing(harness);
    }
  }

  /** The lake was read before the minute was given up, and the interval is not old yet. */
  @Test
  void whatARestartTellsOfARecentIntervalIsDroppedInTheEnd() throws Exception {
    try (var harness = harness(new TestLake())) {
      send(harness, announced());
      List<Candle> held = List.of(candle(0, 1, 0), candle(1, 1, 0));
      send(harness, new ReplayedParts(LARGER, T0, held, new long[0]));
      harness.setProcessingTime(END + RollupFolds.SETTLED_MS);
      commitAndLook(harness);
      assertThat(TestLake.LOOKED).hasSize(1);
      harness.setProcessingTime(END + PARTS_MS - 1);
      assertThat(harness.numKeyedStateEntries()).as("what is known, parts").isEqualTo(2);
      harness.setProcessingTime(END + PARTS_MS);
      assertThat(harness.numKeyedStateEntries()).as("and waits for commits").isEqualTo(3);
      commitAndLook(harness);
      mustKeepNothing(harness);
    }
  }

  /** Newest first, one a checkpoint and with pauses of hours. */
  @Test
  void historyFillsAnOldIntervalHoweverLongItTakes() throws Exception {
    for (long pauseMs : new long[] {REREAD_MS, 2 * PARTS_MS}) {
      long start = T0 + 9 * Timeframe.D1.millis();
      try (var harness = harness(new TestLake())) {
        send(harness, announced());
        for (int i = 4; i >= 0; i--) {
          harness.setProcessingTime(start + (5 - i) * pauseMs);
          send(harness, base(candle(i, 1, 0)));
          complete(harness, 1);
          TestLake.hold(i);
        }
        assertThat(TestLake.LOOKED).as("each was younger than two checkpoints").isEmpty();
        assertThat(volumes(harness)).containsExactly(5.0);
      }
      try (var harness = harness(new TestLake())) {
        send(harness, announced());
        for (int i = 4; i >= 0; i--) {
          harness.setProcessingTime(start + (5 - i) * pauseMs);
          send(harness, base(candle(i, 1, 0)));
          TestLake.hold(i);
          commitAndLook(harness);
        }
        assertThat(volumes(harness)).containsExactly(5.0);
        mustKeepNothing(harness);
      }
    }
  }

  @Test
  void historyThatComesAtOnceAsksTheLakeNothing() throws Exception {
    try (var harness = harness(new TestLake())) {
      send(harness, announced());
      for (int i = 4; i >= 0; i--) {
        harness.setProcessingTime(LATER + (4 - i) * REREAD_MS / 5);
        send(harness, base(candle(i, 1, 0)));
      }
      commitAndLook(harness);
      assertThat(volumes(harness)).containsExactly(5.0);
      assertThat(TestLake.LOOKED).isEmpty();
      mustKeepNothing(harness);
    }
  }

  @Test
  void whatIsNotWholeWhenAllIsCommittedIsToldOnceAndNotWaitedFor() throws Exception {
    try (var harness = withoutAMinute();
        LogLines log = new LogLines(RollupFunction.class.getName(), "event=rollup_")) {
      TestLake.HELD.remove(0);
      send(harness, base(candle(2, 9, 0)));
      for (int i = 0; i < 9; i++) {
        commitAndLook(harness);
      }
      assertThat(harness.extractOutputValues()).isEmpty();
      assertThat(TestLake.LOOKED).hasSize(2);
      assertThat(log.lines)
          .containsExactly("INFO: event=rollup_looked stream=okx/BTC-USDT/5m days=1 made=0 left=1");
      mustKeepNothing(harness);
    }
  }

  /** While the disk is full no checkpoint completes. */
  @Test
  void nothingIsGivenUpWhileNoCheckpointCompletes() throws Exception {
    try (var harness = withoutAMinute()) {
      send(harness, base(candle(2, 9, 1, LATER)));
      send(harness, base(candle(4, 2, 1, LATER)));
      for (int hour = 0; hour <= 73; hour++) {
        harness.setProcessingTime(LATER + hour * Timeframe.H1.millis());
      }
      assertThat(TestLake.LOOKED).hasSize(1);
      TestLake.HELD.put(2, candle(2, 9, 1));
      TestLake.HELD.put(4, candle(4, 2, 1));
      commitAndLook(harness);
      assertThat(volumes(harness)).containsExactly(14.0);
      mustKeepNothing(harness);
    }
  }

  @Test
  void anArchivedIntervalIsToldAndNotWaitedFor() throws Exception {
    try (var harness = withoutAMinute();
        LogLines log = new LogLines(RollupFunction.class.getName(), "event=rollup_archived")) {
      send(harness, base(candle(2, 9, 0)));
      TestLake.HELD.clear();
      TestLake.hold(2);
      TestLake.ARCHIVED.addAll(List.of(0, 1, 3, 4));
      commitAndLook(harness);
      assertThat(log.lines)
          .containsExactly("WARN: event=rollup_archived stream=okx/BTC-USDT/5m left=1");
      mustKeepNothing(harness);
    }
  }

  /** A replay goes by the venue's time, what is old by ours. */
  @Test
  void whatAClockThatWasAheadHadDroppedIsMadeWhenItIsRight() throws Exception {
    try (var harness = harness(new TestLake())) {
      harness.setProcessingTime(END + 9 * Timeframe.H1.millis());
      send(harness, announced());
      TestLake.hold(0, 1, 2, 3);
      List<Candle> held = List.copyOf(TestLake.HELD.values());
      send(harness, new ReplayedParts(LARGER, T0, held, new long[0]));
      theLastMinuteMakesIt(harness);
    }
  }

  /** As above, and what was dropped was heard here. */
  @Test
  void whatAClockThatIsAheadForAMomentDropsIsMadeWhenItIsRight() throws Exception {
    try (var harness = harness(new TestLake())) {
      send(harness, announced());
      for (int i = 0; i < 4; i++) {
        send(harness, base(candle(i, 1, 0)));
        TestLake.hold(i);
      }
      harness.setProcessingTime(END + 9 * Timeframe.H1.millis());
      commitAndLook(harness);
      mustKeepNothing(harness);
      theLastMinuteMakesIt(harness);
    }
  }

  /** The clock is right again before the interval ends. */
  private static void theLastMinuteMakesIt(
      KeyedOneInputStreamOperatorTestHarness<String, RollupEvent, LedgerEvent> harness)
      throws Exception {
    harness.setProcessingTime(END - MINUTE);
    send(harness, base(candle(4, 1, 0)));
    TestLake.hold(4);
    harness.setProcessingTime(END + RollupFolds.SETTLED_MS);
    commitAndLook(harness);
    assertThat(volumes(harness)).containsExactly(5.0);
  }

  /** What a stream that left waits for is looked for if it ever comes back. */
  @Test
  void aStreamThatLeftRunsNoTimers() throws Exception {
    for (RollupEvent told : List.of(base(candle(2, 9, 1, LATER)), base(candle(2, 9, 0)))) {
      OperatorSubtaskState state;
      try (var harness = withoutAMinute()) {
        send(harness, told);
        state = harness.snapshot(1, LATER);
      }
      try (var harness = restored(new TestLake(), state)) {
        harness.setProcessingTime(LATER + Timeframe.H1.millis());
        assertThat(harness.numProcessingTimeTimers()).isZero();
        assertThat(harness.numKeyedStateEntries()).isPositive();
        TestLake.hold(0, 1, 3, 4);
        TestLake.HELD.put(2, candle(2, 9, 1));
        send(harness, announced());
        commitAndLook(harness);
        assertThat(volumes(harness)).containsExactly(13.0);
        mustKeepNothing(harness);
      }
    }
  }
}
