package dev.candles.job.codec;

import dev.candles.core.repair.TradeSpan;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Intervals whose trades are asked for, as the backfill keeps them. */
final class TradeSpanCodec extends Codec<TradeSpan> {
  private static final long serialVersionUID = 1;

  TradeSpanCodec() {
    super("span", 1, TradeSpan.class);
  }

  @Override
  void write(TradeSpan span, DataOutputView out) throws IOException {
    Wire.stream(span.stream(), out);
    Codecs.HOLE.put(span.hole(), out);
    out.writeInt(span.tries());
    out.writeLong(span.nextTryMs());
  }

  @Override
  TradeSpan read(int written, DataInputView in) throws IOException {
    return new TradeSpan(Wire.stream(in), Codecs.HOLE.take(in), in.readInt(), in.readLong());
  }
}
