package dev.candles.job.codec;

import dev.candles.core.candle.Evidence;
import dev.candles.core.finality.Version;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Versions of candles, as finalizer and ledger remember them. */
final class VersionCodec extends Codec<Version> {
  private static final long serialVersionUID = 1;

  VersionCodec() {
    super("version", 1, Version.class);
  }

  @Override
  void write(Version version, DataOutputView out) throws IOException {
    Wire.prices(version.prices(), out);
    Wire.volumes(version.volumes(), out);
    Wire.trades(version.trades(), out);
    Wire.word(version.evidence(), out);
    out.writeInt(version.revision());
  }

  @Override
  Version read(int written, DataInputView in) throws IOException {
    return new Version(
        Wire.prices(in),
        Wire.volumes(in),
        Wire.trades(in),
        Wire.word(Evidence.class, in),
        in.readInt());
  }
}
