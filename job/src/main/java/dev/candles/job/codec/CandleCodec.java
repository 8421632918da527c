package dev.candles.job.codec;

import dev.candles.core.candle.Candle;
import dev.candles.core.candle.Evidence;
import dev.candles.core.candle.Provenance;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Candles, on their own edges and within all else that carries them. */
final class CandleCodec extends Codec<Candle> {
  private static final long serialVersionUID = 1;

  CandleCodec() {
    super("candle", 1, Candle.class);
  }

  @Override
  void write(Candle candle, DataOutputView out) throws IOException {
    Wire.stream(candle.stream(), out);
    out.writeLong(candle.openTimeMs());
    Wire.prices(candle.prices(), out);
    Wire.volumes(candle.volumes(), out);
    Wire.trades(candle.trades(), out);
    Provenance from = candle.provenance();
    Wire.word(from.evidence(), out);
    Wire.text(from.source(), out);
    out.writeInt(from.revision());
    out.writeLong(from.receivedAtMs());
  }

  @Override
  Candle read(int written, DataInputView in) throws IOException {
    return new Candle(
        Wire.stream(in),
        in.readLong(),
        Wire.prices(in),
        Wire.volumes(in),
        Wire.trades(in),
        new Provenance(Wire.word(Evidence.class, in), Wire.text(in), in.readInt(), in.readLong()));
  }
}
