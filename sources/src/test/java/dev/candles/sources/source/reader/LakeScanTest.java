package dev.candles.sources.source.reader;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.candle.Candle;
import dev.candles.core.candle.Evidence;
import dev.candles.core.candle.Ohlc;
import dev.candles.core.candle.Provenance;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.candle.TradeRange;
import dev.candles.core.candle.Volumes;
import dev.candles.core.feed.FeedEvent;
import dev.candles.core.feed.LiveEvent;
import dev.candles.core.feed.ReplayedParts;
import java.net.URI;
import org.junit.jupiter.api.Test;

/** What a restarted roll-up is fed with, seen from outside of the reader. */
class LakeScanTest {
  private static final URI NOWHERE = URI.create("ws://127.0.0.1:1");
  private static final StreamKey BTC = ReaderHarness.stream("BTC-USDT");

  private static Candle candle(StreamKey stream, long openMs) {
    return new Candle(
        stream,
        openMs,
        new Ohlc(1, 1, 1, 1),
        Volumes.ofBase(1),
        TradeRange.UNKNOWN,
        Provenance.first(Evidence.REST, "rest", 0));
  }

  @Test
  void replaysFollowTheirAnnouncementAndHoldTheBaseCandlesOfTheirInterval() throws Exception {
    long hour = Timeframe.H1.floor(ReaderHarness.OPEN_MS);
    long yesterday = hour - 20 * 3_600_000;
    try (ReaderHarness harness = new ReaderHarness(NOWHERE, Timeframe.H1)) {
      harness.lake.candles.add(candle(BTC, yesterday));
      harness.lake.candles.add(candle(BTC, yesterday + 59 * 60_000));
      harness.lake.candles.add(candle(BTC, yesterday + 60 * 60_000));
      harness.lake.candles.add(candle(BTC.in(Timeframe.H1), yesterday + 3_600_000));
      harness.lake.candles.add(candle(BTC, hour - 60_000));
      harness.lake.candles.add(candle(BTC.in(Timeframe.H1), hour - 3_600_000));
      harness.startWatching();
      harness.await("announced", () -> harness.of(FeedEvent.Larger.class).size() == 2);

      assertThat(harness.events)
          .extracting(Object::getClass)
          .startsWith(
              LiveEvent.Announced.class,
              FeedEvent.Larger.class,
              ReplayedParts.class,
              ReplayedParts.class,
              ReplayedParts.class,
              LiveEvent.Announced.class);
      ReplayedParts unfinished = harness.of(ReplayedParts.class).get(0);
      assertThat(unfinished.stream()).isEqualTo(BTC.in(Timeframe.H1));
      assertThat(unfinished.openTimeMs()).isEqualTo(yesterday);
      assertThat(unfinished.base())
          .extracting(Candle::openTimeMs)
          .containsExactly(yesterday, yesterday + 59 * 60_000);
      ReplayedParts doubtful = harness.of(ReplayedParts.class).get(1);
      assertThat(doubtful.openTimeMs())
          .as("its candle was made although minutes of it are unknown")
          .isEqualTo(yesterday + 3_600_000);
      ReplayedParts recent = harness.of(ReplayedParts.class).get(2);
      assertThat(recent.openTimeMs()).isEqualTo(hour - 3_600_000);
    }
  }

  @Test
  void manyReplaysPassThroughTheBoundedQueueInOrder() throws Exception {
    long from = Timeframe.M5.floor(ReaderHarness.OPEN_MS - 86_400_000) + 300_000;
    try (ReaderHarness harness = new ReaderHarness(NOWHERE, Timeframe.M5)) {
      for (long open = from; open < ReaderHarness.OPEN_MS; open += 60_000) {
        harness.lake.candles.add(candle(BTC, open));
      }
      harness.startWatching();
      harness.await("announced", () -> harness.of(FeedEvent.Larger.class).size() == 2);

      assertThat(harness.of(ReplayedParts.class))
          .hasSize(287)
          .isSortedAccordingTo((a, b) -> Long.compare(a.openTimeMs(), b.openTimeMs()))
          .allMatch(event -> event.base().size() == 5);
    }
  }
}
