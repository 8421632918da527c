package dev.candles.job.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.candle.Candle;
import dev.candles.core.candle.Evidence;
import dev.candles.core.candle.Ohlc;
import dev.candles.core.candle.Provenance;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.candle.TradeRange;
import dev.candles.core.candle.Volumes;
import dev.candles.core.feed.AcceptedEvent;
import dev.candles.core.feed.LedgerEvent;
import dev.candles.core.feed.ReplayedParts;
import dev.candles.core.feed.RollupEvent;
import dev.candles.core.lake.LakeParts;
import dev.candles.core.time.MarketClock;
import dev.candles.core.time.Retention;
import dev.candles.job.alert.LogLines;
import dev.candles.job.codec.Codecs;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class RollupFunctionTest {
  static final StreamKey BASE = new StreamKey("okx", "BTC-USDT", Timeframe.M1);
  static final StreamKey LARGER = BASE.in(Timeframe.M5);
  static final long T0 = 1_767_571_200_000L;
  static final long MINUTE = 60_000;
  static final long REREAD_MS = 30_000;

  /** Their numbers go on, as over restarts. */
  private static final AtomicLong CHECKPOINTS = new AtomicLong(1);

  @Test
  void oneUnknownMinuteBlocksAndTheLastOneReleases() throws Exception {
    try (var harness = harness()) {
      send(harness, announced());
      for (int i : new int[] {4, 0, 3, 1}) {
        send(harness, base(candle(i, 1, 0)));
      }
      assertThat(harness.extractOutputValues()).isEmpty();
      send(harness, empty(2, 3));
      assertThat(harness.extractOutputValues())
          .singleElement()
          .satisfies(
              event -> {
                Candle folded = ((LedgerEvent.Final) event).candle();
                assertThat(folded.open()).isEqualTo(100);
                assertThat(folded.close()).isEqualTo(104);
                assertThat(folded.volume()).isEqualTo(4);
              });
    }
  }

  @Test
  void allSilentIsSilent() throws Exception {
    try (var harness = harness()) {
      send(harness, announced());
      send(harness, empty(0, 5));
      assertThat(harness.extractOutputValues())
          .containsExactly(new LedgerEvent.Empty(LARGER, T0, T0 + 5 * MINUTE, Evidence.ROLLUP));
    }
  }

  @Test
  void aRevisedMinuteGivesTheLargerCandleAnew() throws Exception {
    try (var harness = harness()) {
      send(harness, announced());
      for (int i = 0; i < 5; i++) {
        send(harness, base(candle(i, 1, 0)));
      }
      send(harness, base(candle(2, 9, 1)));
      assertThat(volumes(harness)).containsExactly(5.0, 13.0);
    }
  }

  @Test
  void whatComesBeforeTheAnnouncementWaitsAndAReplayCompletesIt() throws Exception {
    try (var harness = harness()) {
      send(harness, base(candle(4, 1, 0)));
      send(harness, announced());
      List<Candle> held = List.of(candle(0, 1, 0), candle(1, 1, 0), candle(3, 1, 0));
      long[] silent = {T0 + 2 * MINUTE, T0 + 3 * MINUTE};
      send(harness, new ReplayedParts(LARGER, T0, held, silent));
      assertThat(harness.extractOutputValues()).hasSize(1);
    }
  }

  @Test
  void aReplayNeverTakesARevisionBack() throws Exception {
    try (var harness = harness()) {
      send(harness, announced());
      send(harness, base(candle(2, 9, 1)));
      List<Candle> before =
          List.of(
              candle(0, 1, 0), candle(1, 1, 0), candle(2, 1, 0), candle(3, 1, 0), candle(4, 1, 0));
      send(harness, new ReplayedParts(LARGER, T0, before, new long[0]));
      assertThat(volumes(harness)).containsExactly(13.0);
    }
  }

  /** The lake was read before the revision was committed. */
  @Test
  void aReplayOfWhatIsLongOverKnowsOfALateRevision() throws Exception {
    long nowMs = T0 + Timeframe.H1.millis();
    try (var harness = harness()) {
      send(harness, announced());
      TestLake.hold(0, 1, 2, 3, 4);
      harness.setProcessingTime(nowMs);
      send(harness, base(candle(2, 9, 1, nowMs)));
      List<Candle> before = List.copyOf(TestLake.HELD.values());
      send(harness, new ReplayedParts(LARGER, T0, before, new long[0]));
      commitAndLook(harness);
      assertThat(volumes(harness)).containsExactly(13.0);
    }
  }

  /** What was written before a restart is visible when the lake was announced, and not before. */
  @Test
  void theLakeIsLookedIntoOnlyOnceItIsAnnounced() throws Exception {
    long nowMs = T0 + Timeframe.D1.millis();
    OperatorSubtaskState state;
    try (var harness = harness()) {
      send(harness, announced());
      harness.setProcessingTime(nowMs);
      send(harness, base(candle(2, 9, 1, nowMs)));
      state = harness.snapshot(1, nowMs);
    }
    try (var harness = restored(new TestLake(), state)) {
      harness.setProcessingTime(nowMs + 4 * Timeframe.D1.millis());
      commitAndLook(harness);
      assertThat(harness.extractOutputValues()).isEmpty();
      TestLake.hold(0, 1, 3, 4);
      TestLake.HELD.put(2, candle(2, 9, 1));
      send(harness, announced());
      commitAndLook(harness);
      assertThat(volumes(harness)).containsExactly(13.0);
    }
  }

  @Test
  void aReplayMendsALargerCandleThatMissedARevision() throws Exception {
    try (var harness = harness()) {
      send(harness, announced());
      for (int i = 0; i < 5; i++) {
        send(harness, base(candle(i, 1, 0)));
      }
      List<Candle> revised =
          List.of(
              candle(0, 1, 0), candle(1, 1, 0), candle(2, 9, 1), candle(3, 1, 0), candle(4, 1, 0));
      send(harness, new ReplayedParts(LARGER, T0, revised, new long[0]));
      assertThat(volumes(harness)).containsExactly(5.0, 13.0);
    }
  }

  @Test
  void partsOfCompleteIntervalsAreDroppedInTheEnd() throws Exception {
    try (var harness = harness()) {
      send(harness, announced());
      for (int i = 0; i < 5; i++) {
        send(harness, base(candle(i, 1, 0)));
      }
      assertThat(harness.numKeyedStateEntries()).isPositive();
      harness.setProcessingTime(T0 + 5 * MINUTE + Retention.COLLECTOR.partsMs());
      assertThat(harness.numKeyedStateEntries()).isZero();
    }
  }

  /** A minute that is revised when its interval's parts are long forgotten: the lake has them. */
  @Test
  void aLateRevisionIsFoldedFromTheLakeOnceTheLakeHoldsIt() throws Exception {
    for (long laterMs : new long[] {T0 + 7 * Timeframe.H1.millis(), T0 + Timeframe.D1.millis()}) {
      try (var harness = harness()) {
        send(harness, announced());
        for (int i = 0; i < 5; i++) {
          send(harness, base(candle(i, 1, 0)));
        }
        TestLake.hold(0, 1, 2, 3, 4);
        harness.setProcessingTime(laterMs);
        assertThat(harness.numKeyedStateEntries()).isZero();
        send(harness, base(candle(2, 9, 1, laterMs)));
        harness.setProcessingTime(laterMs + 10 * REREAD_MS);
        complete(harness, 1);
        harness.setProcessingTime(laterMs + 20 * REREAD_MS);
        assertThat(TestLake.LOOKED).as("others commit, and not before us").isEmpty();
        TestLake.HELD.put(2, candle(2, 9, 1));
        complete(harness, 1);
        harness.setProcessingTime(laterMs + 21 * REREAD_MS);
        assertThat(volumes(harness)).containsExactly(5.0, 13.0);
        mustKeepNothing(harness);
      }
    }
  }

  /** As where its file is no good. */
  @Test
  void aLateRevisionHoldsAlsoWhereTheLakeTellsAnEarlierVersion() throws Exception {
    try (var harness = harness()) {
      send(harness, announced());
      TestLake.hold(0, 1, 2, 3, 4);
      harness.setProcessingTime(T0 + Timeframe.D1.millis());
      send(harness, base(candle(2, 9, 1)));
      commitAndLook(harness);
      assertThat(volumes(harness)).containsExactly(13.0);
    }
  }

  /** After a start without state: only what is three hours old is told again. */
  @Test
  void aRevisionOfAnIntervalThatWasNeverToldIsFoldedFromTheLake() throws Exception {
    long nowMs = T0 + 4 * Timeframe.H1.millis();
    try (var harness = harness()) {
      send(harness, announced());
      TestLake.hold(0, 1, 3, 4);
      TestLake.HELD.put(2, candle(2, 9, 1));
      harness.setProcessingTime(nowMs);
      send(harness, base(candle(2, 9, 1, nowMs)));
      commitAndLook(harness);
      assertThat(volumes(harness)).containsExactly(13.0);
      send(harness, base(candle(3, 2, 1, nowMs)));
      assertThat(volumes(harness)).as("its parts are here again").containsExactly(13.0, 14.0);
      harness.setProcessingTime(T0 + 5 * MINUTE + Retention.COLLECTOR.partsMs());
      mustKeepNothing(harness);
    }
  }

  /** A first version: the minute was proven empty, and its interval folded without it. */
  @Test
  void aCandleWhereSilenceWasProvenChangesTheLargerOneHoweverOldItIs() throws Exception {
    long nowMs = T0 + 8 * Timeframe.H1.millis();
    try (var harness = harness()) {
      send(harness, announced());
      TestLake.hold(0, 1, 2, 3, 4);
      harness.setProcessingTime(nowMs);
      send(
          harness, new RollupEvent.Base(LARGER, new AcceptedEvent.Changed(candle(2, 1, 0, nowMs))));
      send(harness, base(candle(3, 7, 1, nowMs)));
      TestLake.HELD.put(3, candle(3, 7, 1));
      commitAndLook(harness);
      assertThat(volumes(harness)).containsExactly(11.0);
    }
  }

  @Test
  void whatIsCompleteHereIsNotLookedFor() throws Exception {
    long nowMs = T0 + 2 * Timeframe.H1.millis();
    try (var harness = harness()) {
      send(harness, announced());
      harness.setProcessingTime(nowMs);
      for (int i = 1; i < 5; i++) {
        send(harness, base(candle(i, 1, 0)));
      }
      send(harness, base(candle(2, 2, 1, nowMs)));
      send(harness, base(candle(0, 1, 0)));
      send(harness, base(candle(2, 9, 2, nowMs)));
      commitAndLook(harness);
      assertThat(TestLake.LOOKED).isEmpty();
      assertThat(volumes(harness)).containsExactly(6.0, 13.0);
      assertThat(harness.numProcessingTimeTimers()).as("to drop the parts").isEqualTo(1);
      harness.setProcessingTime(T0 + 5 * MINUTE + Retention.COLLECTOR.partsMs());
      mustKeepNothing(harness);
    }
  }

  @Test
  void aRevisionOfWhatTheLakeDoesNotHoldWholeIsToldAndNotWaitedFor() throws Exception {
    try (var harness = harness();
        LogLines log = new LogLines(RollupFunction.class.getName(), "rollup_not_revised")) {
      send(harness, announced());
      harness.setProcessingTime(T0 + 5 * MINUTE + Retention.COLLECTOR.partsMs());
      send(harness, base(candle(2, 9, 1)));
      TestLake.hold(0, 1, 2, 3);
      commitAndLook(harness);
      assertThat(harness.extractOutputValues()).isEmpty();
      assertThat(log.lines)
          .containsExactly(
              "ERROR: event=rollup_not_revised stream=okx/BTC-USDT/5m open_time="
                  + Instant.ofEpochMilli(T0)
                  + " open_time_ms="
                  + T0
                  + " revised=1");
      mustKeepNothing(harness);
    }
  }

  private static KeyedOneInputStreamOperatorTestHarness<String, RollupEvent, LedgerEvent> harness()
      throws Exception {
    return harness(new TestLake());
  }

  /** So many checkpoints complete. */
  static void complete(
      KeyedOneInputStreamOperatorTestHarness<String, RollupEvent, LedgerEvent> harness, int count)
      throws Exception {
    for (int i = 0; i < count; i++) {
      long number = CHECKPOINTS.incrementAndGet();
      harness.snapshot(number, 0);
      harness.notifyOfCompletedCheckpoint(number);
    }
  }

  /** What was heard is in the lake, and the lake is looked into. */
  static void commitAndLook(
      KeyedOneInputStreamOperatorTestHarness<String, RollupEvent, LedgerEvent> harness)
      throws Exception {
    complete(harness, 2);
    harness.setProcessingTime(harness.getProcessingTime() + REREAD_MS);
  }

  static void mustKeepNothing(
      KeyedOneInputStreamOperatorTestHarness<String, RollupEvent, LedgerEvent> harness) {
    assertThat(harness.numKeyedStateEntries()).isZero();
    assertThat(harness.numProcessingTimeTimers()).isZero();
  }

  static KeyedOneInputStreamOperatorTestHarness<String, RollupEvent, LedgerEvent> harness(
      LakeParts lake) throws Exception {
    return harness(lake, REREAD_MS);
  }

  static KeyedOneInputStreamOperatorTestHarness<String, RollupEvent, LedgerEvent> harness(
      LakeParts lake, long beatMs) throws Exception {
    var harness = unopened(lake, beatMs);
    harness.setProcessingTime(T0);
    harness.open();
    return harness;
  }

  static KeyedOneInputStreamOperatorTestHarness<String, RollupEvent, LedgerEvent> restored(
      LakeParts lake, OperatorSubtaskState state) throws Exception {
    var harness = unopened(lake, REREAD_MS);
    harness.initializeState(state);
    harness.open();
    return harness;
  }

  private static KeyedOneInputStreamOperatorTestHarness<String, RollupEvent, LedgerEvent> unopened(
      LakeParts lake, long beatMs) throws Exception {
    var harness =
        new KeyedOneInputStreamOperatorTestHarness<String, RollupEvent, LedgerEvent>(
            new KeyedProcessOperator<>(new RollupFunction(MarketClock.real(), lake, beatMs)),
            event -> event.stream().id(),
            Types.STRING);
    harness.setup(Codecs.LEDGER.serializer());
    return harness;
  }

  static void send(
      KeyedOneInputStreamOperatorTestHarness<String, RollupEvent, LedgerEvent> harness,
      RollupEvent event)
      throws Exception {
    harness.processElement(event, 0);
  }

  static List<Double> volumes(
      KeyedOneInputStreamOperatorTestHarness<String, RollupEvent, LedgerEvent> harness) {
    return harness.extractOutputValues().stream()
        .map(event -> ((LedgerEvent.Final) event).candle().volume())
        .toList();
  }

  static RollupEvent announced() {
    return new RollupEvent.Announced(LARGER);
  }

  static RollupEvent base(Candle candle) {
    return new RollupEvent.Base(
        LARGER,
        candle.revision() > 0 ? new AcceptedEvent.Changed(candle) : new LedgerEvent.Final(candle));
  }

  static RollupEvent empty(int from, int to) {
    return new RollupEvent.Base(
        LARGER, new LedgerEvent.Empty(BASE, T0 + from * MINUTE, T0 + to * MINUTE, Evidence.REST));
  }

  static Candle candle(int minute, double volume, int revision) {
    return candle(minute, volume, revision, T0);
  }

  static Candle candle(int minute, double volume, int revision, long receivedMs) {
    double price = 100 + minute;
    return new Candle(
        BASE,
        T0 + minute * MINUTE,
        new Ohlc(price, price, price, price),
        Volumes.ofBase(volume),
        TradeRange.UNKNOWN,
        new Provenance(Evidence.VENUE_FLAG, "ws", revision, receivedMs));
  }
}
