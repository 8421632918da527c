package dev.candles.job.codec;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** A {@link Codec} as Flink wants it. Values are immutable: a copy is the value itself. */
final class CodecSerializer<T> extends TypeSerializer<T> {
  private static final long serialVersionUID = 1;

  private final Codec<T> codec;

  CodecSerializer(Codec<T> codec) {
    this.codec = codec;
  }

  @Override
  public boolean isImmutableType() {
    return true;
  }

  @Override
  public TypeSerializer<T> duplicate() {
    return this;
  }

  @Override
  public T createInstance() {
    throw new UnsupportedOperationException("no value without fields: " + codec.name());
  }

  @Override
  public T copy(T from) {
    return from;
  }

  @Override
  public T copy(T from, T reuse) {
    return from;
  }

  @Override
  public int getLength() {
    return -1;
  }

  @Override
  public void serialize(T value, DataOutputView out) throws IOException {
    codec.put(value, out);
  }

  @Override
  public T deserialize(DataInputView in) throws IOException {
    return codec.take(in);
  }

  @Override
  public T deserialize(T reuse, DataInputView in) throws IOException {
    return codec.take(in);
  }

  @Override
  public void copy(DataInputView in, DataOutputView out) throws IOException {
    codec.put(codec.take(in), out);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CodecSerializer<?> same
        && same.codec.name().equals(codec.name())
        && same.codec.version() == codec.version();
  }

  @Override
  public int hashCode() {
    return codec.name().hashCode();
  }

  @Override
  public String toString() {
    return codec.name() + " v" + codec.version();
  }

  @Override
  public TypeSerializerSnapshot<T> snapshotConfiguration() {
    return new CodecSnapshot<>(codec);
  }
}
