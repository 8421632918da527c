package dev.candles.job.codec;

import dev.candles.core.repair.TradeFetch;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Intervals whose trades are asked for, as the backfill keeps them. */
final class TradeFetchCodec extends Codec<TradeFetch> {
  private static final long serialVersionUID = 1;

  TradeFetchCodec() {
    super("span", 1, TradeFetch.class);
  }

  @Override
  void write(TradeFetch span, DataOutputView out) throws IOException {
    Wire.stream(span.stream(), out);
    Codecs.HOLE.put(span.hole(), out);
    out.writeInt(span.tries());
    out.writeLong(span.nextTryMs());
  }

  @Override
  TradeFetch read(int written, DataInputView in) throws IOException {
    return new TradeFetch(Wire.stream(in), Codecs.HOLE.take(in), in.readInt(), in.readLong());
  }
}
