package dev.candles.core.ledger;

import dev.candles.core.lake.Committed;
import java.util.HashMap;
import java.util.Map;

/**
 * Which corrections of a stream wait until the lake shows what they correct. A candle that is too
 * old to be remembered can be corrected before it is committed, so what the lake does not show may
 * still come; what it does not show once all that was written then is committed, it lacks. Kept in
 * memory: after a restart all that was written is committed, and what waited is taken anew.
 */
final class WaitingCorrections {
  private final Committed committed;

  /** By open time since when, as {@link Committed} counts, the lake is waited for. */
  private final Map<Long, Long> since = new HashMap<>();

  private long oldest = Long.MAX_VALUE;

  WaitingCorrections(Committed committed) {
    this.committed = committed;
  }

  /** Whether a correction of an interval that the lake does not show has to wait. */
  boolean mustWait(long openMs) {
    long then = since.getOrDefault(openMs, committed.now());
    if (committed.holds(then)) {
      return false;
    }
    since.put(openMs, then);
    oldest = Math.min(oldest, then);
    return true;
  }

  /** Whether one of them need not wait any more. */
  boolean isOver() {
    return !since.isEmpty() && committed.holds(oldest);
  }

  void forgetThoseThatAreOver() {
    since.values().removeIf(committed::holds);
    oldest = since.values().stream().min(Long::compare).orElse(Long.MAX_VALUE);
  }
}
