package dev.candles.sources.source.reader;

import dev.candles.core.feed.FeedEvent;
import dev.candles.sources.source.VenueSourceOptions;
import dev.candles.sources.venue.VenueProfile;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * What the connections of one reader share.
 *
 * @param connectTimeout real time for a TCP connection; its handshake may take as long again
 * @param wake tells the reader from any thread that a signal waits
 * @param out takes events; mailbox thread only
 */
record Surroundings(
    VenueSourceOptions options,
    ReaderTime time,
    ConnectGate gate,
    ReaderMetrics metrics,
    Duration connectTimeout,
    Runnable wake,
    Consumer<FeedEvent> out) {

  String venue() {
    return options.settings().name();
  }

  VenueProfile.Limits limits() {
    return options.settings().profile().limits();
  }

  /** A live deadline in market milliseconds, never shorter than a real second. */
  long deadlineMs(Duration duration) {
    return time.clock().deadline(duration.toMillis());
  }
}
