package dev.candles.job.codec;

import dev.candles.core.finality.TradeJoin;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** How far a chain of trade ids reaches. */
final class JointCodec extends Codec<TradeJoin.Joint> {
  private static final long serialVersionUID = 1;

  JointCodec() {
    super("joint", 1, TradeJoin.Joint.class);
  }

  @Override
  void write(TradeJoin.Joint joint, DataOutputView out) throws IOException {
    out.writeLong(joint.toMs());
    out.writeLong(joint.lastId());
  }

  @Override
  TradeJoin.Joint read(int written, DataInputView in) throws IOException {
    return new TradeJoin.Joint(in.readLong(), in.readLong());
  }
}
