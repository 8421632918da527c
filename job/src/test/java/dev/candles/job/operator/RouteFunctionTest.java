package dev.candles.job.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.candle.Evidence;
import dev.candles.core.candle.RejectReason;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.feed.ConnectionEvent;
import dev.candles.core.feed.FeedEvent;
import dev.candles.core.feed.LedgerEvent;
import dev.candles.core.feed.LiveEvent;
import dev.candles.core.feed.Reject;
import dev.candles.core.feed.ReplayedParts;
import dev.candles.core.feed.RollupEvent;
import dev.candles.core.feed.StreamBootstrap;
import dev.candles.core.watch.WatchNews;
import dev.candles.job.codec.Codecs;
import java.util.List;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.junit.jupiter.api.Test;

class RouteFunctionTest {
  private static final StreamKey BASE = new StreamKey("okx", "BTC-USDT", Timeframe.BASE);
  private static final StreamKey LARGER = BASE.in(Timeframe.M5);
  private static final StreamBootstrap LAKE =
      StreamBootstrap.ofNothing(1_767_571_200_000L, "BTC-USDT", Evidence.VENUE_FLAG);

  @Test
  void eachKindOfNewsLeavesByItsOwnOutputAndNoOther() throws Exception {
    ConnectionEvent mark = new ConnectionEvent("okx", 2, false, 1_767_571_260_000L, "no pong");
    Reject reject = new Reject(1, "okx", "", "", RejectReason.values()[0], "", "");
    FeedEvent parts = new ReplayedParts(LARGER, 1_767_571_200_000L, List.of(), new long[0]);
    FeedEvent off = new FeedEvent.ClockOffset("okx", 1, 90_000);
    LiveEvent clock = new LiveEvent.Clock(BASE, 1_767_571_260_000L);
    try (var harness =
        new OneInputStreamOperatorTestHarness<FeedEvent, LiveEvent>(
            new ProcessOperator<>(new RouteFunction()))) {
      harness.setup(Codecs.LIVE.serializer());
      harness.open();
      FeedEvent base = FeedEvent.announced(BASE, LAKE);
      for (FeedEvent event :
          List.of(base, FeedEvent.announced(LARGER, LAKE), parts, clock, mark, reject, off)) {
        harness.processElement(event, 0);
      }
      assertThat(harness.extractOutputValues()).containsExactly((LiveEvent) base, clock);
      assertThat(side(harness, RouteFunction.LINKS)).containsExactly(mark);
      assertThat(side(harness, RouteFunction.REJECTS)).containsExactly(reject);
      assertThat(side(harness, RouteFunction.CLOCKS))
          .containsExactly(new WatchNews.Clock("okx", 1, 90_000));
      assertThat(side(harness, RouteFunction.LARGER))
          .usingRecursiveFieldByFieldElementComparator()
          .containsExactly(new LedgerEvent.Announced(LARGER, LAKE));
      assertThat(side(harness, RouteFunction.REPLAYS))
          .usingRecursiveFieldByFieldElementComparator()
          .containsExactly(new RollupEvent.Announced(LARGER), (RollupEvent) parts);
    }
  }

  private static <T> List<T> side(
      OneInputStreamOperatorTestHarness<FeedEvent, LiveEvent> harness, OutputTag<T> tag) {
    return harness.getSideOutput(tag).stream().map(StreamRecord::getValue).toList();
  }
}
