package dev.candles.batch.quality.check;

import dev.candles.core.coverage.Intervals;
import dev.candles.core.coverage.StreamAccount;
import dev.candles.text.Counted;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/**
 * Of check 10, whether a stream ends before its venue's others. A stream that left the
 * configuration ends; so does one that nobody collects by mistake.
 */
public final class EarlyEnd {
  private EarlyEnd() {}

  /**
   * What is odd. In a damaged day that follows on what is known a stream may go on to that day's
   * end, and no further.
   *
   * @param others the accounts of all streams
   * @param damaged days of the stream of which files could not be read
   * @param edgeMs so much later than others a stream may be known
   */
  public static Optional<Finding> of(
      StreamAccount mine, Collection<StreamAccount> others, Intervals damaged, long edgeMs) {
    long slackMs = edgeMs + mine.stream().timeframe().millis();
    boolean nothingKnown = mine.toMs() == 0 && !damaged.isEmpty();
    long endMs = nothingKnown ? damaged.from(0) : mine.toMs();
    for (int i = 0; i < damaged.count() && damaged.from(i) <= endMs + slackMs; i++) {
      endMs = Math.max(endMs, damaged.to(i));
    }
    long othersToMs = endMs;
    for (StreamAccount other : others) {
      boolean beside =
          other.stream().venue().equals(mine.stream().venue())
              && other.stream().timeframe() == mine.stream().timeframe();
      othersToMs = beside ? Math.max(othersToMs, other.toMs()) : othersToMs;
    }
    if (othersToMs - endMs <= slackMs) {
      return Optional.empty();
    }
    String value =
        String.format(
            Locale.ROOT,
            "ends %s before its venue's others",
            Counted.of((othersToMs - endMs) / 60_000, "minute"));
    return Optional.of(new Finding(FindingType.ENDS_EARLY, mine.stream().id(), "", endMs, value));
  }
}
