package dev.candles.core.ledger;

import dev.candles.core.coverage.Intervals;
import dev.candles.core.feed.LedgerEvent;
import dev.candles.core.finality.Version;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/** The state of one stream in memory, for whoever has no state of its own to restore. */
public final class MemoryLedgerStore implements LedgerStore {
  private final Map<Long, long[]> days = new HashMap<>();
  private final Map<Long, Version> versions = new HashMap<>();
  private final List<LedgerEvent> parked = new ArrayList<>();
  private long seq;
  private long accountedToMs;
  private Intervals missing = Intervals.empty();

  /** The same state on its own; a checkpoint of it. */
  public MemoryLedgerStore copy() {
    MemoryLedgerStore copy = new MemoryLedgerStore();
    copy.days.putAll(days); // words are replaced, never changed
    copy.versions.putAll(versions);
    copy.parked.addAll(parked);
    copy.seq = seq;
    copy.accountedToMs = accountedToMs;
    copy.missing = missing;
    return copy;
  }

  @Override
  public long @Nullable [] day(long dayMs) {
    return days.get(dayMs);
  }

  @Override
  public void putDay(long dayMs, long @Nullable [] words) {
    if (words == null) {
      days.remove(dayMs);
    } else {
      days.put(dayMs, words);
    }
  }

  @Override
  public @Nullable Version version(long openTimeMs) {
    return versions.get(openTimeMs);
  }

  @Override
  public void putVersion(long openTimeMs, Version version) {
    versions.put(openTimeMs, version);
  }

  @Override
  public void removeVersions(LongPredicate old) {
    versions.keySet().removeIf(old::test);
  }

  @Override
  public void clearVersions() {
    versions.clear();
  }

  @Override
  public void park(LedgerEvent event) {
    parked.add(event);
  }

  @Override
  public List<LedgerEvent> unpark() {
    List<LedgerEvent> events = List.copyOf(parked);
    parked.clear();
    return events;
  }

  @Override
  public long seq() {
    return seq;
  }

  @Override
  public void putSeq(long newSeq) {
    seq = newSeq;
  }

  @Override
  public long accountedToMs() {
    return accountedToMs;
  }

  @Override
  public void putAccountedToMs(long newAccountedToMs) {
    accountedToMs = newAccountedToMs;
  }

  @Override
  public Intervals missing() {
    return missing;
  }

  @Override
  public void putMissing(Intervals newMissing) {
    missing = newMissing;
  }
}
