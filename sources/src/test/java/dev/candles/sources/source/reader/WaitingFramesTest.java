package dev.candles.sources.source.reader;

import static org.assertj.core.api.Assertions.assertThat;

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
  void theLargestFrameOfAVenueFitsBesideAnother() {
    assertThat(Venues.profiles().values())
        .allMatch(profile -> 2L * profile.limits().maxFrameBytes() <= WebSocketSession.MAX_CHARS);
  }
}
