package dev.candles.sources.source.reader;

import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

/**
 * Flink's word for "there is work". A producer puts its work and then calls {@link #wake}; the
 * mailbox thread asks {@link #future}, which looks for work again after it has made a new future,
 * so no wake-up is lost in between.
 */
final class Availability {
  private volatile CompletableFuture<Void> future = new CompletableFuture<>();

  /** From any thread. */
  void wake() {
    future.complete(null);
  }

  /** Mailbox thread only. A future that was given out and is not complete is given out again. */
  CompletableFuture<Void> future(BooleanSupplier hasWork) {
    CompletableFuture<Void> current = future;
    if (current.isDone()) {
      current = new CompletableFuture<>();
      future = current;
    }
    if (hasWork.getAsBoolean()) {
      current.complete(null);
    }
    return current;
  }
}
