package dev.candles.sources.source.reader;

import dev.candles.core.candle.RejectReason;
import dev.candles.core.feed.Reject;
import dev.candles.text.LogValue;
import java.util.EnumMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a connection rejects for its time alone: counted, and summed up in a line now and then. A
 * clock that is off would fill the lake with it otherwise.
 */
final class Untimely {
  private static final Logger LOG = LoggerFactory.getLogger(Untimely.class);
  private static final long PERIOD_MS = 300_000;

  private final Map<RejectReason, Integer> counts = new EnumMap<>(RejectReason.class);
  private long nextMs = Long.MIN_VALUE;
  private String latest = "";

  /** Whether a frame is rejected for its time. */
  static boolean is(RejectReason reason) {
    return reason == RejectReason.ABSURD_TIME || reason == RejectReason.NOT_OVER;
  }

  void count(Reject reject) {
    counts.merge(reject.reason(), 1, Integer::sum);
    latest = reject.symbol() + " " + reject.detail();
  }

  /** Writes the line if there is something to tell and it is time, steady market milliseconds. */
  void tick(String venue, int connection, long steadyMs) {
    if (counts.isEmpty() || steadyMs < nextMs) {
      return;
    }
    nextMs = steadyMs + PERIOD_MS;
    LOG.warn(
        "event=frames_untimely venue={} connection={} absurd_time={} not_over={} latest={}",
        venue,
        connection,
        counts.getOrDefault(RejectReason.ABSURD_TIME, 0),
        counts.getOrDefault(RejectReason.NOT_OVER, 0),
        LogValue.of(latest));
    counts.clear();
  }
}
