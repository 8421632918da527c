package dev.candles.sources.source.reader;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.sources.transport.ConnectionQueue;
import dev.candles.sources.transport.FeedSignal;
import dev.candles.sources.venue.VenueProfile;
import dev.candles.sources.venue.Venues;
import org.junit.jupiter.api.Test;

/** What may wait in the queues of all links together, where the reader is held up. */
class WaitingFramesTest {
  private static final int LINKS = 30;
  private static final long HEAP = 160L << 20;

  @Test
  void thirtyLinksThatWaitLeaveMostOfTheHeap() {
    assertThat(LINKS * WebSocketSession.MAX_CHARS).isLessThan(HEAP / 2);
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
    ConnectionQueue queue = new ConnectionQueue(10, WebSocketSession.mostChars(allowed), () -> {});
    assertThat(queue.offer(new FeedSignal.Frame("x".repeat(most), 0))).isTrue();
  }

  @Test
  void theLargestFrameOfAVenueFitsBesideAnother() {
    assertThat(Venues.profiles().values())
        .allMatch(profile -> 2L * profile.limits().maxFrameBytes() <= WebSocketSession.MAX_CHARS);
  }
}
