package dev.candles.job.codec;

import dev.candles.core.feed.ReplayedParts;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Parts of larger intervals from the lake, within the events of two edges. */
final class ReplayedCodec extends Codec<ReplayedParts> {
  private static final long serialVersionUID = 1;

  ReplayedCodec() {
    super("replayed", 1, ReplayedParts.class);
  }

  @Override
  void write(ReplayedParts told, DataOutputView out) throws IOException {
    Wire.stream(told.stream(), out);
    out.writeLong(told.openTimeMs());
    Wire.candles(told.base(), out);
    Wire.numbers(told.silent(), out);
  }

  @Override
  ReplayedParts read(int written, DataInputView in) throws IOException {
    return new ReplayedParts(Wire.stream(in), in.readLong(), Wire.candles(in), Wire.numbers(in));
  }
}
