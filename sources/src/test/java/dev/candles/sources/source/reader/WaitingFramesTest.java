package dev.candles.sources.source.reader;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.sources.transport.ConnectionQueue;
import dev.candles.sources.transport.FeedSignal;
import dev.candles.sources.venue.VenueProfile;
import dev.candles.sources.venue.Venues;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What may wait in the queues of all links together, where the reader is held up. */
class WaitingFramesTest {
  private static final int LINKS = 30;
  private static final long MOST = 60L << 20; // of a heap of 160 MB

  private static ConnectionQueue link(VenueProfile.Limits limits) {
    return WebSocketSession.queue(limits, () -> {});
  }

  private static FeedSignal.Frame frame(int length) {
    return new FeedSignal.Frame("x".repeat(length), 0);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 200, 5_000, 1 << 19, 1 << 20})
  void thirtyLinksThatWaitLeaveMostOfTheHeap(int length) {
    FeedSignal.Frame frame = frame(length);
    long chars = 0;
    for (int i = 0; i < LINKS; i++) {
      ConnectionQueue link = link(ReaderHarness.venue().profile().limits());
      while (chars <= MOST && link.offer(frame)) {
        chars += length;
      }
    }
    assertThat(chars).isBetween(1L, MOST);
  }

  @Test
  void aFrameAsLargeAsTheConfigurationAllowsIsTaken() {
    VenueProfile.Limits l = ReaderHarness.venue().profile().limits();
    int most = 64 << 20;
    VenueProfile.Limits allowed =
        new VenueProfile.Limits(
            l.marketsPerConnection(),
            l.connectInterval(),
            l.messageInterval(),
            l.silence(),
            l.pingAfter(),
            l.pongWithin(),
            l.ping(),
            most);
    assertThat(link(allowed).offer(frame(most))).isTrue();
  }

  @Test
  void theLargestFrameOfAVenueFitsBesideAnother() {
    for (VenueProfile profile : Venues.profiles().values()) {
      FeedSignal.Frame largest = frame(profile.limits().maxFrameBytes());
      ConnectionQueue link = link(profile.limits());
      assertThat(link.offer(largest)).isTrue();
      assertThat(link.offer(largest)).as("beside another").isTrue();
    }
  }
}
