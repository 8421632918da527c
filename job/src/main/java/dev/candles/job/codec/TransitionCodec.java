package dev.candles.job.codec;

import dev.candles.core.health.FailureReason;
import dev.candles.core.health.HealthState;
import dev.candles.core.health.Transition;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Changes of a venue's health. */
final class TransitionCodec extends Codec<Transition> {
  private static final long serialVersionUID = 1;

  TransitionCodec() {
    super("transition", 1, Transition.class);
  }

  @Override
  void write(Transition change, DataOutputView out) throws IOException {
    out.writeLong(change.number());
    Wire.word(change.from(), out);
    Wire.word(change.to(), out);
    out.writeInt(change.failures());
    Wire.wordOrNone(change.failure(), out);
    out.writeBoolean(change.quiet());
    out.writeLong(change.atMs());
  }

  @Override
  Transition read(int written, DataInputView in) throws IOException {
    return new Transition(
        in.readLong(),
        Wire.word(HealthState.class, in),
        Wire.word(HealthState.class, in),
        in.readInt(),
        Wire.wordOrNone(FailureReason.class, in),
        in.readBoolean(),
        in.readLong());
  }
}
