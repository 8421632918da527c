package dev.candles.lake.view;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The threads of one scan. Two are enough to overlap disk and decoding without starving the live
 * path; one holds no more than one file in memory at a time.
 */
final class ScanThreads implements AutoCloseable {
  private static final int THREADS = 2;

  private final int count;
  private final ExecutorService pool;

  /** Two. */
  ScanThreads() {
    this(THREADS);
  }

  ScanThreads(int count) {
    this.count = count;
    this.pool = Executors.newFixedThreadPool(count, ScanThreads::daemon);
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "lake-scan");
    thread.setDaemon(true);
    return thread;
  }

  /** How many there are. */
  int count() {
    return count;
  }

  /** Runs tasks, started in the order given, and answers in that order. */
  <T> List<T> all(List<? extends Callable<T>> tasks) throws IOException {
    try {
      List<T> answers = new ArrayList<>(tasks.size());
      for (Future<T> answer : pool.invokeAll(tasks)) {
        answers.add(answer.get());
      }
      return answers;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("scan of the lake was interrupted");
    } catch (ExecutionException e) {
      throw unwrapped(Objects.requireNonNullElse(e.getCause(), e));
    }
  }

  private static IOException unwrapped(Throwable cause) {
    if (cause instanceof RuntimeException bug) {
      throw bug;
    }
    if (cause instanceof Error fatal) {
      throw fatal;
    }
    return new IOException("lake cannot be read: " + cause, cause);
  }

  @Override
  public void close() {
    pool.shutdownNow();
  }
}
