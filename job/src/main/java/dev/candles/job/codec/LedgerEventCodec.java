package dev.candles.job.codec;

import dev.candles.core.feed.AcceptedEvent;
import dev.candles.core.feed.LedgerEvent;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** News for ledgers; what a ledger may also accept is written as {@link AcceptedEventCodec}. */
final class LedgerEventCodec extends Codec<LedgerEvent> {
  private static final long serialVersionUID = 1;

  private static final int ANNOUNCED = 1;
  private static final int OTHER = 2;

  LedgerEventCodec() {
    super("ledger", 1, LedgerEvent.class);
  }

  @Override
  void write(LedgerEvent event, DataOutputView out) throws IOException {
    event.dispatch(new Writer(out));
  }

  private record Writer(DataOutputView out) implements LedgerEvent.Handler<IOException> {
    @Override
    public void announced(LedgerEvent.Announced told) throws IOException {
      out.writeByte(ANNOUNCED);
      Wire.stream(told.stream(), out);
      Codecs.ANNOUNCEMENT.put(told.lake(), out);
    }

    private void other(AcceptedEvent told) throws IOException {
      out.writeByte(OTHER);
      Codecs.ACCEPTED.put(told, out);
    }

    @Override
    public void candle(LedgerEvent.Final told) throws IOException {
      other(told);
    }

    @Override
    public void missing(LedgerEvent.Missing told) throws IOException {
      other(told);
    }

    @Override
    public void filled(LedgerEvent.Filled told) throws IOException {
      other(told);
    }

    @Override
    public void empty(LedgerEvent.Empty told) throws IOException {
      other(told);
    }

    @Override
    public void unrecoverable(LedgerEvent.Unrecoverable told) throws IOException {
      other(told);
    }
  }

  @Override
  LedgerEvent read(int written, DataInputView in) throws IOException {
    int tag = in.readUnsignedByte();
    if (tag == ANNOUNCED) {
      return new LedgerEvent.Announced(Wire.stream(in), Codecs.ANNOUNCEMENT.take(in));
    }
    if (tag == OTHER && Codecs.ACCEPTED.take(in) instanceof LedgerEvent told) {
      return told;
    }
    throw noTag(tag);
  }
}
