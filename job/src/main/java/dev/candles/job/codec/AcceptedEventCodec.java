package dev.candles.job.codec;

import dev.candles.core.candle.Evidence;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.coverage.Reason;
import dev.candles.core.feed.AcceptedEvent;
import dev.candles.core.feed.LedgerEvent;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** What ledgers have accepted, to larger timeframes. */
final class AcceptedEventCodec extends Codec<AcceptedEvent> {
  private static final long serialVersionUID = 1;

  private static final int CANDLE = 1;
  private static final int CHANGED = 2;
  private static final int MISSING = 3;
  private static final int FILLED = 4;
  private static final int EMPTY = 5;
  private static final int UNRECOVERABLE = 6;

  AcceptedEventCodec() {
    super("accepted", 1, AcceptedEvent.class);
  }

  @Override
  void write(AcceptedEvent event, DataOutputView out) throws IOException {
    event.dispatch(new Writer(out));
  }

  private record Writer(DataOutputView out) implements AcceptedEvent.Handler<IOException> {
    private void range(int tag, AcceptedEvent told) throws IOException {
      out.writeByte(tag);
      Wire.stream(told.stream(), out);
      out.writeLong(told.fromMs());
      out.writeLong(told.toMs());
    }

    @Override
    public void candle(LedgerEvent.Final told) throws IOException {
      out.writeByte(CANDLE);
      Codecs.CANDLE.put(told.candle(), out);
    }

    @Override
    public void changed(AcceptedEvent.Changed told) throws IOException {
      out.writeByte(CHANGED);
      Codecs.CANDLE.put(told.candle(), out);
    }

    @Override
    public void missing(LedgerEvent.Missing told) throws IOException {
      range(MISSING, told);
      Wire.word(told.reason(), out);
    }

    @Override
    public void filled(LedgerEvent.Filled told) throws IOException {
      range(FILLED, told);
      Wire.word(told.evidence(), out);
    }

    @Override
    public void empty(LedgerEvent.Empty told) throws IOException {
      range(EMPTY, told);
      Wire.word(told.evidence(), out);
    }

    @Override
    public void unrecoverable(LedgerEvent.Unrecoverable told) throws IOException {
      range(UNRECOVERABLE, told);
      Wire.word(told.reason(), out);
    }
  }

  @Override
  AcceptedEvent read(int written, DataInputView in) throws IOException {
    int tag = in.readUnsignedByte();
    return switch (tag) {
      case CANDLE -> new LedgerEvent.Final(Codecs.CANDLE.take(in));
      case CHANGED -> new AcceptedEvent.Changed(Codecs.CANDLE.take(in));
      default -> range(tag, Wire.stream(in), in.readLong(), in.readLong(), in);
    };
  }

  private AcceptedEvent range(int tag, StreamKey stream, long from, long to, DataInputView in)
      throws IOException {
    return switch (tag) {
      case MISSING -> new LedgerEvent.Missing(stream, from, to, Wire.word(Reason.class, in));
      case FILLED -> new LedgerEvent.Filled(stream, from, to, Wire.word(Evidence.class, in));
      case EMPTY -> new LedgerEvent.Empty(stream, from, to, Wire.word(Evidence.class, in));
      case UNRECOVERABLE ->
          new LedgerEvent.Unrecoverable(stream, from, to, Wire.word(Reason.class, in));
      default -> throw noTag(tag);
    };
  }
}
