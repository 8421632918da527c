package dev.candles.job.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.candles.core.candle.Candle;
import dev.candles.core.candle.Evidence;
import dev.candles.core.candle.Ohlc;
import dev.candles.core.candle.Provenance;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.candle.TradeRange;
import dev.candles.core.candle.Volumes;
import dev.candles.core.coverage.CoverageRow;
import dev.candles.core.coverage.IntervalState;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.coverage.Reason;
import dev.candles.core.feed.AcceptedEvent;
import dev.candles.core.feed.LedgerEvent;
import dev.candles.core.feed.StreamBootstrap;
import dev.candles.core.health.HealthNews;
import dev.candles.core.lake.LakeView;
import dev.candles.core.lake.LakeWriteAccess;
import dev.candles.core.time.MarketClock;
import dev.candles.core.time.Retention;
import dev.candles.lake.state.LakeLock;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.junit.jupiter.api.Test;

class LedgerFunctionTest {
  private static final StreamKey STREAM = new StreamKey("okx", "BTC-USDT", Timeframe.M1);
  private static final long T0 = 1_767_571_200_000L;
  private static final long MINUTE = 60_000;
  private static final LakeWriteAccess OF_ONE_PROCESS = new LakeLock("not opened");

  @Test
  void parksUntilTheLakeIsAnnouncedAndThenWritesOnce() throws Exception {
    try (var harness = harness()) {
      harness.open();
      send(harness, new LedgerEvent.Final(candle(0, 100)));
      assertThat(harness.extractOutputValues()).isEmpty();
      send(harness, announced(Intervals.empty()));
      send(harness, new LedgerEvent.Final(candle(0, 100)));
      assertThat(harness.extractOutputValues()).containsExactly(candle(0, 100));
    }
  }

  /** What is parked has come, and is written when its lake was announced; a repeat has come. */
  @Test
  void countsWhatComesAndWhatIsNewForTheHealthCheck() throws Exception {
    try (var harness = harness()) {
      harness.open();
      send(harness, new LedgerEvent.Final(candle(0, 100)));
      send(harness, announced(Intervals.empty()));
      send(harness, new LedgerEvent.Final(candle(0, 100)));
      send(harness, new LedgerEvent.Final(candle(2, 100)));
      send(harness, new LedgerEvent.Missing(STREAM, T0, T0 + MINUTE, Reason.SKIPPED));
      assertThat(side(harness, LedgerFunction.COUNTS))
          .containsExactly(
              new HealthNews.Counted("okx", 1, 0),
              new HealthNews.Counted("okx", 0, 1),
              new HealthNews.Counted("okx", 1, 0),
              new HealthNews.Counted("okx", 1, 1));
    }
  }

  @Test
  void whatTheLakeHoldsIsNotWrittenAgainAndWhatItLostIs() throws Exception {
    OperatorSubtaskState state;
    try (var harness = harness()) {
      harness.open();
      send(harness, announced(Intervals.empty()));
      send(harness, new LedgerEvent.Final(candle(0, 100)));
      send(harness, new LedgerEvent.Final(candle(1, 101)));
      state = harness.snapshot(1, 1);
    }
    try (var harness = harness()) {
      harness.initializeState(state);
      harness.open();
      send(harness, announced(Intervals.of(T0 + MINUTE, T0 + 3 * MINUTE)));
      for (int i = 0; i < 4; i++) {
        send(harness, new LedgerEvent.Final(candle(i, 100 + i)));
      }
      assertThat(harness.extractOutputValues()).containsExactly(candle(0, 100), candle(3, 103));
    }
  }

  @Test
  void aRevisionLeavesTheFirstVersionAlone() throws Exception {
    try (var harness = harness()) {
      harness.open();
      send(harness, announced(Intervals.empty()));
      send(harness, new LedgerEvent.Final(candle(0, 100)));
      Candle later = candle(0, 105).withEvidence(Evidence.REST_TWICE);
      send(harness, new LedgerEvent.Final(later));
      assertThat(harness.extractOutputValues()).containsExactly(candle(0, 100));
      assertThat(side(harness, LedgerFunction.REVISIONS)).containsExactly(later.withRevision(1));
    }
  }

