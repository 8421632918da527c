package dev.candles.job.codec;

import dev.candles.core.feed.LinkMark;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** What happened to connections. */
final class LinkMarkCodec extends Codec<LinkMark> {
  private static final long serialVersionUID = 1;

  LinkMarkCodec() {
    super("link", 1, LinkMark.class);
  }

  @Override
  void write(LinkMark mark, DataOutputView out) throws IOException {
    Wire.text(mark.venue(), out);
    out.writeInt(mark.connection());
    out.writeBoolean(mark.live());
    out.writeLong(mark.atMs());
    Wire.text(mark.error(), out);
  }

  @Override
  LinkMark read(int written, DataInputView in) throws IOException {
    return new LinkMark(
        Wire.text(in), in.readInt(), in.readBoolean(), in.readLong(), Wire.text(in));
  }
}
