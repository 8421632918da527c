package dev.candles.job.operator;

import dev.candles.core.feed.Reject;
import dev.candles.core.watch.DiskBounds;
import dev.candles.core.watch.DiskLevel;
import dev.candles.lake.disk.DiskWatch;
import java.nio.file.Path;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFilterFunction;

/** Passes rejects on while there is room for them; metrics have counted them before. */
public final class RejectRoom extends RichFilterFunction<Reject> {
  private final String lake;
  private final DiskBounds bounds;
  private transient DiskWatch disk;

  public RejectRoom(String lake, DiskBounds bounds) {
    this.lake = lake;
    this.bounds = bounds;
  }

  @Override
  public void open(OpenContext context) {
    disk = DiskWatch.open(Path.of(lake), bounds, System::nanoTime);
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
