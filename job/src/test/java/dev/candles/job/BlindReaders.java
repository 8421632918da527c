package dev.candles.job;

import dev.candles.core.candle.StreamKey;
import dev.candles.core.lake.LakeWriteAccess;
import java.io.IOException;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.apache.flink.runtime.execution.SuppressRestartsException;

/** Of a job whose readers are on a machine that does not see the lake, and nothing else is. */
final class BlindReaders implements LakeWriteAccess {
  /** How often readers were to prove that they see it, in this JVM. */
  static final AtomicInteger PROOFS = new AtomicInteger();

  private static final long serialVersionUID = 1;
  private static final String READS_THE_LAKE = "candles-scan-";

  private final ClusterWriteAccess access;

  BlindReaders(String root) {
    this.access = new ClusterWriteAccess(root, true);
  }

  @Override
  public void prove(String writer) {
    if (Thread.currentThread().getName().startsWith(READS_THE_LAKE)) {
      PROOFS.incrementAndGet();
      throw new SuppressRestartsException(new IOException("sees no lake"));
    }
    access.prove(writer);
  }

  @Override
  public Hold acquire(String writer, Consumer<RuntimeException> lost) throws IOException {
    return access.acquire(writer, lost);
  }

  @Override
  public Attempt startAttempt() throws IOException {
    return access.startAttempt();
  }

  @Override
  public int begin(List<StreamKey> streams, long fromMs, long nowMs) throws IOException {
    return access.begin(streams, fromMs, nowMs);
  }

  @Override
  public void unlisted(String venue, SortedMap<String, List<String>> nearest, long nowMs)
      throws IOException {
    access.unlisted(venue, nearest, nowMs);
  }
}
