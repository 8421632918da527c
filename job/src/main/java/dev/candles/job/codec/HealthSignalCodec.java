package dev.candles.job.codec;

import dev.candles.core.health.FailureReason;
import dev.candles.core.health.HealthSignal;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Successes and failures of venues. */
final class HealthSignalCodec extends Codec<HealthSignal> {
  private static final long serialVersionUID = 1;

  HealthSignalCodec() {
    super("health-signal", 1, HealthSignal.class);
  }

  @Override
  void write(HealthSignal signal, DataOutputView out) throws IOException {
    Wire.text(signal.venue(), out);
    out.writeInt(signal.source());
    Wire.wordOrNone(signal.failure(), out);
    out.writeLong(signal.atMs());
  }

  @Override
  HealthSignal read(int written, DataInputView in) throws IOException {
    return new HealthSignal(
        Wire.text(in), in.readInt(), Wire.wordOrNone(FailureReason.class, in), in.readLong());
  }
}
