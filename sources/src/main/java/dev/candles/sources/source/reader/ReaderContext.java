package dev.candles.sources.source.reader;

import dev.candles.core.feed.FeedEvent;
import dev.candles.core.time.VenueClock;
import dev.candles.sources.source.VenueSourceOptions;
import dev.candles.sources.venue.Timely;
import dev.candles.sources.venue.VenueProfile;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * What the connections of one reader share.
 *
 * @param venueClock the venue's time, by what all of them hear of it
 * @param timely what of it can be true
 * @param connectTimeout real time for a TCP connection; its handshake may take as long again
 * @param wake tells the reader from any thread that a signal waits
 * @param out takes events; mailbox thread only
 */
record ReaderContext(
    VenueSourceOptions options,
    ReaderTime time,
    VenueClock venueClock,
    Timely timely,
    ConnectGate gate,
    ReaderMetrics metrics,
    Duration connectTimeout,
    Runnable wake,
    Consumer<FeedEvent> out) {

  /** A venue may close a candle so much before its time as we know it. */
  private static final Duration CLOSED_EARLY = Duration.ofSeconds(5);

  /** What they share when nothing has been heard of the venue yet. */
  static ReaderContext of(
      VenueSourceOptions options,
      ReaderTime time,
      ReaderMetrics metrics,
      Duration connectTimeout,
      Runnable wake,
      Consumer<FeedEvent> out) {
    VenueClock venueClock = new VenueClock(time.clock().deadline(0));
    long early = time.clock().deadline(CLOSED_EARLY.toMillis());
    return new ReaderContext(
        options,
        time,
        venueClock,
        new Timely(options.settings().name(), venueClock, early),
        new ConnectGate(
            options.settings().profile().limits().connectInterval().toMillis(),
            time.clock().deadline(0)),
        metrics,
        connectTimeout,
        wake,
        out);
  }

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
