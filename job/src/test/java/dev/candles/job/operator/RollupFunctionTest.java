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
import dev.candles.core.coverage.Intervals;
import dev.candles.core.feed.AcceptedEvent;
import dev.candles.core.feed.LedgerEvent;
import dev.candles.core.feed.RollupEvent;
import dev.candles.core.lake.HeldParts;
import dev.candles.core.lake.LakeParts;
import dev.candles.core.time.MarketClock;
import dev.candles.core.time.Retention;
import dev.candles.job.alert.LogLines;
import dev.candles.job.codec.Codecs;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** State, timers, checkpoints and log of the rollup; its rules have tests of their own. */
@Isolated("jobs of other tests log the same")
class RollupFunctionTest {
  private static final StreamKey BASE = new StreamKey("okx", "BTC-USDT", Timeframe.M1);
  private static final StreamKey LARGER = BASE.in(Timeframe.M5);
  private static final long T0 = 1_767_571_200_000L;
  private static final long MINUTE = 60_000;
  private static final long BEAT_MS = 30_000;
  private static final long OLD = T0 + Timeframe.D1.millis();
  private static final String AT = " open_time=" + Instant.ofEpochMilli(T0) + " open_time_ms=" + T0;

  /** What it holds is set by the test. */
  private static final class Lake implements LakeParts {
    private static final long serialVersionUID = 1;
    static final List<Candle> HELD = new ArrayList<>();
    static Intervals archived = Intervals.empty();
    static boolean broken;

    Lake() {
      HELD.clear();
      archived = Intervals.empty();
      broken = false;
    }

    @Override
    public Reading read(Set<StreamKey> streams, long fromMs) throws IOException {
      if (broken) {
        throw new IOException("no log");
      }
      return (stream, from, to) -> {
        long[] opened = HELD.stream().mapToLong(Candle::openTimeMs).toArray();
        return new HeldParts(List.copyOf(HELD), Intervals.ofOpenTimes(opened, MINUTE), archived);
      };
    }
  }

  /** The operator in Flink's harness. */
  private static final class Running implements AutoCloseable {
    private final KeyedOneInputStreamOperatorTestHarness<String, RollupEvent, LedgerEvent> harness;
    private long checkpoint = 1;

    Running(long nowMs) throws Exception {
      this(nowMs, null);
    }

    Running(long nowMs, @Nullable OperatorSubtaskState state) throws Exception {
      harness =
          new KeyedOneInputStreamOperatorTestHarness<>(
              new KeyedProcessOperator<>(
                  new RollupFunction(MarketClock.real(), new Lake(), BEAT_MS)),
              event -> event.stream().id(),
              Types.STRING);
      harness.setup(Codecs.LEDGER.serializer());
      harness.setProcessingTime(nowMs);
      if (state != null) {
        harness.initializeState(state);
      }
      harness.open();
    }

    void take(RollupEvent event) throws Exception {
      harness.processElement(event, 0);
    }

    OperatorSubtaskState save() throws Exception {
      return harness.snapshot(++checkpoint, 0);
    }

    /** Two checkpoints complete, and the next beat comes. */
    void commitAndLook() throws Exception {
      for (int i = 0; i < 2; i++) {
        save();
        harness.notifyOfCompletedCheckpoint(checkpoint);
      }
      harness.setProcessingTime(harness.getProcessingTime() + BEAT_MS);
    }

    List<Double> volumes() {
      return harness.extractOutputValues().stream()
          .map(event -> ((LedgerEvent.Final) event).candle().volume())
          .toList();
    }

    void mustKeepNothing() {
      assertThat(harness.numKeyedStateEntries()).isZero();
      assertThat(harness.numProcessingTimeTimers()).isZero();
    }

    @Override
    public void close() throws Exception {
      harness.close();
    }
  }

  @Test
  void whatIsParkedOutlivesARestart() throws Exception {
    OperatorSubtaskState state;
    try (Running before = new Running(T0)) {
      for (int i = 0; i < 5; i++) {
        before.take(minute(i));
      }
      assertThat(before.volumes()).isEmpty();
      state = before.save();
    }
    try (Running after = new Running(T0, state)) {
      after.take(new RollupEvent.Announced(LARGER));
      assertThat(after.volumes()).containsExactly(5.0);
    }
  }

  @Test
  void partsOutliveARestartAndGoInTheEnd() throws Exception {
    OperatorSubtaskState state;
    try (Running before = new Running(T0)) {
      before.take(new RollupEvent.Announced(LARGER));
      for (int i = 0; i < 4; i++) {
        before.take(minute(i));
      }
      state = before.save();
    }
    try (Running after = new Running(T0, state)) {
      after.take(new RollupEvent.Announced(LARGER));
      after.take(minute(4));
      assertThat(after.volumes()).containsExactly(5.0);
      after.harness.setProcessingTime(T0 + 5 * MINUTE + Retention.COLLECTOR.partsMs());
      after.mustKeepNothing();
    }
  }

