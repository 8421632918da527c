package dev.candles.sources.source.enumerator;

import org.apache.flink.core.io.SimpleVersionedSerializer;

/** Writes nothing and reads nothing, in any version. */
public final class EnumeratorStateSerializer implements SimpleVersionedSerializer<EnumeratorState> {
  @Override
  public int getVersion() {
    return 1;
  }

  @Override
  public byte[] serialize(EnumeratorState state) {
    return new byte[0];
  }

  @Override
  public EnumeratorState deserialize(int version, byte[] serialized) {
    return new EnumeratorState();
  }
}
