package dev.candles.sources.source.enumerator;

import dev.candles.core.candle.StreamKey;
import dev.candles.core.lake.LakeWriteAccess;
import java.io.IOException;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** One lock in memory. */
final class FakeWriteAccess implements LakeWriteAccess {
  final AtomicInteger holds = new AtomicInteger();
  final AtomicInteger noted = new AtomicInteger();
  final AtomicInteger sweeps = new AtomicInteger();
  final AtomicInteger attempts = new AtomicInteger();
  final AtomicInteger failingStarts = new AtomicInteger();
  final List<Integer> sweptOf = new CopyOnWriteArrayList<>();
  final List<String> begun = new CopyOnWriteArrayList<>();
  final List<String> unlisted = new CopyOnWriteArrayList<>();
  final AtomicInteger failingNotes = new AtomicInteger();
  String heldBy = "";
  volatile String lostTo = "";
  transient Runnable whenAcquired = () -> {};
  transient volatile Runnable whenNoting = () -> {};

  @Override
  public Hold acquire(String writer, Consumer<RuntimeException> lost) throws IOException {
    if (!heldBy.isEmpty()) {
      throw new IOException(heldBy);
    }
    holds.incrementAndGet();
    whenAcquired.run();
    return new Hold() {
      @Override
      public void check() throws IOException {
        if (!lostTo.isEmpty()) {
          throw new IOException(lostTo);
        }
      }

      @Override
      public void requireRoom() {
        throw new IllegalStateException("full");
      }

      @Override
      public void close() {
        holds.decrementAndGet();
      }
    };
  }

  @Override
  public void prove(String writer) {}

  @Override
  public Attempt startAttempt() throws IOException {
    if (failingStarts.getAndDecrement() > 0) {
      throw new IOException("read-only");
    }
    int attempt = attempts.incrementAndGet();
    return () -> {
      whenNoting.run();
      noted.incrementAndGet();
      return () -> {
        sweptOf.add(attempt);
        return sweeps.incrementAndGet();
      };
    };
  }

  @Override
  public int begin(List<StreamKey> streams, long fromMs, long nowMs) {
    streams.forEach(stream -> begun.add(stream.toString()));
    return streams.size();
  }

  @Override
  public void unlisted(String venue, SortedMap<String, List<String>> nearest, long nowMs)
      throws IOException {
    if (failingNotes.getAndDecrement() > 0) {
      throw new IOException("read-only");
    }
    unlisted.add(venue + nearest);
  }
}
