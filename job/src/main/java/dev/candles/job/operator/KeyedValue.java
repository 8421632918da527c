package dev.candles.job.operator;

import dev.candles.core.state.StateValue;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.util.FlinkRuntimeException;
import org.jspecify.annotations.Nullable;

/** One value per key in Flink's state; a state that cannot be used fails the job, unchecked. */
record KeyedValue<T>(String name, ValueState<T> state) implements StateValue<T> {
  static <T> KeyedValue<T> of(RuntimeContext context, ValueStateDescriptor<T> descriptor) {
    return new KeyedValue<>(descriptor.getName(), context.getState(descriptor));
  }

  static FlinkRuntimeException broken(String name, Exception cause) {
    return new FlinkRuntimeException("keyed state cannot be used: name=" + name, cause);
  }

  @Override
  public @Nullable T get() {
    try {
      return state.value();
    } catch (Exception e) {
      throw broken(name, e);
    }
  }

  @Override
  public void put(@Nullable T value) {
    try {
      state.update(value);
    } catch (Exception e) {
      throw broken(name, e);
    }
  }
}
