package dev.candles.core.repair;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where the repair of one venue keeps its tasks, so that they outlive the process. */
public interface RepairStore {

  /** The tasks of one kind. */
  <T> Tasks<T> tasks(Kind<T> kind);

  /**
   * What is kept of a kind of task.
   *
   * @param name names the kind in the store for ever
   * @param type an immutable value whose layout is the store's
   */
  record Kind<T>(String name, Class<T> type) {}

  /** Tasks by key. */
  interface Tasks<T> {
    @Nullable T get(String key);

    void put(String key, T task);

    void remove(String key);

    /** All tasks as they are now; a copy. */
    List<T> all();
  }
}
