package dev.candles.job.codec;

import dev.candles.core.feed.ReplayedParts;
import dev.candles.core.feed.RollupEvent;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** News for rollups. */
final class RollupEventCodec extends Codec<RollupEvent> {
  private static final long serialVersionUID = 1;

  private static final int ANNOUNCED = 1;
  private static final int REPLAY = 2;
  private static final int BASE = 3;

  RollupEventCodec() {
    super("rollup", 1, RollupEvent.class);
  }

  @Override
  void write(RollupEvent event, DataOutputView out) throws IOException {
    event.dispatch(new Writer(out));
  }

  private record Writer(DataOutputView out) implements RollupEvent.Handler<IOException> {
    @Override
    public void announced(RollupEvent.Announced told) throws IOException {
      out.writeByte(ANNOUNCED);
      Wire.stream(told.stream(), out);
    }

    @Override
    public void replay(ReplayedParts told) throws IOException {
      out.writeByte(REPLAY);
      Codecs.REPLAYED.put(told, out);
    }

    @Override
    public void base(RollupEvent.Base told) throws IOException {
      out.writeByte(BASE);
      Wire.stream(told.stream(), out);
      Codecs.ACCEPTED.put(told.accepted(), out);
    }
  }

  @Override
  RollupEvent read(int written, DataInputView in) throws IOException {
    int tag = in.readUnsignedByte();
    return switch (tag) {
      case ANNOUNCED -> new RollupEvent.Announced(Wire.stream(in));
      case REPLAY -> Codecs.REPLAYED.take(in);
      case BASE -> new RollupEvent.Base(Wire.stream(in), Codecs.ACCEPTED.take(in));
      default -> throw noTag(tag);
    };
  }
}
