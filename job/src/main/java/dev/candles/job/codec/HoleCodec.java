package dev.candles.job.codec;

import dev.candles.core.feed.TradeHole;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Intervals whose trades are missing, within what carries them. */
final class HoleCodec extends Codec<TradeHole> {
  private static final long serialVersionUID = 1;

  HoleCodec() {
    super("hole", 1, TradeHole.class);
  }

  @Override
  void write(TradeHole hole, DataOutputView out) throws IOException {
    out.writeLong(hole.fromMs());
    out.writeLong(hole.toMs());
    out.writeLong(hole.afterId());
    out.writeLong(hole.beforeId());
  }

  @Override
  TradeHole read(int written, DataInputView in) throws IOException {
    return new TradeHole(in.readLong(), in.readLong(), in.readLong(), in.readLong());
  }
}
