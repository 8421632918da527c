package dev.candles.core.state;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** States in memory that count how often one entry of them is read, and written or removed. */
public final class CountingState {
  private int reads;
  private int writes;

  /** What was done since this was asked last. */
  public String cost() {
    String cost = "reads=" + reads + " writes=" + writes;
    reads = 0;
    writes = 0;
    return cost;
  }

  /** A value. */
  public <T> StateValue<T> value() {
    StateValue<T> kept = StateValue.inMemory();
    return new StateValue<>() {
      @Override
      public @Nullable T get() {
        reads++;
        return kept.get();
      }

      @Override
      public void put(@Nullable T value) {
        writes++;
        kept.put(value);
      }
    };
  }

  /** Entries. */
  public <K, V> StateEntries<K, V> entries() {
    StateEntries<K, V> kept = StateEntries.of(new HashMap<>());
    return new StateEntries<>() {
      @Override
      public @Nullable V get(K entry) {
        reads++;
        return kept.get(entry);
      }

      @Override
      public void put(K entry, V value) {
        writes++;
        kept.put(entry, value);
      }

      @Override
      public void remove(K entry) {
        writes++;
        kept.remove(entry);
      }

      @Override
      public void removeIf(Predicate<K> chosen) {
        kept.removeIf(chosen);
      }

      @Override
      public void clear() {
        kept.clear();
      }

      @Override
      public Map<K, V> all() {
        return kept.all();
      }

      @Override
      public boolean isEmpty() {
        return kept.isEmpty();
      }
    };
  }
}
