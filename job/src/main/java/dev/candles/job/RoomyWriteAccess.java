package dev.candles.job;

import dev.candles.core.candle.StreamKey;
import dev.candles.core.lake.LakeWriteAccess;
import dev.candles.core.watch.DiskBounds;
import dev.candles.core.watch.DiskLevel;
import dev.candles.lake.disk.DiskWatch;
import dev.candles.lake.layout.LakeLayout;
import dev.candles.lake.state.UnlistedSymbols;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Write access that has no further checkpoint made while the disk is full: what is collected stays
 * in memory until there is room. The first checkpoint of an attempt may use the reserve. Once it
 * has the lake, nothing stays noted of venues that left the configuration.
 */
final class RoomyWriteAccess implements LakeWriteAccess {
  private static final long serialVersionUID = 1;

  private final LakeWriteAccess access;
  private final String root;
  private final DiskBounds bounds;
  private final List<String> venues;

  /**
   * @param venues those that are collected
   */
  RoomyWriteAccess(LakeWriteAccess access, String root, DiskBounds bounds, List<String> venues) {
    this.access = access;
    this.root = root;
    this.bounds = bounds;
    this.venues = List.copyOf(venues);
  }

  @Override
  public Hold acquire(String writer, Consumer<RuntimeException> lost) throws IOException {
    Hold hold = access.acquire(writer, lost);
    new UnlistedSymbols(new LakeLayout(Path.of(root))).keepOnly(venues);
    DiskWatch disk = DiskWatch.open(Path.of(root), bounds, System::nanoTime);
    return new Roomy(hold, () -> disk.stops(DiskLevel.NO_CHECKPOINTS), disk::close, root);
  }

  /**
   * A hold of the lake that asks its disk.
   *
   * @param full whether no checkpoint is to be made
   * @param done what else is to be closed
   */
  record Roomy(Hold hold, BooleanSupplier full, Runnable done, String root) implements Hold {
    @Override
    public void check() throws IOException {
      hold.check();
    }

    /**
     * Not an {@link IOException}: Flink counts those among the failures after which it starts the
     * job again, and that would drop what is in memory.
     */
    @Override
    public void requireRoom() {
      if (full.getAsBoolean()) {
        throw new IllegalStateException("the disk of the lake is full: " + root);
      }
    }

    @Override
    public void close() {
      done.run();
      hold.close();
    }
  }

  @Override
  public void prove(String writer) throws IOException {
    access.prove(writer);
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
