package dev.candles.job;

import dev.candles.core.candle.StreamKey;
import dev.candles.core.lake.LakeWriteAccess;
import dev.candles.lake.layout.LakeLayout;
import dev.candles.lake.state.HeldException;
import dev.candles.lake.state.LakeLease;
import dev.candles.lake.state.LakeLock;
import dev.candles.lake.state.StateFiles;
import dev.candles.lake.state.UnseenException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.function.Consumer;
import org.apache.flink.runtime.execution.SuppressRestartsException;

/**
 * Write access for a job whose processes are on several machines: by the lake's lease. The
 * operating system's lock would be kept by a frozen JobManager while its standby waits. Where
 * another job writes, this one fails and is not started again.
 */
final class ClusterWriteAccess implements LakeWriteAccess {
  private static final long serialVersionUID = 1;

  private final String root;
  private final boolean signs;

  /**
   * @param root the lake, at the same place on every machine
   * @param signs whether checkpoints are in the lake, and say of which lake they are
   */
  ClusterWriteAccess(String root, boolean signs) {
    this.root = root;
    this.signs = signs;
  }

  /**
   * Signs too: before the job's first checkpoint, and where the lake is sure to be seen, which it
   * need not be by the client that submits.
   */
  @Override
  public Hold acquire(String writer, Consumer<RuntimeException> lost) throws IOException {
    Hold hold;
    try {
      hold = lease().take(writer, false, why -> lost.accept(failure(why)));
    } catch (HeldException e) {
      throw failure(e);
    }
    try {
      if (signs) {
        new StateFiles(new LakeLayout(Path.of(root))).sign(writer);
      }
      return hold;
    } catch (IOException e) {
      hold.close();
      throw e;
    }
  }

  /**
   * A lease that could not be read or renewed may be had again; one that is another's may not, nor
   * is one ever seen in a folder that is not the lake.
   */
  private static RuntimeException failure(IOException why) {
    return why instanceof HeldException || why instanceof UnseenException
        ? new SuppressRestartsException(why)
        : new UncheckedIOException(why.getMessage(), why);
  }

  @Override
  public void prove(String writer) {
    try {
      lease().prove(writer);
    } catch (IOException e) {
      throw failure(e);
    }
  }

  @Override
  public Attempt startAttempt() throws IOException {
    return new LakeLock(root).startAttempt();
  }

  @Override
  public int begin(List<StreamKey> streams, long fromMs, long nowMs) throws IOException {
    return new LakeLock(root).begin(streams, fromMs, nowMs);
  }

  @Override
  public void unlisted(String venue, SortedMap<String, List<String>> nearest, long nowMs)
      throws IOException {
    new LakeLock(root).unlisted(venue, nearest, nowMs);
  }

  private LakeLease lease() {
    return new LakeLease(Path.of(root), System::nanoTime, System::currentTimeMillis);
  }
}
