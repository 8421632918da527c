package dev.candles.job;

import static org.apache.flink.types.PojoTestUtils.assertSerializedAsPojoWithoutKryo;

import dev.candles.core.candle.Candle;
import dev.candles.core.coverage.CoverageRow;
import dev.candles.core.feed.FeedEvent;
import dev.candles.core.feed.LedgerEvent;
import dev.candles.core.feed.Reject;
import dev.candles.core.feed.RepairEvent;
import dev.candles.core.feed.RollupEvent;
import dev.candles.core.finality.TradeJoin;
import dev.candles.core.finality.Version;
import dev.candles.core.health.HealthSignal;
import dev.candles.core.health.Transition;
import dev.candles.core.repair.Confirmation;
import dev.candles.core.repair.OpenGap;
import dev.candles.core.repair.Recheck;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EdgeRecordsTest {
  @ParameterizedTest
  @ValueSource(
      classes = {
        FeedEvent.class,
        LedgerEvent.class,
        RepairEvent.class,
        RollupEvent.class,
        Candle.class,
        CoverageRow.class,
        Reject.class,
        HealthSignal.class,
        Transition.class,
        Version.class,
        TradeJoin.Joint.class,
        OpenGap.class,
        Recheck.class,
        Confirmation.class
      })
  void travelsAndRestsWithoutKryo(Class<?> record) {
    assertSerializedAsPojoWithoutKryo(record);
  }
}
