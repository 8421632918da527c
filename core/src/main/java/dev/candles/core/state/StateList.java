package dev.candles.core.state;

import java.util.List;

/** A list that is kept until it is taken. */
public interface StateList<T> {
  void add(T element);

  /** All elements in the order of their coming; none is kept. */
  List<T> drain();

  /** In memory: the elements of {@code elements}. */
  static <T> StateList<T> of(List<T> elements) {
    return new StateList<>() {
      @Override
      public void add(T element) {
        elements.add(element);
      }

      @Override
      public List<T> drain() {
        List<T> all = List.copyOf(elements);
        elements.clear();
        return all;
      }
    };
  }
}
