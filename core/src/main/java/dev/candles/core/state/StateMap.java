package dev.candles.core.state;

import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Entries that are kept. */
public interface StateMap<K, V> {
  /** The value of an entry, null if there is none. */
  @Nullable V get(K entry);

  void put(K entry, V value);

  void remove(K entry);

  /** Removes the entries that {@code chosen} picks. */
  void removeIf(Predicate<K> chosen);

  void clear();

  /** In memory: the entries of {@code entries}. */
  static <K, V> StateMap<K, V> of(Map<K, V> entries) {
    return StateEntries.of(entries);
  }
}
