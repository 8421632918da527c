package dev.candles.lake.compact;

import dev.candles.lake.layout.LakeLayout;
import dev.candles.lake.layout.Partition;
import dev.candles.lake.manifest.Sha256;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One compaction or sealing per partition, over all processes: the operating system's lock on one
 * byte of {@code .state/compaction.lock}, whose place follows from the partition's name. Freed by
 * {@link #close} or by the death of the process; nothing is left behind.
 *
 * <p>On Linux a process loses its locks on a file as soon as it closes any channel to it. So a JVM
 * opens it once per lake and never closes it.
 */
public final class PartitionLock implements AutoCloseable {
  private static final int HEX_DIGITS = 15; // below 2^60

  private static final Map<Path, FileChannel> OPEN = new HashMap<>();

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
    synchronized (OPEN) {
      Files.createDirectories(state);
      Path file = state.toRealPath().resolve("compaction.lock");
      FileChannel known = OPEN.get(file);
      if (known != null && known.isOpen()) {
        return known;
      }
      FileChannel opened =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      OPEN.put(file, opened);
      return opened;
    }
  }

  @Override
  public void close() throws IOException {
    lock.release();
  }
}
