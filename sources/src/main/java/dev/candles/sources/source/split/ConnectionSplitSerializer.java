package dev.candles.sources.source.split;

import dev.candles.core.candle.Market;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/** Version 2: venue, connection, its time, number of markets, then the three fields of each. */
public final class ConnectionSplitSerializer implements SimpleVersionedSerializer<ConnectionSplit> {
  private static final int VERSION = 2;

  @Override
  public int getVersion() {
    return VERSION;
  }

  @Override
  public byte[] serialize(ConnectionSplit split) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeUTF(split.venue());
      out.writeInt(split.connection());
      out.writeLong(split.venueMs());
      out.writeInt(split.markets().size());
      for (Market market : split.markets()) {
        out.writeUTF(market.symbol());
        out.writeUTF(market.venueSymbol());
        out.writeLong(market.listedAtMs());
      }
    }
    return bytes.toByteArray();
  }

  @Override
  public ConnectionSplit deserialize(int version, byte[] serialized) throws IOException {
    if (version != VERSION) {
      throw new IOException("unknown version of a split: version=" + version);
    }
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(serialized))) {
      String venue = in.readUTF();
      int connection = in.readInt();
      long venueMs = in.readLong();
      int count = in.readInt();
      List<Market> markets = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        markets.add(new Market(in.readUTF(), in.readUTF(), in.readLong()));
      }
      return new ConnectionSplit(venue, connection, markets, venueMs);
    }
  }
}
