package dev.candles.job.codec;

import dev.candles.core.feed.ConnectionEvent;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** What happened to connections. */
final class ConnectionEventCodec extends Codec<ConnectionEvent> {
  private static final long serialVersionUID = 1;

  ConnectionEventCodec() {
    super("link", 1, ConnectionEvent.class);
  }

  @Override
  void write(ConnectionEvent mark, DataOutputView out) throws IOException {
    Wire.text(mark.venue(), out);
    out.writeInt(mark.connection());
    out.writeBoolean(mark.live());
    out.writeLong(mark.atMs());
    Wire.text(mark.error(), out);
  }

  @Override
  ConnectionEvent read(int written, DataInputView in) throws IOException {
    return new ConnectionEvent(
        Wire.text(in), in.readInt(), in.readBoolean(), in.readLong(), Wire.text(in));
  }
}
