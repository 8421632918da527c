package dev.candles.job.codec;

import dev.candles.core.feed.MissingTrades;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Intervals whose trades are missing, within what carries them. */
final class MissingTradesCodec extends Codec<MissingTrades> {
  private static final long serialVersionUID = 1;

  MissingTradesCodec() {
    super("hole", 1, MissingTrades.class);
  }

  @Override
  void write(MissingTrades hole, DataOutputView out) throws IOException {
    out.writeLong(hole.fromMs());
    out.writeLong(hole.toMs());
    out.writeLong(hole.afterId());
    out.writeLong(hole.beforeId());
  }

  @Override
  MissingTrades read(int written, DataInputView in) throws IOException {
    return new MissingTrades(in.readLong(), in.readLong(), in.readLong(), in.readLong());
  }
}
