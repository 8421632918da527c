package dev.candles.core.repair;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Tasks in memory; a copy of it is a checkpoint, as what is stored never changes. */
public final class MemoryStore implements RepairStore {
  /** Tasks that were read, one by one or together. */
  int read;

  private final Map<String, Map<String, Object>> byKind = new HashMap<>();

  /** What a checkpoint keeps. */
  public MemoryStore copy() {
    MemoryStore copy = new MemoryStore();
    byKind.forEach((kind, tasks) -> copy.byKind.put(kind, new TreeMap<>(tasks)));
    return copy;
  }

  @Override
  public <T> Tasks<T> tasks(Kind<T> kind) {
    Map<String, Object> mine = byKind.computeIfAbsent(kind.name(), name -> new TreeMap<>());
    return new Tasks<>() {
      @Override
      public @Nullable T get(String key) {
        read++;
        return kind.type().cast(mine.get(key));
      }

      @Override
      public void put(String key, T task) {
        mine.put(key, task);
      }

      @Override
      public void remove(String key) {
        mine.remove(key);
      }

      @Override
      public List<T> all() {
        List<T> all = new ArrayList<>();
        mine.values().forEach(task -> all.add(kind.type().cast(task)));
        read += all.size();
        return all;
      }
    };
  }

  /** Before that market time a task is not to be asked for. */
  public long nextTryMs(RepairWork work) {
    return switch (work.lane()) {
      case GAP -> task(GapTask.STORED, work).nextTryMs();
      case RECHECK -> task(ReconfirmTask.STORED, work).nextTryMs();
      case TRADES -> task(TradeFetchTask.STORED, work).nextTryMs();
      case CONFIRMATION -> task(ConfirmTask.STORED, work).nextTryMs();
    };
  }

  private <T> T task(Kind<T> kind, RepairWork work) {
    return Objects.requireNonNull(tasks(kind).get(work.key()), () -> "no task: " + work);
  }

  /** Whether something of before that time is still asked for. */
  public boolean isBusy(long beforeMs) {
    return of(GapState.class).anyMatch(gap -> gap.open().from(0) < beforeMs)
        || of(TradeFetch.class).anyMatch(span -> span.hole().fromMs() < beforeMs)
        || of(Confirmation.class).anyMatch(waiting -> waiting.waiting()[0] < beforeMs)
        || of(Reconfirmation.class).anyMatch(question -> question.fromMs() < beforeMs);
  }

  private <T> Stream<T> of(Class<T> type) {
    return byKind.values().stream()
        .flatMap(tasks -> tasks.values().stream())
        .filter(type::isInstance)
        .map(type::cast);
  }
}
