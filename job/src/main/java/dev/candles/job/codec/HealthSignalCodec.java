package dev.candles.job.codec;

import dev.candles.core.health.FailureReason;
import dev.candles.core.health.HealthSignal;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Successes and failures of a venue. Version 2 added what is neither. */
final class HealthSignalCodec extends Codec<HealthSignal> {
  private static final long serialVersionUID = 1;

  HealthSignalCodec() {
    super("health-signal", 2, HealthSignal.class);
  }

  @Override
  void write(HealthSignal signal, DataOutputView out) throws IOException {
    Wire.text(signal.venue(), out);
    out.writeInt(signal.source());
    out.writeLong(signal.atMs());
    Wire.wordOrNone(signal.failure(), out);
    out.writeBoolean(signal.success());
  }

  @Override
  HealthSignal read(int written, DataInputView in) throws IOException {
    String venue = Wire.text(in);
    int source = in.readInt();
    long atMs = in.readLong();
    FailureReason failure = Wire.wordOrNone(FailureReason.class, in);
    boolean success = written == 1 ? failure == null : in.readBoolean();
    return new HealthSignal(venue, source, success, failure, atMs);
  }
}
