package dev.candles.job.operator;

import dev.candles.core.state.StateList;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;

/** A list per key in Flink's state; a state that cannot be used fails the job, unchecked. */
record KeyedList<T>(String name, ListState<T> state) implements StateList<T> {
  static <T> KeyedList<T> of(RuntimeContext context, ListStateDescriptor<T> descriptor) {
    return new KeyedList<>(descriptor.getName(), context.getListState(descriptor));
  }

  @Override
  public void add(T element) {
    try {
      state.add(element);
    } catch (Exception e) {
      throw KeyedValue.broken(name, e);
    }
  }

  @Override
  public List<T> drain() {
    List<T> elements = new ArrayList<>();
    try {
      state.get().forEach(elements::add);
    } catch (Exception e) {
      throw KeyedValue.broken(name, e);
    }
    state.clear();
    return elements;
  }
}
