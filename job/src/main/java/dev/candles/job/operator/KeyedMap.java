package dev.candles.job.operator;

import dev.candles.core.state.StateEntries;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.jspecify.annotations.Nullable;

/** A map per key in Flink's state; a state that cannot be used fails the job, unchecked. */
record KeyedMap<K, V>(String name, MapState<K, V> state) implements StateEntries<K, V> {
  static <K, V> KeyedMap<K, V> of(RuntimeContext context, MapStateDescriptor<K, V> descriptor) {
    return new KeyedMap<>(descriptor.getName(), context.getMapState(descriptor));
  }

  @Override
  public @Nullable V get(K entry) {
    try {
      return state.get(entry);
    } catch (Exception e) {
      throw KeyedValue.broken(name, e);
    }
  }

  @Override
  public void put(K entry, V value) {
    try {
      state.put(entry, value);
    } catch (Exception e) {
      throw KeyedValue.broken(name, e);
    }
  }

  @Override
  public void remove(K entry) {
    try {
      state.remove(entry);
    } catch (Exception e) {
      throw KeyedValue.broken(name, e);
    }
  }

  @Override
  public void removeIf(Predicate<K> chosen) {
    try {
      for (Iterator<Map.Entry<K, V>> entries = state.iterator(); entries.hasNext(); ) {
        if (chosen.test(entries.next().getKey())) {
          entries.remove();
        }
      }
    } catch (Exception e) {
      throw KeyedValue.broken(name, e);
    }
  }

  @Override
  public void clear() {
    state.clear();
  }

  @Override
  public Map<K, V> all() {
    Map<K, V> all = new LinkedHashMap<>();
    try {
      for (Map.Entry<K, V> entry : state.entries()) {
        all.put(entry.getKey(), entry.getValue());
      }
    } catch (Exception e) {
      throw KeyedValue.broken(name, e);
    }
    return all;
  }

  @Override
  public boolean isEmpty() {
    try {
      return state.isEmpty();
    } catch (Exception e) {
      throw KeyedValue.broken(name, e);
    }
  }
}
