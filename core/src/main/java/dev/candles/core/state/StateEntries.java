package dev.candles.core.state;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Entries that are kept, and can be looked through. */
public interface StateEntries<K, V> extends StateMap<K, V> {
  /** All entries as they are now; a copy. */
  Map<K, V> all();

  boolean isEmpty();

  /** In memory: the entries of {@code entries}. */
  static <K, V> StateEntries<K, V> of(Map<K, V> entries) {
    return new StateEntries<>() {
      @Override
      public @Nullable V get(K entry) {
        return entries.get(entry);
      }

      @Override
      public void put(K entry, V value) {
        entries.put(entry, value);
      }

      @Override
      public void remove(K entry) {
        entries.remove(entry);
      }

      @Override
      public void removeIf(Predicate<K> chosen) {
        entries.keySet().removeIf(chosen);
      }

      @Override
      public void clear() {
        entries.clear();
      }

      @Override
      public Map<K, V> all() {
        return new LinkedHashMap<>(entries);
      }

      @Override
      public boolean isEmpty() {
        return entries.isEmpty();
      }
    };
  }
}
