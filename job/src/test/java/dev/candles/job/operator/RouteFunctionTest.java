package dev.candles.job.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

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
import dev.candles.job.alert.LogLines;
import dev.candles.job.codec.Codecs;
import dev.candles.job.config.DiskConfig;
import dev.candles.lake.state.HolderName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated("jobs of other tests look at the same disk")
class RouteFunctionTest {
  private static final StreamKey BASE = new StreamKey("okx", "BTC-USDT", Timeframe.BASE);
  private static final StreamKey LARGER = BASE.in(Timeframe.M5);
  private static final StreamBootstrap LAKE =
      StreamBootstrap.ofNothing(1_767_571_200_000L, "BTC-USDT", Evidence.VENUE_FLAG);

  /** Whatever this machine has, nothing is as much as the first bound, or less than the second. */
  @Test
  void aProcessWhoseTemporaryFolderIsOnAFullDiskSaysSoOnceAndOnceThatThereIsRoom()
      throws Exception {
    Path elsewhere = Path.of("/proc"); // a file system that no temporary folder is on
    assumeTrue(Files.isDirectory(elsewhere), "no file system is known that is another one");
    try (LogLines log = new LogLines(TemporaryDisk.class.getName(), "event=tmp_")) {
      for (long bound : new long[] {Long.MAX_VALUE / 2, Long.MAX_VALUE / 2, 0, 0}) {
        opened(route(elsewhere.toString(), bound));
      }
      assertThat(log.lines).hasSize(2);
      assertThat(log.lines.get(0))
          .startsWith("ERROR: event=tmp_short host=" + HolderName.host() + " folder=")
          .contains(" free_bytes=")
          .endsWith("io.tmp.dirs); the job goes on by itself\"");
      assertThat(log.lines.get(1)).startsWith("INFO: event=tmp_roomy host=");
    }
  }

  /** In one JVM the lake's disk is that of the temporary folder. */
  @Test
  void theDiskOfTheLakeHasWordsOfItsOwn() throws Exception {
    try (LogLines log = new LogLines(TemporaryDisk.class.getName(), "event=tmp_")) {
      opened(route(System.getProperty("java.io.tmpdir"), Long.MAX_VALUE / 2));
      assertThat(log.lines).isEmpty();
    }
  }

  private static RouteFunction route(String lake, long shortBytes) {
    return new RouteFunction(lake, DiskConfig.defaults().bounds(), shortBytes);
  }

  private static void opened(RouteFunction route) throws Exception {
    try (var harness =
        new OneInputStreamOperatorTestHarness<FeedEvent, LiveEvent>(new ProcessOperator<>(route))) {
      harness.setup(Codecs.LIVE.serializer());
      harness.open();
    }
  }

  @Test
  void eachKindOfNewsLeavesByItsOwnOutputAndNoOther() throws Exception {
    ConnectionEvent mark = new ConnectionEvent("okx", 2, false, 1_767_571_260_000L, "no pong");
    Reject reject = new Reject(1, "okx", "", "", RejectReason.values()[0], "", "");
    FeedEvent parts = new ReplayedParts(LARGER, 1_767_571_200_000L, List.of(), new long[0]);
    FeedEvent off = new FeedEvent.ClockOffset("okx", 1, 90_000);
    LiveEvent clock = new LiveEvent.Clock(BASE, 1_767_571_260_000L);
    try (var harness =
        new OneInputStreamOperatorTestHarness<FeedEvent, LiveEvent>(
            new ProcessOperator<>(route("/", 0)))) {
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
