package dev.candles.sources.source.enumerator;

import dev.candles.sources.source.split.ConnectionSplit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import org.apache.flink.api.connector.source.ReaderInfo;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.SplitsAssignment;
import org.apache.flink.metrics.groups.SplitEnumeratorMetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;

/** A coordinator with its two threads and a list of what it assigned. */
final class FakeEnumeratorContext implements SplitEnumeratorContext<ConnectionSplit> {
  private static final long DEADLINE_S = 240;

  private final int parallelism;
  private final ExecutorService coordinator = Executors.newSingleThreadExecutor();
  private final ExecutorService worker = Executors.newSingleThreadExecutor();

  /** What was sent, behind the number of the reader. */
  final List<String> events = new CopyOnWriteArrayList<>();

  private final Map<Integer, ReaderInfo> readers = new ConcurrentHashMap<>();
  private final Map<Integer, List<ConnectionSplit>> assigned = new ConcurrentHashMap<>();

  FakeEnumeratorContext(int parallelism) {
    this.parallelism = parallelism;
  }

  void register(int subtask) {
    readers.put(subtask, new ReaderInfo(subtask, "localhost"));
  }

  List<ConnectionSplit> assigned(int subtask) {
    return assigned.getOrDefault(subtask, List.of());
  }

  /** Runs on the coordinator's thread and waits for it. */
  void run(Action action) throws Exception {
    coordinator
        .submit(
            () -> {
              action.run();
              return null;
            })
        .get(DEADLINE_S, TimeUnit.SECONDS);
  }

  /** Something that may fail. */
  interface Action {
    void run() throws Exception;
  }

  /** Looks, each time behind whatever the coordinator was doing, until the condition holds. */
  void await(BooleanSupplier condition) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_S);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("never came true; assigned=" + assigned);
      }
      LockSupport.parkNanos(1_000_000);
      run(() -> {});
    }
    run(() -> {});
  }

  void close() {
    coordinator.shutdownNow();
    worker.shutdownNow();
  }

  @Override
  public SplitEnumeratorMetricGroup metricGroup() {
    return UnregisteredMetricsGroup.createSplitEnumeratorMetricGroup();
  }

  @Override
  public void sendEventToSourceReader(int subtask, SourceEvent event) {
    events.add(subtask + " " + event);
  }

  @Override
  public int currentParallelism() {
    return parallelism;
  }

  @Override
  public Map<Integer, ReaderInfo> registeredReaders() {
    return readers;
  }

  @Override
  public void assignSplits(SplitsAssignment<ConnectionSplit> assignment) {
    assignment
        .assignment()
        .forEach(
            (subtask, splits) ->
                assigned
                    .computeIfAbsent(subtask, key -> new CopyOnWriteArrayList<>())
                    .addAll(splits));
  }

  @Override
  public void signalNoMoreSplits(int subtask) {
    throw new UnsupportedOperationException("the source is unbounded");
  }

  @Override
  public <T> void callAsync(Callable<T> call, BiConsumer<T, Throwable> handler) {
    worker.execute(
        () -> {
          try {
            T result = call.call();
            coordinator.execute(() -> handler.accept(result, null));
          } catch (Exception e) {
            coordinator.execute(() -> handler.accept(null, e));
          }
        });
  }

  @Override
  public <T> void callAsync(
      Callable<T> call, BiConsumer<T, Throwable> handler, long delay, long period) {
    throw new UnsupportedOperationException("nothing is periodic");
  }

  @Override
  public void runInCoordinatorThread(Runnable action) {
    coordinator.execute(action);
  }
}
