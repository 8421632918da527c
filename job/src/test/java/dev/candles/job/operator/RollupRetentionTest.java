package dev.candles.job.operator;

import static dev.candles.job.operator.RollupFunctionTest.BASE;
import static dev.candles.job.operator.RollupFunctionTest.LARGER;
import static dev.candles.job.operator.RollupFunctionTest.MINUTE;
import static dev.candles.job.operator.RollupFunctionTest.REREAD_MS;
import static dev.candles.job.operator.RollupFunctionTest.T0;
import static dev.candles.job.operator.RollupFunctionTest.announced;
import static dev.candles.job.operator.RollupFunctionTest.base;
import static dev.candles.job.operator.RollupFunctionTest.candle;
import static dev.candles.job.operator.RollupFunctionTest.empty;
import static dev.candles.job.operator.RollupFunctionTest.harness;
import static dev.candles.job.operator.RollupFunctionTest.restored;
import static dev.candles.job.operator.RollupFunctionTest.send;
import static dev.candles.job.operator.RollupFunctionTest.volumes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.candle.Candle;
import dev.candles.core.candle.Evidence;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.coverage.Reason;
import dev.candles.core.feed.AcceptedEvent;
import dev.candles.core.feed.LedgerEvent;
import dev.candles.core.feed.ReplayedParts;
import dev.candles.core.feed.RollupEvent;
import dev.candles.core.lake.LakeParts;
import dev.candles.core.time.Retention;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

/** What the rollup keeps of intervals that lost a minute, and how they become whole later. */
class RollupRetentionTest {
  private static final long END = T0 + 5 * MINUTE;
  private static final long PARTS_MS = Retention.COLLECTOR.partsMs();
  private static final long LATER = END + Timeframe.H1.millis() * 7;

  /** Within it the lake is looked into, unless it was several times in vain. */
  private static final long A_LOOK_MS = 3 * REREAD_MS;

  /** Five minutes, held by the test; {@code LOOKED} are the intervals that were looked for. */
  private static final class Lake implements LakeParts {
    private static final long serialVersionUID = 1;
    static final NavigableMap<Integer, Candle> HELD = new TreeMap<>();
    static final Set<Integer> SILENT = new TreeSet<>();
    static final List<Long> LOOKED = new ArrayList<>();

    Lake() {
      HELD.clear();
      SILENT.clear();
      LOOKED.clear();
    }

    static void hold(int... minutes) {
      for (int minute : minutes) {
        HELD.put(minute, candle(minute, 1, 0));
      }
    }

    @Override
    public Optional<List<Candle>> whole(StreamKey stream, long from, long to) {
      assertThat(stream).isEqualTo(BASE);
      assertThat(to - from).isEqualTo(5 * MINUTE);
      LOOKED.add(from);
      return from == T0 && HELD.size() + SILENT.size() == 5
          ? Optional.of(List.copyOf(HELD.values()))
          : Optional.empty();
    }
  }

  private static RollupEvent lost() {
    return new RollupEvent.Base(
        LARGER,
        new LedgerEvent.Unrecoverable(BASE, T0 + 2 * MINUTE, T0 + 3 * MINUTE, Reason.NO_PROOF));
  }

  /** Minute 2 was given up; seven hours have passed. */
  private static KeyedOneInputStreamOperatorTestHarness<String, RollupEvent, LedgerEvent>
      withoutAMinute() throws Exception {
    var harness = harness(new Lake());
    send(harness, announced());
    for (int i : new int[] {0, 1, 3, 4}) {
      send(harness, base(candle(i, 1, 0)));
    }
    send(harness, lost());
    harness.setProcessingTime(END + PARTS_MS - 1);
    assertThat(harness.numKeyedStateEntries()).isPositive();
    harness.setProcessingTime(LATER);
    mustKeepNothing(harness);
    assertThat(harness.extractOutputValues())
        .hasSize(1)
        .hasOnlyElementsOfType(LedgerEvent.Unrecoverable.class);
    harness.getOutput().clear();
    Lake.hold(0, 1, 3, 4);
    return harness;
  }

