package dev.candles.core.state;

import org.jspecify.annotations.Nullable;

/** One value that is kept, or none. */
public interface StateValue<T> {
  /** The value, null if there is none. */
  @Nullable T get();

  /** Keeps {@code value}; null clears it. */
  void put(@Nullable T value);

  /** In memory, without a value yet. */
  static <T> StateValue<T> inMemory() {
    return new StateValue<>() {
      private @Nullable T kept;

      @Override
      public @Nullable T get() {
        return kept;
      }

      @Override
      public void put(@Nullable T value) {
        kept = value;
      }
    };
  }
}
