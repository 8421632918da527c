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
import dev.candles.core.coverage.Reason;
import dev.candles.core.feed.LedgerEvent;
import dev.candles.core.feed.RepairEvent;
import dev.candles.core.feed.RollupEvent;
import dev.candles.core.feed.StreamBootstrap;
import dev.candles.core.health.HealthNews;
import dev.candles.core.health.HealthSignal;
import dev.candles.core.lake.HeldParts;
import dev.candles.core.lake.LakeParts;
import dev.candles.core.lake.LakeView;
import dev.candles.core.time.MarketClock;
import dev.candles.core.time.Retention;
import dev.candles.job.backfill.BackfillFunction;
import dev.candles.job.config.AlertConfig;
import dev.candles.job.config.HealthConfig;
import dev.candles.lake.state.LakeLock;
import dev.candles.sources.venue.VenueProfile;
import dev.candles.sources.venue.VenueSettings;
import dev.candles.sources.venue.Venues;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Operators whose clock is set back while they wait for a timer, by Flink's own timer service:
 * within the turn of a timer it fires all that is set for its time or before, whatever the clock
 * shows.
 */
class ClockSetBackTest {
  private static final StreamKey BASE = new StreamKey("okx", "BTC-USDT", Timeframe.M1);
  private static final StreamKey LARGER = BASE.in(Timeframe.M5);
  private static final long T0 = 1_767_571_200_000L;
  private static final long MINUTE = Timeframe.M1.millis();
  private static final long HOUR = Timeframe.H1.millis();
  private static final long TICK_MS = 20;
  private static final int MOST_FIRED = 100;

  @TempDir private Path folder;

  /** An operator whose clock is set back just before a timer comes. */
  private static final class Waiting<I, O> implements AutoCloseable {
    final List<Long> fired = new ArrayList<>();
    private final KeyedOneInputStreamOperatorTestHarness<String, I, O> harness;
    private long backMs;
    private int left;

    Waiting(KeyedProcessFunction<String, I, O> function, KeySelector<I, String> key)
        throws Exception {
      harness = new KeyedOneInputStreamOperatorTestHarness<>(operator(function), key, Types.STRING);
      harness.setProcessingTime(T0);
      harness.open();
    }

    private KeyedProcessOperator<String, I, O> operator(
        KeyedProcessFunction<String, I, O> function) {
      return new KeyedProcessOperator<>(function) {
        @Override
        public void onProcessingTime(InternalTimer<String, VoidNamespace> timer) throws Exception {
          fired.add(timer.getTimestamp());
          assertThat(--left).as("what is left to a turn that does not end").isPositive();
          setBack(timer.getTimestamp());
          super.onProcessingTime(timer);
        }
      };
    }

    private void setBack(long timestamp) throws Exception {
      if (backMs > 0 && harness.getProcessingTime() >= timestamp) {
        harness.setProcessingTime(timestamp - backMs);
      }
    }

    void take(I event) throws Exception {
      harness.processElement(event, 0);
    }

    /** The clock comes to a time, and shows less by so much when the timers have their turn. */
    void passTo(long toMs, long back) throws Exception {
      backMs = back;
      left = MOST_FIRED;
      harness.setProcessingTime(toMs);
      backMs = 0;
    }

    /** Whether its last timer was set for a tick after the one before. */
    boolean awaitsAnswers() {
      int last = fired.size() - 1;
      return last > 0 && fired.get(last) - fired.get(last - 1) == TICK_MS;
    }

    @Override
    public void close() throws Exception {
      harness.close();
    }
  }

  @Test
  void aLedgerTellsItsHourOnceAndTheNextAnHourLater() throws Exception {
    var function =
        new LedgerFunction(MarketClock.real(), new LakeLock("not opened"), new NoLake(), 1);
    try (var ledger = new Waiting<>(function, event -> event.stream().id())) {
      ledger.take(announced());
      ledger.passTo(T0 + HOUR, 10 * MINUTE);
      assertThat(ledger.fired).containsExactly(T0 + HOUR);
      ledger.passTo(T0 + 2 * HOUR, 0);
      assertThat(ledger.fired).containsExactly(T0 + HOUR, T0 + 2 * HOUR);
    }
  }

  private static final class NoLake implements LakeView {
    private static final long serialVersionUID = 1;

    @Override
    public Scan open(List<StreamKey> streams, long historyFromMs, long recentFromMs, long nowMs) {
      throw new UnsupportedOperationException();
    }

