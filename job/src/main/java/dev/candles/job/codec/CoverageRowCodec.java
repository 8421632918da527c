package dev.candles.job.codec;

import dev.candles.core.candle.Evidence;
import dev.candles.core.coverage.CoverageRow;
import dev.candles.core.coverage.IntervalState;
import dev.candles.core.coverage.Reason;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Rows of coverage, to their sink. */
final class CoverageRowCodec extends Codec<CoverageRow> {
  private static final long serialVersionUID = 1;

  CoverageRowCodec() {
    super("coverage", 1, CoverageRow.class);
  }

  @Override
  void write(CoverageRow row, DataOutputView out) throws IOException {
    Wire.stream(row.stream(), out);
    out.writeLong(row.fromMs());
    out.writeLong(row.toMs());
    Wire.word(row.state(), out);
    Wire.word(row.reason(), out);
    Wire.wordOrNone(row.evidence(), out);
    out.writeLong(row.seq());
    out.writeLong(row.atMs());
  }

  @Override
  CoverageRow read(int written, DataInputView in) throws IOException {
    return new CoverageRow(
        Wire.stream(in),
        in.readLong(),
        in.readLong(),
        Wire.word(IntervalState.class, in),
        Wire.word(Reason.class, in),
        Wire.wordOrNone(Evidence.class, in),
        in.readLong(),
        in.readLong());
  }
}