  private static void mustKeepNothing(
      KeyedOneInputStreamOperatorTestHarness<String, RollupEvent, LedgerEvent> harness) {
    assertThat(harness.numKeyedStateEntries()).isZero();
    assertThat(harness.numProcessingTimeTimers()).isZero();
  }

  @Test
  void aMinuteThatIsFoundLaterMakesTheLargerCandleOnceTheLakeHoldsAll() throws Exception {
    for (AcceptedEvent found :
        List.of(
            new LedgerEvent.Final(candle(2, 9, 0, LATER)),
            new AcceptedEvent.Changed(candle(2, 9, 0, LATER)))) {
      try (var harness = withoutAMinute()) {
        send(harness, new RollupEvent.Base(LARGER, found));
        harness.setProcessingTime(LATER + A_LOOK_MS);
        assertThat(harness.extractOutputValues()).as("not committed yet").isEmpty();
        Lake.HELD.put(2, candle(2, 9, 0));
        harness.setProcessingTime(LATER + 5 * A_LOOK_MS);
        assertThat(volumes(harness)).containsExactly(13.0);
        mustKeepNothing(harness);
      }
    }
  }

  @Test
  void aMinuteThatIsProvenEmptyLaterDoesToo() throws Exception {
    try (var harness = withoutAMinute()) {
      send(harness, empty(2, 3));
      harness.setProcessingTime(LATER + A_LOOK_MS);
      assertThat(harness.extractOutputValues()).as("not committed yet").isEmpty();
      Lake.SILENT.add(2);
      harness.setProcessingTime(LATER + 5 * A_LOOK_MS);
      assertThat(volumes(harness)).containsExactly(4.0);
      mustKeepNothing(harness);
    }
  }

  @Test
  void whatIsSilentThroughoutIsProvenSilent() throws Exception {
    try (var harness = harness(new Lake())) {
      send(harness, announced());
      send(harness, empty(0, 4));
      harness.setProcessingTime(LATER);
      send(harness, empty(4, 5));
      Lake.SILENT.addAll(List.of(0, 1, 2, 3, 4));
      harness.setProcessingTime(LATER + A_LOOK_MS);
      assertThat(harness.extractOutputValues())
          .containsExactly(new LedgerEvent.Empty(LARGER, T0, END, Evidence.ROLLUP));
      mustKeepNothing(harness);
    }
  }

  @Test
  void whatARestartTellsOfAnOldIntervalIsNotKept() throws Exception {
    try (var harness = withoutAMinute()) {
      List<Candle> held = List.copyOf(Lake.HELD.values());
      send(harness, new ReplayedParts(LARGER, T0, held, new long[0]));
      mustKeepNothing(harness);
      send(harness, base(candle(2, 9, 0)));
      send(harness, new ReplayedParts(LARGER, T0, held, new long[0]));
      assertThat(volumes(harness)).as("all is told").containsExactly(13.0);
      assertThat(harness.numKeyedStateEntries()).isZero();
      harness.setProcessingTime(LATER + A_LOOK_MS);
      mustKeepNothing(harness);
    }
  }

  /** The lake was read before the minute was given up, and the interval is not old yet. */
  @Test
  void whatARestartTellsOfARecentIntervalIsDroppedInTheEnd() throws Exception {
    try (var harness = harness(new Lake())) {
      send(harness, announced());
      List<Candle> held = List.of(candle(0, 1, 0), candle(1, 1, 0));
      send(harness, new ReplayedParts(LARGER, T0, held, new long[0]));
      assertThat(harness.numKeyedStateEntries()).isPositive();
      harness.setProcessingTime(END + PARTS_MS);
      mustKeepNothing(harness);
    }
  }

