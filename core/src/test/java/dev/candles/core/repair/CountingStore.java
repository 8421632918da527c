package dev.candles.core.repair;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Counts what is read of it. */
final class CountingStore implements RepairStore {
  /** Tasks that were read, one by one or together. */
  int read;

  private final MemoryStore store = new MemoryStore();

  @Override
  public <T> Tasks<T> tasks(Kind<T> kind) {
    Tasks<T> tasks = store.tasks(kind);
    return new Tasks<>() {
      @Override
      public @Nullable T get(String key) {
        read++;
        return tasks.get(key);
      }

      @Override
      public void put(String key, T task) {
        tasks.put(key, task);
      }

      @Override
      public void remove(String key) {
        tasks.remove(key);
      }

      @Override
      public List<T> all() {
        List<T> all = tasks.all();
        read += all.size();
        return all;
      }
    };
  }
}
