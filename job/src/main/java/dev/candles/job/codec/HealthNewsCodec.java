package dev.candles.job.codec;

import dev.candles.core.health.HealthNews;
import dev.candles.core.health.HealthState;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** News for the health check. */
final class HealthNewsCodec extends Codec<HealthNews> {
  private static final long serialVersionUID = 1;

  private static final int STANDING = 1;
  private static final int COUNTED = 2;

  HealthNewsCodec() {
    super("health-news", 1, HealthNews.class);
  }

  @Override
  void write(HealthNews news, DataOutputView out) throws IOException {
    news.dispatch(new Writer(out));
  }

  private record Writer(DataOutputView out) implements HealthNews.Handler<IOException> {
    @Override
    public void standing(HealthNews.Standing told) throws IOException {
      out.writeByte(STANDING);
      Wire.text(told.venue(), out);
      Wire.word(told.state(), out);
      out.writeBoolean(told.connected());
    }

    @Override
    public void counted(HealthNews.Counted told) throws IOException {
      out.writeByte(COUNTED);
      Wire.text(told.venue(), out);
      out.writeInt(told.received());
      out.writeInt(told.written());
    }
  }

  @Override
  HealthNews read(int written, DataInputView in) throws IOException {
    int tag = in.readUnsignedByte();
    return switch (tag) {
      case STANDING ->
          new HealthNews.Standing(
              Wire.text(in), Wire.word(HealthState.class, in), in.readBoolean());
      case COUNTED -> new HealthNews.Counted(Wire.text(in), in.readInt(), in.readInt());
      default -> throw noTag(tag);
    };
  }
}
