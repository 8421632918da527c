package dev.candles.job.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.candle.Evidence;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.feed.LedgerEvent;
import dev.candles.core.feed.LiveEvent;
import dev.candles.core.feed.RepairEvent;
import dev.candles.core.feed.StreamBootstrap;
import dev.candles.core.time.Retention;
import dev.candles.job.codec.Codecs;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the collector may have missed just before it stopped, however long ago that was. */
class LongAbsenceTest {
  private static final StreamKey STREAM = new StreamKey("okx", "BTC-USDT", Timeframe.M1);
  private static final long T0 = 1_767_225_600_000L;
  private static final long MINUTE = 60_000;

  @ParameterizedTest
  @CsvSource({"1", "179", "181", "10000"})
  void theLastMinutesBeforeAStopAreAskedAboutOnceMore(long minutesAway) throws Exception {
    long[] none = {};
    long[] held = {T0 - 60 * MINUTE, T0};
    StreamBootstrap lake =
        new StreamBootstrap(
            T0 - 60 * MINUTE,
            T0 + minutesAway * MINUTE,
            held,
            none,
            none,
            0,
            0,
            "BTC-USDT",
            Evidence.VENUE_FLAG,
            List.of());
    try (var harness =
        new KeyedOneInputStreamOperatorTestHarness<String, LiveEvent, LedgerEvent>(
            new KeyedProcessOperator<>(new FinalizerFunction()),
            event -> event.stream().id(),
            Types.STRING)) {
      harness.setup(Codecs.LEDGER.serializer());
      harness.open();
      harness.processElement(new LiveEvent.Announced(STREAM, lake), 0);
      assertThat(harness.getSideOutput(FinalizerFunction.REPAIRS))
          .extracting(StreamRecord::getValue)
          .filteredOn(RepairEvent.Reconfirm.class::isInstance)
          .extracting(RepairEvent.Reconfirm.class::cast)
          .singleElement()
          .satisfies(
              asked -> {
                assertThat(asked.fromMs()).isEqualTo(T0 - Retention.COLLECTOR.interruptedMs());
                assertThat(asked.toMs()).isEqualTo(T0);
              });
    }
  }
}
