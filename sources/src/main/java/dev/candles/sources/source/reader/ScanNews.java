package dev.candles.sources.source.reader;

import dev.candles.core.feed.FeedEvent;
import dev.candles.sources.source.split.ConnectionSplit;
import java.util.Map;

/** What a scan hands from its thread to the mailbox thread. */
sealed interface ScanNews {
  /** To be emitted. */
  record Event(FeedEvent event) implements ScanNews {}

  /** All of a split is announced: it may connect. */
  record Done(ConnectionSplit split, Map<String, Long> announcedToMs) implements ScanNews {}

  /** The lake could not be read: the job fails. */
  record Failed(Throwable cause) implements ScanNews {}
}
