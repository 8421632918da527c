package dev.candles.job.codec;

import dev.candles.core.candle.Candle;
import dev.candles.core.repair.Reconfirmation;
import java.io.IOException;
import java.util.List;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Candles to be read again, as the backfill keeps them. */
final class ReconfirmationCodec extends Codec<Reconfirmation> {
  private static final long serialVersionUID = 1;

  ReconfirmationCodec() {
    super("recheck", 1, Reconfirmation.class);
  }

  @Override
  void write(Reconfirmation question, DataOutputView out) throws IOException {
    Wire.text(question.key(), out);
    Wire.stream(question.stream(), out);
    Wire.numbers(question.asked(), out);
    Wire.candle(question.candidate(), out);
    List<Candle> first = question.firstRead();
    out.writeBoolean(first != null);
    if (first != null) {
      Wire.candles(first, out);
    }
    out.writeInt(question.tries());
    out.writeLong(question.nextTryMs());
  }

  @Override
  Reconfirmation read(int written, DataInputView in) throws IOException {
    return new Reconfirmation(
        Wire.text(in),
        Wire.stream(in),
        Wire.numbers(in),
        Wire.candle(in),
        in.readBoolean() ? Wire.candles(in) : null,
        in.readInt(),
        in.readLong());
  }
}
