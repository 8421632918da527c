package dev.candles.job.backfill;

import dev.candles.core.repair.RepairPlanner;
import dev.candles.core.repair.RepairStore;
import dev.candles.job.codec.Codecs;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.util.FlinkRuntimeException;
import org.jspecify.annotations.Nullable;

/** The tasks of a venue's repair in keyed state; the key is the venue. */
final class KeyedRepairStore implements RepairStore {
  private final Map<String, Tasks<?>> byName = new HashMap<>();

  KeyedRepairStore(RuntimeContext context) {
    RepairPlanner.STORED.forEach(kind -> byName.put(kind.name(), stateOf(context, kind)));
  }

  private static <T> Tasks<T> stateOf(RuntimeContext context, Kind<T> kind) {
    return new StateTasks<>(
        kind.name(),
        context.getMapState(
            new MapStateDescriptor<>(
                kind.name(), Types.STRING, Codecs.of(kind.type()).information())));
  }

  @Override
  @SuppressWarnings("unchecked") // put there under the same kind
  public <T> Tasks<T> tasks(Kind<T> kind) {
    return (Tasks<T>) Objects.requireNonNull(byName.get(kind.name()), kind.name());
  }

  private record StateTasks<T>(String name, MapState<String, T> state) implements Tasks<T> {
    @Override
    public @Nullable T get(String key) {
      try {
        return state.get(key);
      } catch (Exception e) {
        throw broken(e);
      }
    }

    @Override
    public void put(String key, T task) {
      try {
        state.put(key, task);
      } catch (Exception e) {
        throw broken(e);
      }
    }

    @Override
    public void remove(String key) {
      try {
        state.remove(key);
      } catch (Exception e) {
        throw broken(e);
      }
    }

    @Override
    public List<T> all() {
      List<T> all = new ArrayList<>();
      try {
        state.values().forEach(all::add);
      } catch (Exception e) {
        throw broken(e);
      }
      return all;
    }

    private FlinkRuntimeException broken(Exception cause) {
      return new FlinkRuntimeException("keyed state cannot be used: name=" + name, cause);
    }
  }
}
