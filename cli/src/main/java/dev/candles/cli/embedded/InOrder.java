package dev.candles.cli.embedded;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** Runs tasks at once, each with bounds of its own, and hands on their results in their order. */
final class InOrder {
  private final int mostAtOnce;

  InOrder(int mostAtOnce) {
    this.mostAtOnce = mostAtOnce;
  }

  /**
   * Runs all; {@code out} is told each result as soon as it and those before it are there.
   *
   * @throws IllegalStateException if a task fails, which then is a fault of the program
   */
  <T> void run(List<? extends Callable<T>> tasks, Consumer<T> out) throws InterruptedException {
    if (tasks.isEmpty()) {
      return;
    }
    ExecutorService threads =
        Executors.newFixedThreadPool(
            Math.min(mostAtOnce, tasks.size()),
            task -> {
              Thread thread = new Thread(task, "candles-check");
              thread.setDaemon(true);
              return thread;
            });
    try {
      List<Future<T>> results = tasks.stream().map(threads::<T>submit).toList();
      for (Future<T> result : results) {
        out.accept(result.get());
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } finally {
      threads.shutdownNow();
    }
  }
}
