package dev.candles.job.codec;

import dev.candles.core.candle.StreamKey;
import dev.candles.core.coverage.Reason;
import dev.candles.core.feed.RepairEvent;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** News for backfills. */
final class RepairEventCodec extends Codec<RepairEvent> {
  private static final long serialVersionUID = 1;

  private static final int ANNOUNCED = 1;
  private static final int GAP = 2;
  private static final int RECHECK = 3;
  private static final int TRADES = 4;
  private static final int JOINED = 5;
  private static final int CONFIRM = 6;

  RepairEventCodec() {
    super("repair", 1, RepairEvent.class);
  }

  @Override
  void write(RepairEvent event, DataOutputView out) throws IOException {
    event.dispatch(new Writer(out));
  }

  private record Writer(DataOutputView out) implements RepairEvent.Handler<IOException> {
    private void begin(int tag, RepairEvent told) throws IOException {
      out.writeByte(tag);
      Wire.stream(told.stream(), out);
    }

    @Override
    public void announced(RepairEvent.Announced told) throws IOException {
      begin(ANNOUNCED, told);
      out.writeLong(told.fromMs());
      out.writeLong(told.toMs());
      Wire.numbers(told.missing(), out);
      Wire.numbers(told.givenUp(), out);
      Wire.text(told.venueSymbol(), out);
      out.writeLong(told.listedAtMs());
    }

    @Override
    public void gap(RepairEvent.Gap told) throws IOException {
      begin(GAP, told);
      Wire.numbers(told.missing(), out);
      Wire.word(told.reason(), out);
    }

    @Override
    public void confirm(RepairEvent.Confirm told) throws IOException {
      begin(CONFIRM, told);
      out.writeLong(told.fromMs());
      out.writeLong(told.toMs());
    }

    @Override
    public void recheck(RepairEvent.Reconfirm told) throws IOException {
      begin(RECHECK, told);
      out.writeLong(told.fromMs());
      out.writeLong(told.toMs());
      Wire.candle(told.candidate(), out);
    }

    @Override
    public void trades(RepairEvent.Trades told) throws IOException {
      begin(TRADES, told);
      Codecs.HOLE.put(told.hole(), out);
    }

    @Override
    public void joined(RepairEvent.Joined told) throws IOException {
      begin(JOINED, told);
      out.writeLong(told.timeMs());
      out.writeLong(told.lastId());
    }
  }

  @Override
  RepairEvent read(int written, DataInputView in) throws IOException {
    int tag = in.readUnsignedByte();
    StreamKey stream = Wire.stream(in);
    return switch (tag) {
      case ANNOUNCED ->
          new RepairEvent.Announced(
              stream,
              in.readLong(),
              in.readLong(),
              Wire.numbers(in),
              Wire.numbers(in),
              Wire.text(in),
              in.readLong());
      case GAP -> new RepairEvent.Gap(stream, Wire.numbers(in), Wire.word(Reason.class, in));
      case RECHECK ->
          new RepairEvent.Reconfirm(stream, in.readLong(), in.readLong(), Wire.candle(in));
      case TRADES -> new RepairEvent.Trades(stream, Codecs.HOLE.take(in));
      case CONFIRM -> new RepairEvent.Confirm(stream, in.readLong(), in.readLong());
      case JOINED -> new RepairEvent.Joined(stream, in.readLong(), in.readLong());
      default -> throw noTag(tag);
    };
  }
}
