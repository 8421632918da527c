package dev.candles.core.ledger;

import dev.candles.core.candle.Timeframe;
import dev.candles.core.finality.Version;
import dev.candles.core.state.StateMap;
import java.util.HashSet;
import java.util.Set;

/**
 * The versions that are remembered of one stream since its announcement, and how far they are
 * forgotten. What grew too old since the last hour is removed by its open times: a stream has
 * thousands of versions, and looking through them is for the rare hour in which a version was
 * remembered that was too old already.
 */
final class RememberedVersions {
  /** What is older by more, because time leapt, is looked for instead of removed one by one. */
  private static final long MOST_MS = Timeframe.D1.millis();

  private final StateMap<Long, Version> store;
  private final Timeframe timeframe;

  /** Open times of what was announced although it is old: it may still be revised, and stays. */
  private final Set<Long> old = new HashSet<>();

  /** No version before it but the old ones and {@link #late} ones; an open time. */
  private long forgottenToMs;

  /** Whether one may be remembered from before {@link #forgottenToMs}. */
  private boolean late;

  /**
   * Of a stream of which nothing is remembered yet.
   *
   * @param store holds nothing, and what is remembered here alone
   * @param oldestMs what opens before it is old, epoch ms, UTC
   */
  RememberedVersions(StateMap<Long, Version> store, Timeframe timeframe, long oldestMs) {
    this.store = store;
    this.timeframe = timeframe;
    this.forgottenToMs = timeframe.ceil(oldestMs);
  }

  /** Remembers what the lake was announced to hold. */
  void announced(long openMs, Version version) {
    store.put(openMs, version);
    if (openMs < forgottenToMs) {
      old.add(openMs);
    }
  }

  void put(long openMs, Version version) {
    store.put(openMs, version);
    late |= openMs < forgottenToMs;
  }

  /** Forgets what opens before {@code oldestMs}, epoch ms, UTC, and was not announced as old. */
  void forget(long oldestMs) {
    if (late || oldestMs - forgottenToMs > MOST_MS) {
      store.removeIf(openMs -> openMs < oldestMs && !old.contains(openMs));
      late &= oldestMs < forgottenToMs;
    } else {
      for (long openMs = forgottenToMs; openMs < oldestMs; openMs += timeframe.millis()) {
        store.remove(openMs);
      }
    }
    forgottenToMs = Math.max(forgottenToMs, timeframe.ceil(oldestMs));
  }
}
