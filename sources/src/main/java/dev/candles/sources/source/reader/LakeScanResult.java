package dev.candles.sources.source.reader;

import dev.candles.core.feed.FeedEvent;
import dev.candles.sources.source.split.ConnectionSplit;
import java.util.Map;

/** What a scan hands from its thread to the mailbox thread. */
sealed interface LakeScanResult {
  /** To be emitted. */
  record Event(FeedEvent event) implements LakeScanResult {}

  /** All of a split is announced: it may connect. */
  record Done(ConnectionSplit split, Map<String, Long> announcedToMs) implements LakeScanResult {}

  /** The lake could not be read: the job fails. */
  record Failed(Throwable cause) implements LakeScanResult {}
}
