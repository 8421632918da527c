package dev.candles.job.operator;

import dev.candles.core.feed.Reject;
import dev.candles.core.lake.LakeWriteAccess;
import dev.candles.core.watch.DiskBounds;
import dev.candles.core.watch.DiskLevel;
import dev.candles.lake.disk.DiskWatch;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFilterFunction;
import org.apache.flink.api.common.state.CheckpointListener;

/**
 * Passes rejects on while there is room for them; metrics have counted them before.
 *
 * <p>Every slot has one, so every process of the job proves here that it sees the lake: when the
 * first checkpoint of an attempt is complete, because the job is sure to have the lake by then. Of
 * the rejects of a repair that goes on, some may come sooner.
 */
public final class RejectRoom extends RichFilterFunction<Reject> implements CheckpointListener {
  private final String lake;
  private final DiskBounds bounds;
  private final LakeWriteAccess access;
  private transient DiskWatch disk;
  private transient boolean proven;

  /**
   * @param access proves that this process sees the lake
   */
  public RejectRoom(String lake, DiskBounds bounds, LakeWriteAccess access) {
    this.lake = lake;
    this.bounds = bounds;
    this.access = access;
  }

  @Override
  public void open(OpenContext context) {
    disk = DiskWatch.open(Path.of(lake), bounds, System::nanoTime);
  }

  @Override
  public void notifyCheckpointComplete(long checkpointId) throws IOException {
    if (!proven) {
      access.prove(getRuntimeContext().getJobInfo().getJobId().toHexString());
      proven = true;
    }
  }

  @Override
  public boolean filter(Reject reject) {
    return !disk.stops(DiskLevel.NO_REJECTS);
  }

  @Override
  public void close() {
    if (disk != null) {
      disk.close();
    }
  }
}
