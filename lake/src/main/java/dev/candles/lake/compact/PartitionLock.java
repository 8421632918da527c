package dev.candles.lake.compact;

import dev.candles.lake.disk.LockChannel;
import dev.candles.lake.layout.LakeLayout;
import dev.candles.lake.layout.Partition;
import dev.candles.lake.manifest.Sha256;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One compaction or sealing per partition, over all processes: the operating system's lock on one
 * byte of {@code .state/compaction.lock}, whose place follows from the partition's name. Freed by
 * {@link #close} or by the death of the process; nothing is left behind.
 *
 * <p>A JVM opens the file once per lake and never closes it, see {@link LockChannel}; of two that
 * want one byte in one JVM, also in two class loaders, Java itself refuses the second.
 */
public final class PartitionLock implements AutoCloseable {
  private static final int HEX_DIGITS = 15; // below 2^60

  private final FileLock lock;

  private PartitionLock(FileLock lock) {
    this.lock = lock;
  }

  /**
   * Takes the lock, or is empty if somebody else compacts the partition.
   *
   * @throws IOException if the lake has no place for locks: it cannot be written
   */
  public static Optional<PartitionLock> tryTake(LakeLayout layout, Partition partition)
      throws IOException {
    return tryTake(layout, partition.id());
  }

  /**
   * The lock of whoever writes certificates: empty if somebody else does.
   *
   * @throws IOException if the lake has no place for locks: it cannot be written
   */
  public static Optional<PartitionLock> tryTakeCertificates(LakeLayout layout) throws IOException {
    return tryTake(layout, "certificates");
  }

  /** The same for a folder of another kind that is merged as a whole. */
  static Optional<PartitionLock> tryTake(LakeLayout layout, String name) throws IOException {
    long place = Long.parseLong(Sha256.of(name).substring(0, HEX_DIGITS), 16);
    try {
      @Nullable FileLock lock = channel(layout.state()).tryLock(place, 1, false);
      return Optional.ofNullable(lock).map(PartitionLock::new);
    } catch (OverlappingFileLockException ours) {
      return Optional.empty();
    }
  }

  private static FileChannel channel(Path state) throws IOException {
    Files.createDirectories(state);
    return LockChannel.of(state.toRealPath().resolve("compaction.lock"));
  }

  @Override
  public void close() throws IOException {
    lock.release();
  }
}
