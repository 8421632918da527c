package dev.candles.job.codec;

import dev.candles.core.repair.Confirmation;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Intervals that wait for REST to confirm them, as the backfill keeps them. */
final class ConfirmationCodec extends Codec<Confirmation> {
  private static final long serialVersionUID = 1;

  ConfirmationCodec() {
    super("confirmation", 1, Confirmation.class);
  }

  @Override
  void write(Confirmation waiting, DataOutputView out) throws IOException {
    Wire.stream(waiting.stream(), out);
    Wire.numbers(waiting.waiting(), out);
    out.writeInt(waiting.tries());
    out.writeLong(waiting.nextTryMs());
  }

  @Override
  Confirmation read(int written, DataInputView in) throws IOException {
    return new Confirmation(Wire.stream(in), Wire.numbers(in), in.readInt(), in.readLong());
  }
}