  /** What larger candles were made of may be forgotten: they are told what a candle replaces. */
  @Test
  void aCandleThatReplacesAnythingIsToldAsAChange() throws Exception {
    try (var harness = harness()) {
      harness.open();
      send(harness, announced(Intervals.empty()));
      send(harness, new LedgerEvent.Final(candle(0, 100)));
      send(harness, new LedgerEvent.Final(candle(0, 105).withEvidence(Evidence.REST_TWICE)));
      send(harness, new LedgerEvent.Empty(STREAM, T0 + MINUTE, T0 + 2 * MINUTE, Evidence.REST));
      send(harness, new LedgerEvent.Final(candle(1, 100)));
      send(harness, unrecoverable(2));
      send(harness, new LedgerEvent.Final(candle(2, 100)));
      assertThat(side(harness, LedgerFunction.ACCEPTED))
          .filteredOn(event -> !(event instanceof LedgerEvent.Empty))
          .filteredOn(event -> !(event instanceof LedgerEvent.Unrecoverable))
          .extracting(AcceptedEvent::getClass, AcceptedEvent::fromMs)
          .containsExactly(
              tuple(LedgerEvent.Final.class, T0),
              tuple(AcceptedEvent.Changed.class, T0),
              tuple(AcceptedEvent.Changed.class, T0 + MINUTE),
              tuple(AcceptedEvent.Changed.class, T0 + 2 * MINUTE));
    }
  }

  private static LedgerEvent unrecoverable(int minute) {
    long from = T0 + minute * MINUTE;
    return new LedgerEvent.Unrecoverable(STREAM, from, from + MINUTE, Reason.NO_PROOF);
  }

  @Test
  void aRestRowThatDisagreesWithTheChainChangesNothingAndRefetchedTradesReviseIt()
      throws Exception {
    try (var harness = harness()) {
      harness.open();
      send(harness, announced(Intervals.empty()));
      Candle chained = candle(0, 100).withEvidence(Evidence.TRADE_CHAIN);
      send(harness, new LedgerEvent.Final(chained));
      for (Evidence told : List.of(Evidence.REST, Evidence.REST_TWICE)) {
        send(harness, new LedgerEvent.Final(candle(0, 105).withEvidence(told)));
      }
      assertThat(side(harness, LedgerFunction.REVISIONS)).isEmpty();
      Candle refetched = candle(0, 105).withEvidence(Evidence.REST_TRADES);
      send(harness, new LedgerEvent.Final(refetched));
      assertThat(harness.extractOutputValues()).containsExactly(chained);
      assertThat(side(harness, LedgerFunction.REVISIONS))
          .containsExactly(refetched.withRevision(1));
    }
  }

  @Test
  void coverageTellsEachChangeOnceWithAGrowingSequence() throws Exception {
    try (var harness = harness()) {
      harness.open();
      send(harness, announced(Intervals.of(T0, T0 + MINUTE)));
      send(harness, new LedgerEvent.Missing(STREAM, T0, T0 + 3 * MINUTE, Reason.SKIPPED));
      send(harness, new LedgerEvent.Empty(STREAM, T0 + MINUTE, T0 + 2 * MINUTE, Evidence.REST));
      send(harness, new LedgerEvent.Final(candle(2, 102)));
      send(
          harness, new LedgerEvent.Filled(STREAM, T0 + 2 * MINUTE, T0 + 3 * MINUTE, Evidence.REST));
      List<CoverageRow> rows = side(harness, LedgerFunction.COVERAGE);
      assertThat(rows)
          .extracting(CoverageRow::state)
          .containsExactly(
              IntervalState.MISSING, IntervalState.VERIFIED_EMPTY, IntervalState.FINAL);
      assertThat(rows).extracting(CoverageRow::seq).containsExactly(8L, 9L, 10L);
      assertThat(rows.get(0).fromMs())
          .as("what the lake holds is not missing")
          .isEqualTo(T0 + MINUTE);
    }
  }

