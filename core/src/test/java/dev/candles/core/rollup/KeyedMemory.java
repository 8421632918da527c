package dev.candles.core.rollup;

import dev.candles.core.candle.StreamKey;
import dev.candles.core.feed.RollupEvent;
import dev.candles.core.state.StateEntries;
import dev.candles.core.state.StateList;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** State of several streams, of which one at a time is looked at, as Flink keeps it. */
final class KeyedMemory {
  final RollupStore store;

  private final List<Entries<?>> entries = new ArrayList<>();
  private final Map<StreamKey, List<RollupEvent>> parked = new HashMap<>();
  private @Nullable StreamKey key;
  private int reads;
  private int writes;

  KeyedMemory() {
    store = new RollupStore(entries(), entries(), entries(), entries(), new Parked());
  }

  void switchTo(StreamKey stream) {
    key = stream;
  }

  /** How often one entry was read, and written or removed, since this was asked last. */
  String cost() {
    String cost = "reads=" + reads + " writes=" + writes;
    reads = 0;
    writes = 0;
    return cost;
  }

  /** How many kinds of state hold something, all streams together. */
  int kept() {
    return entries.stream().mapToInt(Entries::kept).sum() + kept(parked.values(), List::isEmpty);
  }

  private static <T> int kept(Iterable<T> states, Predicate<T> isEmpty) {
    int kept = 0;
    for (T state : states) {
      kept += isEmpty.test(state) ? 0 : 1;
    }
    return kept;
  }

  private <V> Entries<V> entries() {
    Entries<V> made = new Entries<>();
    entries.add(made);
    return made;
  }

  private final class Entries<V> implements StateEntries<Long, V> {
    private final Map<StreamKey, StateEntries<Long, V>> byKey = new HashMap<>();

    private StateEntries<Long, V> mine() {
      return byKey.computeIfAbsent(
          Objects.requireNonNull(key), stream -> StateEntries.of(new HashMap<>()));
    }

    int kept() {
      return KeyedMemory.kept(byKey.values(), StateEntries::isEmpty);
    }

    @Override
    public @Nullable V get(Long entry) {
      reads++;
      return mine().get(entry);
    }

    @Override
    public void put(Long entry, V value) {
      writes++;
      mine().put(entry, value);
    }

    @Override
    public void remove(Long entry) {
      writes++;
      mine().remove(entry);
    }

    @Override
    public void removeIf(Predicate<Long> chosen) {
      mine().removeIf(chosen);
    }

    @Override
    public void clear() {
      mine().clear();
    }

    @Override
    public Map<Long, V> all() {
      return mine().all();
    }

    @Override
    public boolean isEmpty() {
      return mine().isEmpty();
    }
  }

  private final class Parked implements StateList<RollupEvent> {
    private List<RollupEvent> mine() {
      return parked.computeIfAbsent(Objects.requireNonNull(key), stream -> new ArrayList<>());
    }

    @Override
    public void add(RollupEvent element) {
      mine().add(element);
    }

    @Override
    public List<RollupEvent> drain() {
      List<RollupEvent> all = List.copyOf(mine());
      mine().clear();
      return all;
    }
  }
}
