package dev.candles.sim;

import java.time.Duration;

/**
 * What differs between a venue's good and bad days, without being a fault.
 *
 * @param flatRows whether okx sends flat rows for silent intervals
 * @param restLatency how long a REST answer takes, real time
 * @param historyLag how far okx's history-candles lag behind, market time
 * @param slowRows how long after its end coinbase's REST row may still be incomplete, market time
 * @param exclusiveSince whether kraken's Trades leaves out what happened at {@code since} itself
 */
public record Quirks(
    boolean flatRows,
    Duration restLatency,
    Duration historyLag,
    Duration slowRows,
    boolean exclusiveSince) {
  private static final Duration SLOW_ROWS = Duration.ofSeconds(110);

  /**
   * @throws IllegalArgumentException if a duration is negative
   */
  public Quirks {
    if (restLatency.isNegative() || historyLag.isNegative() || slowRows.isNegative()) {
      throw new IllegalArgumentException("latency and lag must not be negative");
    }
  }

  /** As the fact sheets have it, on loopback. */
  public static Quirks usual() {
    return new Quirks(true, Duration.ZERO, Duration.ZERO, SLOW_ROWS, false);
  }

  Quirks withoutFlatRows() {
    return new Quirks(false, restLatency, historyLag, slowRows, exclusiveSince);
  }

  Quirks withRestLatency(Duration latency) {
    return new Quirks(flatRows, latency, historyLag, slowRows, exclusiveSince);
  }

  Quirks withHistoryLag(Duration lag) {
    return new Quirks(flatRows, restLatency, lag, slowRows, exclusiveSince);
  }

  Quirks withSlowRows(Duration longest) {
    return new Quirks(flatRows, restLatency, historyLag, longest, exclusiveSince);
  }

  Quirks withExclusiveSince() {
    return new Quirks(flatRows, restLatency, historyLag, slowRows, true);
  }
}
