package dev.candles.core.ledger;

import dev.candles.core.coverage.DayCoverage;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.feed.LedgerEvent;
import dev.candles.core.finality.Version;
import java.util.List;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/** What {@link Ledger} keeps of the stream that it is asked about, so that it outlives it. */
public interface LedgerStore {
  /**
   * States of a UTC day as {@link DayCoverage#words}, null if nothing is known of it.
   *
   * @param dayMs start of the day, epoch ms, UTC
   */
  long @Nullable [] day(long dayMs);

  /** Keeps the states of a day; null removes them. */
  void putDay(long dayMs, long @Nullable [] words);

  /** The current version of a candle, null if none is remembered. */
  @Nullable Version version(long openTimeMs);

  void putVersion(long openTimeMs, Version version);

  /** Forgets the versions of the open times (epoch ms, UTC) that {@code old} picks. */
  void removeVersions(LongPredicate old);

  void clearVersions();

  /** Keeps an event until the lake is announced. */
  void park(LedgerEvent event);

  /** The parked events in the order of their coming; none is kept. */
  List<LedgerEvent> unpark();

  /** Sequence number of the last coverage row, 0 before the first. */
  long seq();

  void putSeq(long seq);

  /** End (epoch ms, UTC) of what the last row of coverage accounts for, 0 before the first. */
  long accountedToMs();

  void putAccountedToMs(long accountedToMs);

  /** Intervals whose latest coverage row says MISSING. */
  Intervals missing();

  void putMissing(Intervals missing);
}
