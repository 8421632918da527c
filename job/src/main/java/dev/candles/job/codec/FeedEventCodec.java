package dev.candles.job.codec;

import dev.candles.core.feed.ConnectionEvent;
import dev.candles.core.feed.FeedEvent;
import dev.candles.core.feed.LiveEvent;
import dev.candles.core.feed.Reject;
import dev.candles.core.feed.ReplayedParts;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** What sources emit. */
final class FeedEventCodec extends Codec<FeedEvent> {
  private static final long serialVersionUID = 1;

  private static final int LIVE = 1;
  private static final int LARGER = 2;
  private static final int REPLAY = 3;
  private static final int LINK = 4;
  private static final int REJECT = 5;
  private static final int CLOCK = 6;

  FeedEventCodec() {
    super("feed", 2, FeedEvent.class);
  }

  @Override
  void write(FeedEvent event, DataOutputView out) throws IOException {
    event.dispatch(new Writer(out));
  }

  private record Writer(DataOutputView out) implements FeedEvent.Handler<IOException> {
    @Override
    public void live(LiveEvent told) throws IOException {
      out.writeByte(LIVE);
      Codecs.LIVE.put(told, out);
    }

    @Override
    public void larger(FeedEvent.Larger told) throws IOException {
      out.writeByte(LARGER);
      Wire.stream(told.stream(), out);
      Codecs.ANNOUNCEMENT.put(told.lake(), out);
    }

    @Override
    public void replay(ReplayedParts told) throws IOException {
      out.writeByte(REPLAY);
      Codecs.REPLAYED.put(told, out);
    }

    @Override
    public void link(ConnectionEvent told) throws IOException {
      out.writeByte(LINK);
      Codecs.LINK.put(told, out);
    }

    @Override
    public void reject(Reject told) throws IOException {
      out.writeByte(REJECT);
      Codecs.REJECT.put(told, out);
    }

    @Override
    public void clockOffset(FeedEvent.ClockOffset told) throws IOException {
      out.writeByte(CLOCK);
      Wire.text(told.venue(), out);
      out.writeInt(told.reader());
      out.writeLong(told.offsetMs());
    }
  }

  @Override
  FeedEvent read(int written, DataInputView in) throws IOException {
    int tag = in.readUnsignedByte();
    return switch (tag) {
      case LIVE -> Codecs.LIVE.take(in);
      case LARGER -> new FeedEvent.Larger(Wire.stream(in), Codecs.ANNOUNCEMENT.take(in));
      case REPLAY -> Codecs.REPLAYED.take(in);
      case LINK -> Codecs.LINK.take(in);
      case REJECT -> Codecs.REJECT.take(in);
      case CLOCK -> new FeedEvent.ClockOffset(Wire.text(in), in.readInt(), in.readLong());
      default -> throw noTag(tag);
    };
  }
}
