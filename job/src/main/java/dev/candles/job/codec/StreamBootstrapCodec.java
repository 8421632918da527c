package dev.candles.job.codec;

import dev.candles.core.candle.Evidence;
import dev.candles.core.feed.StreamBootstrap;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** What the lake holds of a stream, within the events that carry it. */
final class StreamBootstrapCodec extends Codec<StreamBootstrap> {
  private static final long serialVersionUID = 1;

  StreamBootstrapCodec() {
    super("announcement", 1, StreamBootstrap.class);
  }

  @Override
  void write(StreamBootstrap lake, DataOutputView out) throws IOException {
    out.writeLong(lake.fromMs());
    out.writeLong(lake.toMs());
    Wire.numbers(lake.finals(), out);
    Wire.numbers(lake.empties(), out);
    Wire.numbers(lake.unrecoverable(), out);
    out.writeLong(lake.seq());
    out.writeLong(lake.listedAtMs());
    Wire.text(lake.venueSymbol(), out);
    Wire.word(lake.live(), out);
    Wire.candles(lake.recent(), out);
  }

  @Override
  StreamBootstrap read(int written, DataInputView in) throws IOException {
    return new StreamBootstrap(
        in.readLong(),
        in.readLong(),
        Wire.numbers(in),
        Wire.numbers(in),
        Wire.numbers(in),
        in.readLong(),
        in.readLong(),
        Wire.text(in),
        Wire.word(Evidence.class, in),
        Wire.candles(in));
  }
}