  @Test
  void whatIsMissingIsSaidOnceAndClosedByTheCandleOfALargerStream() throws Exception {
    StreamKey larger = STREAM.in(Timeframe.M5);
    try (var harness = harness()) {
      harness.open();
      StreamBootstrap nothing =
          new StreamBootstrap(
              T0,
              T0,
              new long[0],
              new long[0],
              new long[0],
              0,
              0,
              "BTC-USDT",
              Evidence.VENUE_FLAG,
              List.of());
      send(harness, new LedgerEvent.Announced(larger, nothing));
      for (int i = 0; i < 3; i++) {
        send(harness, new LedgerEvent.Missing(larger, T0, T0 + 5 * MINUTE, Reason.BASE));
      }
      Candle candle = candle(0, 100);
      send(
          harness,
          new LedgerEvent.Final(
              new Candle(
                  larger,
                  T0,
                  new Ohlc(1, 1, 1, 1),
                  Volumes.ofBase(1),
                  TradeRange.UNKNOWN,
                  Provenance.first(Evidence.ROLLUP, "rollup", candle.receivedAtMs()))));
      assertThat(side(harness, LedgerFunction.COVERAGE))
          .extracting(CoverageRow::state)
          .containsExactly(IntervalState.MISSING, IntervalState.FINAL);
    }
  }

  @Test
  void anHourlyRowSaysHowFarTheStreamIsAccountedFor() throws Exception {
    try (var harness = harness()) {
      harness.setProcessingTime(T0);
      harness.open();
      send(harness, announced(Intervals.of(T0, T0 + 20 * MINUTE)));
      send(harness, new LedgerEvent.Final(candle(20, 100)));
      harness.setProcessingTime(T0 + 60 * MINUTE);
      assertThat(side(harness, LedgerFunction.COVERAGE))
          .singleElement()
          .satisfies(
              row -> {
                assertThat(row.state()).isEqualTo(IntervalState.THROUGH);
                assertThat(row.fromMs()).isEqualTo(T0);
                assertThat(row.toMs()).isEqualTo(T0 + 21 * MINUTE);
              });
    }
  }

  @Test
  void anOldCandleThatWasAnnouncedIsRevisedHoweverLateItsPartBecomesKnown() throws Exception {
    long days = 10 * 1_440 * MINUTE;
    Candle old = candle(0, 100).withEvidence(Evidence.ROLLUP);
    StreamBootstrap lake =
        new StreamBootstrap(
            T0,
            T0 + days,
            Intervals.of(T0, T0 + MINUTE).toArray(),
            new long[0],
            new long[0],
            7,
            0,
            "BTC-USDT",
            Evidence.VENUE_FLAG,
            List.of(old));
    try (var harness = harness()) {
      harness.open();
      harness.setProcessingTime(T0 + days);
      send(harness, new LedgerEvent.Announced(STREAM, lake));
      harness.setProcessingTime(T0 + days + 180 * MINUTE);
      Candle anew = candle(0, 105).withEvidence(Evidence.ROLLUP);
      send(harness, new LedgerEvent.Final(anew));
      assertThat(side(harness, LedgerFunction.REVISIONS)).containsExactly(anew.withRevision(1));
    }
  }

  /** Whoever was away for long announces no versions: the lake has them. */
  @Test
  void whatWasWrittenLongAgoIsCorrectedByWhatTheLakeHolds() throws Exception {
    Candle whole = candle(0, 105).withEvidence(Evidence.REST_TWICE);
    try (var harness = harness()) {
      harness.open();
      send(harness, announced(Intervals.of(T0, T0 + 2 * MINUTE)));
      Lake.HELD.add(candle(0, 100).withEvidence(Evidence.REST).withRevision(2));
      Lake.HELD.add(candle(1, 100).withEvidence(Evidence.REST));
      send(harness, new LedgerEvent.Final(candle(0, 101).withEvidence(Evidence.REST)));
      send(harness, new LedgerEvent.Final(whole));
      send(harness, new LedgerEvent.Final(whole));
      send(harness, new LedgerEvent.Final(candle(1, 100).withEvidence(Evidence.REST_TWICE)));
      assertThat(side(harness, LedgerFunction.REVISIONS)).containsExactly(whole.withRevision(3));
      assertThat(Lake.asked).as("once each").isEqualTo(2);
      assertThat(harness.extractOutputValues()).isEmpty();
    } finally {
      Lake.HELD.clear();
      Lake.asked = 0;
    }
  }

