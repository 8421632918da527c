package dev.candles.job.codec;

import dev.candles.core.coverage.Reason;
import dev.candles.core.repair.OpenGap;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Gaps, as the backfill keeps them. */
final class OpenGapCodec extends Codec<OpenGap> {
  private static final long serialVersionUID = 1;

  OpenGapCodec() {
    super("gap", 1, OpenGap.class);
  }

  @Override
  void write(OpenGap gap, DataOutputView out) throws IOException {
    Wire.stream(gap.stream(), out);
    out.writeLong(gap.dayMs());
    Wire.numbers(gap.missing(), out);
    Wire.word(gap.reason(), out);
    out.writeLong(gap.cursorMs());
    out.writeBoolean(gap.progress());
    Wire.numbers(gap.sweepLeft(), out);
    out.writeInt(gap.attempts());
    out.writeLong(gap.nextTryMs());
    Wire.numbers(gap.stuck().set(), out);
    out.writeInt(gap.stuck().sweeps());
    out.writeLong(gap.stuck().sinceMs());
    out.writeBoolean(gap.givenUp());
  }

  @Override
  OpenGap read(int written, DataInputView in) throws IOException {
    return new OpenGap(
        Wire.stream(in),
        in.readLong(),
        Wire.numbers(in),
        Wire.word(Reason.class, in),
        in.readLong(),
        in.readBoolean(),
        Wire.numbers(in),
        in.readInt(),
        in.readLong(),
        new OpenGap.Lasting(Wire.numbers(in), in.readInt(), in.readLong()),
        in.readBoolean());
  }
}