  /** Newest first and with pauses of hours, but never of more than parts are kept. */
  @Test
  void historyFillsAnOldIntervalWithoutTheLake() throws Exception {
    long start = T0 + 9 * Timeframe.D1.millis();
    try (var harness = harness(new Lake())) {
      send(harness, announced());
      for (int i = 4; i >= 0; i--) {
        harness.setProcessingTime(start + (5 - i) * (PARTS_MS - MINUTE));
        send(harness, base(candle(i, 1, 0)));
      }
      assertThat(volumes(harness)).containsExactly(5.0);
      harness.setProcessingTime(start + 5 * PARTS_MS);
      mustKeepNothing(harness);
    }
  }

  @Test
  void historyThatComesAtOnceAsksTheLakeNothing() throws Exception {
    try (var harness = harness(new Lake())) {
      send(harness, announced());
      harness.setProcessingTime(LATER);
      for (int i = 4; i >= 0; i--) {
        harness.setProcessingTime(LATER + (4 - i) * REREAD_MS / 5);
        send(harness, base(candle(i, 1, 0)));
      }
      harness.setProcessingTime(LATER + A_LOOK_MS);
      assertThat(volumes(harness)).containsExactly(5.0);
      assertThat(Lake.LOOKED).isEmpty();
      mustKeepNothing(harness);
    }
  }

  @Test
  void whatHasJustBegunToFillIsNotLookedForWithTheOthers() throws Exception {
    try (var harness = harness(new Lake())) {
      send(harness, announced());
      harness.setProcessingTime(LATER);
      send(harness, base(candle(0, 1, 0)));
      harness.setProcessingTime(LATER + 2 * REREAD_MS - 1);
      send(harness, base(candle(5, 1, 0)));
      harness.setProcessingTime(LATER + 2 * REREAD_MS);
      assertThat(Lake.LOOKED).containsExactly(T0);
      harness.setProcessingTime(LATER + 2 * REREAD_MS + A_LOOK_MS);
      assertThat(Lake.LOOKED).contains(END);
    }
  }

  @Test
  void whatIsNeverWholeIsNotWaitedForForEver() throws Exception {
    try (var harness = withoutAMinute()) {
      Lake.HELD.remove(0);
      send(harness, base(candle(2, 9, 0)));
      harness.setProcessingTime(LATER + PARTS_MS + A_LOOK_MS);
      assertThat(harness.numKeyedStateEntries()).as("parts go, the wait stays").isEqualTo(1);
      long endMs = LATER + Retention.COLLECTOR.versionsMs() + Timeframe.H2.millis();
      for (long ms = LATER + PARTS_MS + A_LOOK_MS; ms < endMs; ms += 20 * MINUTE) {
        harness.setProcessingTime(ms);
      }
      assertThat(harness.extractOutputValues()).isEmpty();
      assertThat(Lake.LOOKED).as("ever more rarely").hasSizeBetween(10, 90);
      mustKeepNothing(harness);
    }
  }

  /** What a stream that left waits for is looked for if it ever comes back. */
  @Test
  void aStreamThatLeftRunsNoTimers() throws Exception {
    List<RollupEvent> news = new ArrayList<>();
    news.add(base(candle(2, 9, 1, LATER)));
    news.add(base(candle(2, 9, 0)));
    for (RollupEvent told : news) {
      OperatorSubtaskState state;
      try (var harness = withoutAMinute()) {
        send(harness, told);
        state = harness.snapshot(1, LATER);
      }
      try (var harness = restored(new Lake(), state)) {
        harness.setProcessingTime(LATER + Timeframe.H1.millis());
        assertThat(harness.numProcessingTimeTimers()).isZero();
        assertThat(harness.numKeyedStateEntries()).isPositive();
        Lake.hold(0, 1, 3, 4);
        Lake.HELD.put(2, candle(2, 9, 1));
        send(harness, announced());
        harness.setProcessingTime(LATER + Timeframe.H1.millis() + 2 * REREAD_MS);
        assertThat(volumes(harness)).containsExactly(13.0);
        mustKeepNothing(harness);
      }
    }
  }
}
