package dev.candles.job.codec;

import dev.candles.core.coverage.Reason;
import dev.candles.core.repair.GapState;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Gaps, as the backfill keeps them. Version 1 has the same fields, but what it says of sweeps holds
 * intervals that no answer had reached as asked in vain: of such a gap the sweep begins anew.
 */
final class GapStateCodec extends Codec<GapState> {
  private static final long serialVersionUID = 1;

  GapStateCodec() {
    super("gap", 2, GapState.class);
  }

  @Override
  void write(GapState gap, DataOutputView out) throws IOException {
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
  GapState read(int written, DataInputView in) throws IOException {
    GapState gap =
        new GapState(
            Wire.stream(in),
            in.readLong(),
            Wire.numbers(in),
            Wire.word(Reason.class, in),
            in.readLong(),
            in.readBoolean(),
            Wire.numbers(in),
            in.readInt(),
            in.readLong(),
            new GapState.Lasting(Wire.numbers(in), in.readInt(), in.readLong()),
            in.readBoolean());
    return written == 1 ? gap.unswept() : gap;
  }
}
