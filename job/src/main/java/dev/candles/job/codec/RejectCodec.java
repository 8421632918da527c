package dev.candles.job.codec;

import dev.candles.core.candle.RejectReason;
import dev.candles.core.feed.Reject;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** What was not believed. */
final class RejectCodec extends Codec<Reject> {
  private static final long serialVersionUID = 1;

  RejectCodec() {
    super("reject", 1, Reject.class);
  }

  @Override
  void write(Reject reject, DataOutputView out) throws IOException {
    out.writeLong(reject.atMs());
    Wire.text(reject.venue(), out);
    Wire.text(reject.symbol(), out);
    Wire.text(reject.channel(), out);
    Wire.word(reject.reason(), out);
    Wire.text(reject.detail(), out);
    Wire.text(reject.frame(), out);
  }

  @Override
  Reject read(int written, DataInputView in) throws IOException {
    return new Reject(
        in.readLong(),
        Wire.text(in),
        Wire.text(in),
        Wire.text(in),
        Wire.word(RejectReason.class, in),
        Wire.text(in),
        Wire.text(in));
  }
}
