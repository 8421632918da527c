package dev.candles.sources.source.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.candles.core.candle.Candle;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.feed.FeedEvent;
import dev.candles.core.feed.LiveEvent;
import dev.candles.core.feed.ReplayedParts;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a restarted roll-up is fed with, seen from outside of the reader. */
class LakeScanTest {
  private static final URI NOWHERE = URI.create("ws://127.0.0.1:1");
  private static final StreamKey BTC = ReaderHarness.stream("BTC-USDT");

  @Test
  void allIsAnnouncedBeforeReplaysWhichHoldTheBaseCandlesOfTheirInterval() throws Exception {
    long hour = Timeframe.H1.floor(ReaderHarness.OPEN_MS);
    long yesterday = hour - 20 * 3_600_000;
    try (ReaderHarness harness = new ReaderHarness(NOWHERE, Timeframe.H1)) {
      harness.lake.hold(BTC, yesterday);
      harness.lake.hold(BTC, yesterday + 59 * 60_000);
      harness.lake.hold(BTC, yesterday + 60 * 60_000);
      harness.lake.hold(BTC.in(Timeframe.H1), yesterday + 3_600_000);
      harness.lake.hold(BTC, hour - 60_000);
      harness.lake.hold(BTC.in(Timeframe.H1), hour - 3_600_000);
      harness.startWatching();
      harness.await("replayed", () -> harness.of(ReplayedParts.class).size() == 3);

      assertThat(harness.events)
          .extracting(Object::getClass)
          .startsWith(
              LiveEvent.Announced.class,
              FeedEvent.Larger.class,
              LiveEvent.Announced.class,
              FeedEvent.Larger.class);
      assertThat(harness.of(ReplayedParts.class))
          .allMatch(replay -> replay.stream().equals(BTC.in(Timeframe.H1)))
          .extracting(
              ReplayedParts::openTimeMs,
              replay -> replay.base().stream().map(Candle::openTimeMs).toList())
          .as("unfinished; made although minutes of it are unknown; to be corrected")
          .containsExactlyInAnyOrder(
              tuple(yesterday, List.of(yesterday, yesterday + 59 * 60_000)),
              tuple(yesterday + 3_600_000, List.of(yesterday + 60 * 60_000)),
              tuple(hour - 3_600_000, List.of(hour - 60_000)));
    }
  }

  /** What it holds for the lake is some other folder, which would look like an empty one. */
  @Test
  void aReaderThatDoesNotSeeTheLakeAnnouncesNothing() throws Exception {
    try (ReaderHarness harness = new ReaderHarness(NOWHERE, Timeframe.H1)) {
      harness.access.blind = true;
      harness.startWatching();

      assertThatThrownBy(() -> harness.await("announced", () -> !harness.events.isEmpty()))
          .isInstanceOf(IOException.class)
          .hasRootCauseMessage("sees no lake");
      assertThat(harness.access.asked).containsExactly(FakeReaderContext.JOB);
      assertThat(harness.lake.scans).isZero();
      assertThat(harness.events).isEmpty();
    }
  }

  /** Of each scan: symbols may be listed long after the first one. */
  @Test
  void eachScanIsProvenAnew() throws Exception {
    try (ReaderHarness harness = new ReaderHarness(NOWHERE)) {
      harness.startWatching();
      harness.await("announced", () -> harness.of(LiveEvent.Announced.class).size() == 2);
      harness.access.blind = true;
      harness.reader.addSplits(List.of(ReaderHarness.split()));

      assertThatThrownBy(() -> harness.await("announced", () -> harness.events.size() > 2))
          .hasRootCauseMessage("sees no lake");
      assertThat(harness.lake.scans).isEqualTo(1);
    }
  }

  @Test
  void manyReplaysPassThroughTheBoundedQueue() throws Exception {
    long from = Timeframe.M5.floor(ReaderHarness.OPEN_MS - 86_400_000) + 300_000;
    try (ReaderHarness harness = new ReaderHarness(NOWHERE, Timeframe.M5)) {
      List<Long> expected = new ArrayList<>();
      for (long open = from; open < ReaderHarness.OPEN_MS; open += 60_000) {
        harness.lake.hold(BTC, open);
        if (Timeframe.M5.floor(open) == open) {
          expected.add(open);
        }
      }
      harness.startWatching();
      harness.await("replayed", () -> harness.of(ReplayedParts.class).size() == 287);

      assertThat(harness.of(ReplayedParts.class))
          .allMatch(event -> event.base().size() == 5)
          .extracting(ReplayedParts::openTimeMs)
          .containsExactlyInAnyOrderElementsOf(expected);
    }
  }

  /** Each day may open a file, however many intervals of it are unfinished. */
  @Test
  void oldDaysAreReplayedAsCheckpointsAllowAndWhatIsRecentAtOnce() throws Exception {
    int days = ReplayPace.DAYS + 20;
    int recent = 15;
    try (ReaderHarness harness = new ReaderHarness(NOWHERE, Timeframe.M5)) {
      harness.lake.historyMs = (days + 1) * 86_400_000L;
      for (int day = 1; day <= days; day++) {
        long noonMs = ReaderHarness.OPEN_MS - day * 86_400_000L + 43_200_000;
        harness.lake.hold(BTC, noonMs);
        harness.lake.hold(BTC, noonMs + 3_600_000);
      }
      for (int i = 1; i <= recent; i++) {
        harness.lake.hold(BTC, ReaderHarness.OPEN_MS - i * 600_000L);
      }
      harness.startWatching();
      int first = 2 * ReplayPace.DAYS + recent;
      harness.await("the first days", () -> harness.of(ReplayedParts.class).size() == first);
      harness.tick();
      assertThat(harness.of(ReplayedParts.class)).hasSize(first);
      harness.reader.notifyCheckpointComplete(2);
      int all = 2 * days + recent;
      harness.await("all days", () -> harness.of(ReplayedParts.class).size() == all);
    }
  }
}
