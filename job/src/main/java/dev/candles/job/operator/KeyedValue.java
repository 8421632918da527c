package dev.candles.job.operator;

import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.util.FlinkRuntimeException;
import org.jspecify.annotations.Nullable;

/** One value per key in Flink's state; a state that cannot be used fails the job, unchecked. */
record KeyedValue<T>(String name, ValueState<T> state) {
  static <T> KeyedValue<T> of(RuntimeContext context, ValueStateDescriptor<T> descriptor) {
    return new KeyedValue<>(descriptor.getName(), context.getState(descriptor));
  }

  static FlinkRuntimeException broken(String name, Exception cause) {
    return new FlinkRuntimeException("keyed state cannot be used: name=" + name, cause);
  }

  /** The key's value, null if it has none. */
  @Nullable T get() {
    try {
      return state.value();
    } catch (Exception e) {
      throw broken(name, e);
    }
  }

  /** Keeps {@code value}; null clears it. */
  void put(@Nullable T value) {
    try {
      state.update(value);
    } catch (Exception e) {
      throw broken(name, e);
    }
  }
}
