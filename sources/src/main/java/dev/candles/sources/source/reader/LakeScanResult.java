package dev.candles.sources.source.reader;

import dev.candles.core.feed.FeedEvent;
import dev.candles.sources.source.split.ConnectionSplit;
import java.util.List;
import java.util.Map;

/** What a scan hands from its thread to the mailbox thread. */
sealed interface LakeScanResult {
  /** To be emitted. */
  record Event(FeedEvent event) implements LakeScanResult {}

  /**
   * All of a split is announced: it may connect, whatever is still to be replayed.
   *
   * @param announcedToMs per symbol the end of what the lake was asked for, epoch ms, UTC
   * @param replays what its larger streams are to be fed with again
   */
  record Done(ConnectionSplit split, Map<String, Long> announcedToMs, List<ReplayPlan> replays)
      implements LakeScanResult {}

  /** The lake could not be read: the job fails. */
  record Failed(Throwable cause) implements LakeScanResult {}
}
