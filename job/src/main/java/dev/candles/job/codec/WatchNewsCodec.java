package dev.candles.job.codec;

import dev.candles.core.watch.WatchNews;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** News of what is watched. */
final class WatchNewsCodec extends Codec<WatchNews> {
  private static final long serialVersionUID = 1;

  private static final int GAPS = 1;
  private static final int CLOCK = 2;

  WatchNewsCodec() {
    super("watch-news", 1, WatchNews.class);
  }

  @Override
  void write(WatchNews news, DataOutputView out) throws IOException {
    news.dispatch(new Writer(out));
  }

  private record Writer(DataOutputView out) implements WatchNews.Handler<IOException> {
    @Override
    public void gaps(WatchNews.Gaps told) throws IOException {
      out.writeByte(GAPS);
      Wire.text(told.venue(), out);
      Wire.text(told.stream(), out);
      out.writeLong(told.beforeMs());
      out.writeLong(told.beforeEndMs());
      out.writeLong(told.progressMs());
      out.writeLong(told.laterMs());
      out.writeLong(told.sinceMs());
    }

    @Override
    public void clock(WatchNews.Clock told) throws IOException {
      out.writeByte(CLOCK);
      Wire.text(told.venue(), out);
      out.writeInt(told.reader());
      out.writeLong(told.offsetMs());
    }
  }

  @Override
  WatchNews read(int written, DataInputView in) throws IOException {
    int tag = in.readUnsignedByte();
    return switch (tag) {
      case GAPS ->
          new WatchNews.Gaps(
              Wire.text(in),
              Wire.text(in),
              in.readLong(),
              in.readLong(),
              in.readLong(),
              in.readLong(),
              in.readLong());
      case CLOCK -> new WatchNews.Clock(Wire.text(in), in.readInt(), in.readLong());
      default -> throw noTag(tag);
    };
  }
}
