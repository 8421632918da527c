package dev.candles.job.codec;

import dev.candles.core.candle.StreamKey;
import dev.candles.core.feed.CompletedInterval;
import dev.candles.core.feed.EmptyInterval;
import dev.candles.core.feed.LiveEvent;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** News of base streams, to the finalizer. */
final class LiveEventCodec extends Codec<LiveEvent> {
  private static final long serialVersionUID = 1;

  private static final int ANNOUNCED = 1;
  private static final int FOLD = 2;
  private static final int SILENT = 3;
  private static final int LATE = 4;
  private static final int CLOCK = 5;
  private static final int INTERRUPTED = 6;

  LiveEventCodec() {
    super("live", 1, LiveEvent.class);
  }

  @Override
  void write(LiveEvent event, DataOutputView out) throws IOException {
    event.dispatch(new Writer(out));
  }

  private record Writer(DataOutputView out) implements LiveEvent.Handler<IOException> {
    private void begin(int tag, LiveEvent told) throws IOException {
      out.writeByte(tag);
      Wire.stream(told.stream(), out);
    }

    @Override
    public void announced(LiveEvent.Announced told) throws IOException {
      begin(ANNOUNCED, told);
      Codecs.ANNOUNCEMENT.put(told.lake(), out);
    }

    @Override
    public void fold(CompletedInterval told) throws IOException {
      out.writeByte(FOLD);
      Codecs.CANDLE.put(told.candle(), out);
      out.writeBoolean(told.venueClosed());
      out.writeBoolean(told.openedHere());
    }

    @Override
    public void silent(LiveEvent.Silent told) throws IOException {
      begin(SILENT, told);
      out.writeLong(told.endMs());
      out.writeLong(told.quiet().lastTradeId());
      out.writeBoolean(told.quiet().openedHere());
    }

    @Override
    public void late(LiveEvent.Late told) throws IOException {
      begin(LATE, told);
      Codecs.HOLE.put(told.hole(), out);
    }

    @Override
    public void clock(LiveEvent.Clock told) throws IOException {
      begin(CLOCK, told);
      out.writeLong(told.endMs());
    }

    @Override
    public void interrupted(LiveEvent.Interrupted told) throws IOException {
      begin(INTERRUPTED, told);
      out.writeLong(told.sinceMs());
    }
  }

  @Override
  LiveEvent read(int written, DataInputView in) throws IOException {
    int tag = in.readUnsignedByte();
    if (tag == FOLD) {
      return new CompletedInterval(Codecs.CANDLE.take(in), in.readBoolean(), in.readBoolean());
    }
    StreamKey stream = Wire.stream(in);
    return switch (tag) {
      case ANNOUNCED -> new LiveEvent.Announced(stream, Codecs.ANNOUNCEMENT.take(in));
      case SILENT ->
          new LiveEvent.Silent(
              stream, in.readLong(), new EmptyInterval(in.readLong(), in.readBoolean()));
      case LATE -> new LiveEvent.Late(stream, Codecs.HOLE.take(in));
      case CLOCK -> new LiveEvent.Clock(stream, in.readLong());
      case INTERRUPTED -> new LiveEvent.Interrupted(stream, in.readLong());
      default -> throw noTag(tag);
    };
  }
}