    @Override
    public List<Candle> candles(StreamKey stream, long fromMs, long toMs) {
      return List.of();
    }
  }

  private static LedgerEvent announced() {
    return new LedgerEvent.Announced(
        BASE,
        new StreamBootstrap(
            T0 - HOUR,
            T0,
            Intervals.empty().toArray(),
            Intervals.empty().toArray(),
            Intervals.empty().toArray(),
            0,
            0,
            "BTC-USDT",
            Evidence.VENUE_FLAG,
            List.of()));
  }

  /** What is incomplete an hour after its end is looked for in the lake, beat by beat. */
  @Test
  void aRollupLooksAgainAtTheNextBeatAndForgetsWhatIsOld() throws Exception {
    LakeParts lake =
        (streams, fromMs) ->
            (stream, from, to) -> new HeldParts(List.of(), Intervals.empty(), Intervals.empty());
    var function = new RollupFunction(MarketClock.real(), lake, 30_000);
    try (var rollup = new Waiting<>(function, event -> event.stream().id())) {
      rollup.take(new RollupEvent.Announced(LARGER));
      rollup.take(new RollupEvent.Base(LARGER, new LedgerEvent.Final(candle())));
      long settledMs = T0 + 5 * MINUTE + HOUR;
      for (long atMs = T0; atMs <= settledMs + MINUTE; atMs += MINUTE / 2) {
        rollup.passTo(atMs, 10 * MINUTE);
      }
      assertThat(rollup.fired).contains(settledMs);
      rollup.passTo(T0 + 5 * MINUTE + Retention.COLLECTOR.partsMs(), 10 * MINUTE);
    }
  }

  private static Candle candle() {
    return new Candle(
        BASE,
        T0,
        new Ohlc(100, 100, 100, 100),
        Volumes.ofBase(1),
        TradeRange.UNKNOWN,
        new Provenance(Evidence.VENUE_FLAG, "ws", 0, T0));
  }

  @Test
  void aHealthLooksAgainHalfAMinuteAfterItsTimer() throws Exception {
    var function =
        new HealthFunction(
            List.of("okx"),
            HealthConfig.defaults(),
            AlertConfig.none(),
            MarketClock.real(),
            folder.toString());
    try (Waiting<HealthSignal, HealthNews> health = new Waiting<>(function, HealthSignal::venue)) {
      health.take(new HealthSignal("okx", 1, null, T0));
      health.passTo(T0 + 30_000, 10 * MINUTE);
      assertThat(health.fired).containsExactly(T0 + 30_000);
      health.passTo(T0 + 60_000, 0);
      assertThat(health.fired).startsWith(T0 + 30_000, T0 + 60_000); // and one after the leap
    }
  }

  /** A venue that takes requests and does not answer. */
  @Test
  void aBackfillThatAwaitsAnswersLooksForThemAfterItsTimer() throws Exception {
    try (ServerSocket venue = new ServerSocket(0)) {
      VenueProfile profile = Venues.byName("coinbase").orElseThrow().profile();
      URI address = URI.create("http://127.0.0.1:" + venue.getLocalPort());
      var settings =
          new VenueSettings(profile.at(profile.webSocket(), address), List.of("BTC-USD"));
      var function =
          new BackfillFunction(List.of(settings), MarketClock.real(), List.of(Timeframe.M1));
      StreamKey stream = new StreamKey("coinbase", "BTC-USD", Timeframe.M1);
      try (var backfill = new Waiting<>(function, (RepairEvent event) -> event.stream().venue())) {
        var nothing = StreamBootstrap.ofNothing(T0 - HOUR, "BTC-USD", Evidence.TRADE_CHAIN);
        backfill.take(RepairEvent.announced(stream, nothing));
        Intervals gap = Intervals.of(T0 - HOUR, T0 - HOUR + MINUTE);
        backfill.take(RepairEvent.gap(stream, gap, Reason.NOT_CLOSED));
        long nowMs = T0;
        while (!backfill.awaitsAnswers()) {
          nowMs += TICK_MS;
          assertThat(nowMs).as("nothing is asked").isLessThan(T0 + HOUR);
          backfill.passTo(nowMs, 0);
        }
        int before = backfill.fired.size();
        backfill.passTo(nowMs + TICK_MS, 10 * MINUTE);
        assertThat(backfill.fired).hasSize(before + 1);
        backfill.passTo(nowMs + 2 * TICK_MS, 0);
        assertThat(backfill.fired.subList(before, before + 2)).doesNotHaveDuplicates();
      }
    }
  }
}