  /** A timer says by its time which interval it is for, and nothing else is kept of it. */
  @Test
  void aTimerThatWasSetBeforeARestartStillDropsItsInterval() throws Exception {
    OperatorSubtaskState state;
    try (Running before = new Running(T0)) {
      before.take(new RollupEvent.Announced(LARGER));
      for (int i = 0; i < 5; i++) {
        before.take(minute(i));
      }
      state = before.save();
    }
    try (Running after = new Running(T0, state)) {
      assertThat(after.harness.numKeyedStateEntries()).as("what is known, parts").isEqualTo(2);
      after.harness.setProcessingTime(T0 + 5 * MINUTE + Retention.COLLECTOR.partsMs());
      after.mustKeepNothing();
    }
  }

  @Test
  void whatWaitsForTheLakeOutlivesARestartAndIsLookedForAfterTwoCheckpoints() throws Exception {
    OperatorSubtaskState state;
    try (Running before = new Running(OLD)) {
      before.take(new RollupEvent.Announced(LARGER));
      before.take(revision(2));
      state = before.save();
    }
    try (Running after = new Running(OLD, state);
        LogLines log = log()) {
      hold(0, 1, 2, 3, 4);
      after.harness.setProcessingTime(OLD + 10 * BEAT_MS);
      after.take(new RollupEvent.Announced(LARGER));
      after.harness.setProcessingTime(OLD + 20 * BEAT_MS);
      assertThat(after.volumes()).as("not committed yet").isEmpty();
      after.commitAndLook();
      assertThat(after.volumes()).containsExactly(13.0);
      assertThat(log.lines)
          .containsExactly("INFO: event=rollup_looked stream=okx/BTC-USDT/5m days=1 made=1 left=0");
      after.mustKeepNothing();
    }
  }

  @Test
  void checkpointsOfBeforeDoNotCountForWhatIsHeardNow() throws Exception {
    try (Running running = new Running(OLD)) {
      running.take(new RollupEvent.Announced(LARGER));
      running.commitAndLook();
      running.commitAndLook();
      hold(0, 1, 2, 3, 4);
      running.take(revision(2));
      running.harness.setProcessingTime(OLD + 10 * BEAT_MS);
      assertThat(running.volumes()).as("not committed yet").isEmpty();
      running.commitAndLook();
      assertThat(running.volumes()).containsExactly(13.0);
    }
  }

  @Test
  void aRevisionThatCannotBeFollowedIsAnError() throws Exception {
    try (Running running = new Running(OLD);
        LogLines log = log()) {
      running.take(new RollupEvent.Announced(LARGER));
      running.take(revision(2));
      hold(2);
      Lake.archived = Intervals.of(T0, T0 + 2 * MINUTE);
      running.commitAndLook();
      assertThat(log.lines)
          .containsExactly(
              "ERROR: event=rollup_not_revised stream=okx/BTC-USDT/5m" + AT + " revised=1",
              "INFO: event=rollup_looked stream=okx/BTC-USDT/5m days=1 made=0 left=1",
              "WARN: event=rollup_archived stream=okx/BTC-USDT/5m left=1");
      running.mustKeepNothing();
    }
  }

  @Test
  void aLakeThatCannotBeReadIsAWarningAndFailsNothing() throws Exception {
    try (Running running = new Running(OLD);
        LogLines log = log()) {
      running.take(new RollupEvent.Announced(LARGER));
      running.take(revision(2));
      Lake.broken = true;
      running.commitAndLook();
      assertThat(log.lines)
          .containsExactly(
              "WARN: event=rollup_lake_unreadable stream=okx/BTC-USDT/5m" + AT,
              "INFO: event=rollup_looked stream=okx/BTC-USDT/5m days=1 made=0 left=0");
    }
  }

  private static LogLines log() {
    return new LogLines(RollupFunction.class.getName(), "event=rollup_");
  }

  private static void hold(int... minutes) {
    IntStream.of(minutes).forEach(minute -> Lake.HELD.add(candle(minute, 1, 0)));
  }

  private static RollupEvent minute(int minute) {
    return new RollupEvent.Base(LARGER, new LedgerEvent.Final(candle(minute, 1, 0)));
  }

  private static RollupEvent revision(int minute) {
    return new RollupEvent.Base(LARGER, new AcceptedEvent.Changed(candle(minute, 9, 1)));
  }

  private static Candle candle(int minute, double volume, int revision) {
    double price = 100 + minute;
    return new Candle(
        BASE,
        T0 + minute * MINUTE,
        new Ohlc(price, price, price, price),
        Volumes.ofBase(volume),
        TradeRange.UNKNOWN,
        new Provenance(Evidence.VENUE_FLAG, "ws", revision, T0));
  }
}
