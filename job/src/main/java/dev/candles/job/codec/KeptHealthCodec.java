package dev.candles.job.codec;

import dev.candles.core.health.FailureReason;
import dev.candles.core.health.HealthState;
import dev.candles.core.health.KeptHealth;
import dev.candles.core.health.Transition;
import dev.candles.core.health.Trouble;
import dev.candles.core.health.VenueHealth;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/**
 * A venue's health as it is kept. Version 1 ended in a checksum of its own: of what has changed on
 * the disk RocksDB tells, and the signature of a savepoint. Version 3 added troubles, version 4 the
 * stamp of the last change: before it that was taken to be when the state was entered.
 */
final class KeptHealthCodec extends Codec<KeptHealth> {
  private static final long serialVersionUID = 1;

  KeptHealthCodec() {
    super("kept-health", 4, KeptHealth.class);
  }

  @Override
  void write(KeptHealth kept, DataOutputView out) throws IOException {
    out.writeLong(kept.epochMs());
    Wire.word(kept.health().state(), out);
    out.writeLong(kept.health().sinceMs());
    out.writeLong(kept.health().transitions());
    out.writeLong(kept.health().changedMs());
    Wire.list(
        kept.health().window(),
        failure -> {
          out.writeLong(failure.atMs());
          Wire.word(failure.reason(), out);
        },
        out);
    Wire.list(kept.untold(), change -> write(change, out), out);
    write(kept.health().trouble(), out);
    write(kept.health().past(), out);
  }

  private static void write(@Nullable Trouble trouble, DataOutputView out) throws IOException {
    out.writeBoolean(trouble != null);
    if (trouble != null) {
      out.writeLong(trouble.fromMs());
      out.writeLong(trouble.untilMs());
      out.writeBoolean(trouble.feed());
      out.writeBoolean(trouble.rest());
    }
  }

  private static @Nullable Trouble trouble(DataInputView in) throws IOException {
    return in.readBoolean()
        ? new Trouble(in.readLong(), in.readLong(), in.readBoolean(), in.readBoolean())
        : null;
  }

  private static void write(Transition change, DataOutputView out) throws IOException {
    out.writeLong(change.number());
    Wire.word(change.from(), out);
    Wire.word(change.to(), out);
    out.writeInt(change.failures());
    Wire.wordOrNone(change.failure(), out);
    out.writeBoolean(change.quiet());
    out.writeLong(change.atMs());
  }

  @Override
  KeptHealth read(int written, DataInputView in) throws IOException {
    long epochMs = in.readLong();
    HealthState state = Wire.word(HealthState.class, in);
    long sinceMs = in.readLong();
    long transitions = in.readLong();
    long changedMs = written < 4 ? sinceMs : in.readLong();
    var window =
        Wire.list(
            in, () -> new VenueHealth.Failure(in.readLong(), Wire.word(FailureReason.class, in)));
    var untold = Wire.list(in, () -> transition(written, in));
    if (written == 1) {
      in.readLong(); // the checksum
    }
    var health =
        written < 3
            ? VenueHealth.Snapshot.of(state, sinceMs, transitions, window)
            : new VenueHealth.Snapshot(
                state, sinceMs, transitions, changedMs, window, trouble(in), trouble(in));
    return new KeptHealth(epochMs, health, untold);
  }

  private static Transition transition(int written, DataInputView in) throws IOException {
    return new Transition(
        in.readLong(),
        Wire.word(HealthState.class, in),
        Wire.word(HealthState.class, in),
        in.readInt(),
        written == 1 ? failureOfVersion1(in) : Wire.wordOrNone(FailureReason.class, in),
        in.readBoolean(),
        in.readLong());
  }

  private static @Nullable FailureReason failureOfVersion1(DataInputView in) throws IOException {
    String name = Wire.text(in);
    return name.isEmpty() ? null : FailureReason.valueOf(name);
  }
}
