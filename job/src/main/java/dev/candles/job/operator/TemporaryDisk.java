package dev.candles.job.operator;

import dev.candles.core.watch.DiskBounds;
import dev.candles.lake.disk.DiskSpace;
import dev.candles.lake.disk.DiskWatch;
import dev.candles.lake.state.HolderName;
import dev.candles.sources.metrics.CollectorMetric;
import dev.candles.text.ByteText;
import dev.candles.text.LogValue;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.metrics.MetricGroup;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The disks of this process's temporary folders, where state lies while a job runs. Says once that
 * one is short of space, and once that it has room again: Flink has a stack trace for each start.
 * The lake's own disk has words of its own, and is only measured here.
 */
final class TemporaryDisk implements AutoCloseable {
  /** With less RocksDB and what is shuffled soon meet a disk that is full. */
  static final long SHORT_BYTES = 100_000_000;

  private static final Logger LOG = LoggerFactory.getLogger(TemporaryDisk.class);
  private static final String HINT =
      "free space there, or name another folder (run: CANDLES_JAVA_OPTS=-Djava.io.tmpdir=DIR, a"
          + " cluster: io.tmp.dirs); the job goes on by itself";

  /** Of this process, what was told last: each of its tasks looks, in every attempt. */
  private static final Set<Path> TOLD_SHORT = ConcurrentHashMap.newKeySet();

  private final long shortBytes;
  private final List<Folder> folders = new ArrayList<>();

  /** A folder. */
  private static final class Folder {
    private final Path path;

    /** Whether it is on the lake's disk. */
    private final boolean isLakes;

    private final DiskWatch disk;

    /** What was looked at last: the same is no news. */
    private long seenBytes = -1;

    Folder(Path path, boolean isLakes, DiskWatch disk) {
      this.path = path;
      this.isLakes = isLakes;
      this.disk = disk;
    }
  }

  /**
   * Looks at once, and begins to measure.
   *
   * @param shortBytes with fewer free it is told; it has room with a fifth more
   */
  TemporaryDisk(String[] folders, Path lake, DiskBounds bounds, long shortBytes) {
    this.shortBytes = shortBytes;
    for (String text : folders) {
      Path path = Path.of(text).toAbsolutePath().normalize();
      boolean isLakes = true; // of what nobody can tell nothing is told here
      try {
        isLakes = DiskSpace.isOneDisk(path, lake);
        told(path, isLakes, DiskSpace.of(path).freeBytes());
      } catch (IOException e) {
        LOG.debug("event=tmp_unreadable folder={} error={}", LogValue.of(path), LogValue.of(e));
      }
      this.folders.add(new Folder(path, isLakes, DiskWatch.open(path, bounds, System::nanoTime)));
    }
  }

  /** The value is read by other threads, and waits for no file system. */
  void register(MetricGroup operator) {
    CollectorMetric.TEMPORARY_FREE_BYTES.gauge(CollectorMetric.lake(operator), this::freeBytes);
  }

  /** Of the disk that has least; -1 if nobody can tell. */
  private long freeBytes() {
    return folders.stream()
        .mapToLong(folder -> folder.disk.standing().freeBytes())
        .min()
        .orElse(-1);
  }

  /** Tells what is another word than the last. Cheap where nothing was measured since. */
  void look() {
    for (Folder folder : folders) {
      var standing = folder.disk.standing();
      if (standing.isKnown() && standing.freeBytes() != folder.seenBytes) {
        folder.seenBytes = standing.freeBytes();
        told(folder.path, folder.isLakes, standing.freeBytes());
      }
    }
  }

  private void told(Path folder, boolean isLakes, long freeBytes) {
    if (!isLakes && freeBytes < shortBytes && TOLD_SHORT.add(folder)) {
      LOG.error(
          "event=tmp_short host={} folder={} free_bytes={} free={} hint={}",
          LogValue.of(HolderName.host()),
          LogValue.of(folder),
          freeBytes,
          LogValue.of(ByteText.of(freeBytes)),
          LogValue.of(HINT));
    } else if (freeBytes >= shortBytes + shortBytes / 5 && TOLD_SHORT.remove(folder)) {
      LOG.info(
          "event=tmp_roomy host={} folder={} free_bytes={} free={}",
          LogValue.of(HolderName.host()),
          LogValue.of(folder),
          freeBytes,
          LogValue.of(ByteText.of(freeBytes)));
    }
  }

  @Override
  public void close() {
    folders.forEach(folder -> folder.disk.close());
  }
}
