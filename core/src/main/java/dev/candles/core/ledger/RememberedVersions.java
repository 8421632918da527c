package dev.candles.core.ledger;

import dev.candles.core.candle.Candle;
import dev.candles.core.candle.Evidence;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.finality.Version;
import dev.candles.core.finality.VersionPolicy;
import dev.candles.core.lake.Committed;
import dev.candles.core.state.StateMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
  private final Committed committed;

  /** Open times of what was announced although it is old: it may still be revised, and stays. */
  private final Set<Long> old = new HashSet<>();

  /**
   * By open time when a revision was put, as {@link Committed} counts: until the lake shows it
   * nobody else knows its number. What it shows is dropped each hour.
   */
  private final Map<Long, Long> unseen = new HashMap<>();

  /** No version before it but the old ones and {@link #late} ones; an open time. */
  private long forgottenToMs;

  /** Whether one may be remembered from before {@link #forgottenToMs}. */
  private boolean late;

  /**
   * Of a stream of which nothing is remembered yet.
   *
   * @param store holds nothing, and what is remembered here alone
   * @param oldestMs what opens before it is old, epoch ms, UTC
   * @param committed tells when the lake shows what was put
   */
  RememberedVersions(
      StateMap<Long, Version> store, Timeframe timeframe, long oldestMs, Committed committed) {
    this.store = store;
    this.timeframe = timeframe;
    this.committed = committed;
    this.forgottenToMs = timeframe.ceil(oldestMs);
  }

  /**
   * Begins anew with what the lake is announced to hold. Where trades have proven a version that
   * the lake holds by REST, they are remembered further: the lake does not say so.
   *
   * @param store what was remembered before
   */
  static RememberedVersions announced(
      StateMap<Long, Version> store,
      Timeframe timeframe,
      long oldestMs,
      List<Candle> held,
      Committed committed) {
    Map<Long, Version> versions = new LinkedHashMap<>();
    for (Candle candle : held) {
      versions.put(candle.openTimeMs(), proven(store, candle));
    }
    store.clear();
    RememberedVersions remembered = new RememberedVersions(store, timeframe, oldestMs, committed);
    versions.forEach(remembered::announced);
    return remembered;
  }

  private static Version proven(StateMap<Long, Version> store, Candle held) {
    Version lakes = Version.of(held);
    boolean mayBe = held.evidence() == Evidence.REST || held.evidence() == Evidence.REST_TWICE;
    Version stored = mayBe ? store.get(held.openTimeMs()) : null; // spares the other reads
    return stored != null && VersionPolicy.isProof(stored, lakes)
        ? stored.withRevision(lakes.revision())
        : lakes;
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
    if (version.revision() > 0 && !committed.holds(committed.now())) {
      unseen.put(openMs, committed.now());
    }
  }

  /**
   * Forgets what opens before {@code oldestMs}, epoch ms, UTC, and was not announced as old, nor is
   * a revision that the lake does not show yet.
   */
  void forget(long oldestMs) {
    unseen.values().removeIf(committed::holds);
    if (late || oldestMs - forgottenToMs > MOST_MS) {
      store.removeIf(openMs -> openMs < oldestMs && !stays(openMs));
      late &= oldestMs < forgottenToMs;
    } else {
      for (long openMs = forgottenToMs; openMs < oldestMs; openMs += timeframe.millis()) {
        if (!stays(openMs)) {
          store.remove(openMs);
        }
      }
    }
    late |= unseen.keySet().stream().anyMatch(openMs -> openMs < oldestMs);
    forgottenToMs = Math.max(forgottenToMs, timeframe.ceil(oldestMs));
  }

  /** How many revisions the lake may not show yet. */
  int unseen() {
    return unseen.size();
  }

  private boolean stays(long openMs) {
    return old.contains(openMs) || unseen.containsKey(openMs);
  }
}