  /** It is not remembered, and its files are published by others when a checkpoint completes. */
  @Test
  void aCorrectionOfAnOldCandleWaitsForTheCheckpointThatPublishesIt() throws Exception {
    Lake.HELD.clear();
    try (var harness = harness()) {
      harness.open();
      harness.setProcessingTime(T0 + Retention.COLLECTOR.versionsMs() + 1);
      send(harness, announced(Intervals.empty()));
      Candle first = candle(0, 100).withEvidence(Evidence.REST);
      Candle later = candle(0, 105).withEvidence(Evidence.REST_TRADES);
      send(harness, new LedgerEvent.Final(first));
      send(harness, new LedgerEvent.Final(later));
      for (int checkpoint = 1; checkpoint <= 2; checkpoint++) {
        send(harness, new LedgerEvent.Final(candle(checkpoint, 100)));
        assertThat(side(harness, LedgerFunction.REVISIONS)).isEmpty();
        harness.snapshot(checkpoint, 0);
        harness.notifyOfCompletedCheckpoint(checkpoint);
      }
      Lake.HELD.add(first);
      send(harness, new LedgerEvent.Final(candle(3, 100)));
      assertThat(side(harness, LedgerFunction.REVISIONS)).containsExactly(later.withRevision(1));
    }
    Lake.HELD.clear();
  }

  /** Held by the test. */
  private static final class Lake implements LakeView {
    private static final long serialVersionUID = 1;
    static final List<Candle> HELD = new ArrayList<>();
    static int asked;

    @Override
    public Scan open(List<StreamKey> streams, long from, long recent, long now) {
      throw new UnsupportedOperationException();
    }

    @Override
    public List<Candle> candles(StreamKey stream, long fromMs, long toMs) {
      asked++;
      return HELD.stream().filter(c -> c.openTimeMs() >= fromMs && c.openTimeMs() < toMs).toList();
    }
  }

  @Test
  void nothingIsWrittenByAProcessThatDoesNotSeeTheLake() throws Exception {
    BlindAccess blind = new BlindAccess();
    try (var harness = harness(blind)) {
      harness.open();
      send(harness, new LedgerEvent.Final(candle(0, 105)));
      assertThatThrownBy(() -> send(harness, announced(Intervals.empty())))
          .hasMessage("sees no lake");
      assertThat(harness.extractOutputValues()).isEmpty();
      assertThat(blind.asked).singleElement().asString().matches("[0-9a-f]{32}");
    }
  }

  private static KeyedOneInputStreamOperatorTestHarness<String, LedgerEvent, Candle> harness()
      throws Exception {
    return harness(OF_ONE_PROCESS);
  }

  private static KeyedOneInputStreamOperatorTestHarness<String, LedgerEvent, Candle> harness(
      LakeWriteAccess access) throws Exception {
    return new KeyedOneInputStreamOperatorTestHarness<>(
        new KeyedProcessOperator<>(new LedgerFunction(MarketClock.real(), access, new Lake(), 1)),
        event -> event.stream().id(),
        Types.STRING);
  }

  private static void send(
      KeyedOneInputStreamOperatorTestHarness<String, LedgerEvent, Candle> harness,
      LedgerEvent event)
      throws Exception {
    harness.processElement(event, 0);
  }

  private static <T> List<T> side(
      KeyedOneInputStreamOperatorTestHarness<String, LedgerEvent, Candle> harness,
      OutputTag<T> tag) {
    List<T> values = new ArrayList<>();
    var records = harness.getSideOutput(tag);
    if (records != null) {
      for (StreamRecord<T> record : records) {
        values.add(record.getValue());
      }
    }
    return values;
  }

  private static LedgerEvent announced(Intervals finals) {
    return new LedgerEvent.Announced(
        STREAM,
        new StreamBootstrap(
            T0,
            T0 + 10 * MINUTE,
            finals.toArray(),
            new long[0],
            new long[0],
            7,
            0,
            "BTC-USDT",
            Evidence.VENUE_FLAG,
            List.of()));
  }

  private static Candle candle(int minute, double close) {
    return new Candle(
        STREAM,
        T0 + minute * MINUTE,
        new Ohlc(close, close, close, close),
        Volumes.ofBase(1),
        TradeRange.UNKNOWN,
        Provenance.first(Evidence.VENUE_FLAG, "ws", T0));
  }
}
