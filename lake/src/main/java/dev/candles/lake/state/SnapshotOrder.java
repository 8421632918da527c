package dev.candles.lake.state;

import dev.candles.lake.state.StateFiles.Snapshot;
import dev.candles.text.LogValue;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which of several checkpoints and savepoints is newer: by time, unless one is from later than now.
 * Then a clock was or is wrong, and Flink's own numbers decide, which go on from what is restored.
 */
final class SnapshotOrder {
  private static final Logger LOG = LoggerFactory.getLogger(SnapshotOrder.class);

  private static final int MAGIC = 0x4960672d;
  private static final int HEADER_BYTES = 16;

  private static final Comparator<Snapshot> NEWEST_FIRST =
      Comparator.comparingLong(Snapshot::completedMs)
          .thenComparingLong(Snapshot::number)
          .thenComparing(Snapshot::folder)
          .reversed();

  private SnapshotOrder() {}

  /** Whether a wrong clock says when it was taken: that one's, or ours now. */
  static boolean isAhead(Snapshot snapshot, long nowMs) {
    return WrongClock.gave(snapshot.completedMs(), nowMs);
  }

  /**
   * The newest first. What is ahead comes behind all others, but for what has a higher number than
   * the newest of those.
   *
   * @param nowMs real time, epoch ms
   */
  static List<Snapshot> newestFirst(List<Snapshot> snapshots, long nowMs) {
    List<Snapshot> sorted = snapshots.stream().sorted(NEWEST_FIRST).toList();
    List<Snapshot> others = sorted.stream().filter(each -> !isAhead(each, nowMs)).toList();
    if (others.isEmpty() || others.size() == sorted.size()) {
      return sorted;
    }
    long newest = number(others.get(0));
    List<Snapshot> newer = new ArrayList<>();
    List<Snapshot> older = new ArrayList<>();
    for (Snapshot each : sorted) {
      if (isAhead(each, nowMs)) {
        (number(each) > newest ? newer : older).add(each);
      }
    }
    newer.addAll(others);
    newer.addAll(older);
    return newer;
  }

  /** The number in the head of Flink's metadata; that of the name if it cannot be read. */
  private static long number(Snapshot snapshot) {
    try (var in = Files.newInputStream(StateFiles.metadata(snapshot.folder()))) {
      ByteBuffer head = ByteBuffer.wrap(in.readNBytes(HEADER_BYTES));
      boolean isFlinks = head.remaining() == HEADER_BYTES && head.getInt() == MAGIC;
      return isFlinks ? head.getLong(HEADER_BYTES - Long.BYTES) : snapshot.number();
    } catch (IOException e) {
      LOG.debug("event=snapshot_unnumbered error={}", LogValue.of(e)); // told if it is restored
      return snapshot.number();
    }
  }
}
