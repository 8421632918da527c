package dev.candles.job.codec;

import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;

/** A type whose values are written by a {@link Codec}. */
final class CodecType<T> extends TypeInformation<T> {
  private static final long serialVersionUID = 1;

  private final Codec<T> codec;

  CodecType(Codec<T> codec) {
    this.codec = codec;
  }

  @Override
  public TypeSerializer<T> createSerializer(SerializerConfig config) {
    return codec.serializer();
  }

  @Override
  public Class<T> getTypeClass() {
    return codec.type();
  }

  @Override
  public boolean isBasicType() {
    return false;
  }

  @Override
  public boolean isTupleType() {
    return false;
  }

  @Override
  public int getArity() {
    return 1;
  }

  @Override
  public int getTotalFields() {
    return 1;
  }

  @Override
  public boolean isKeyType() {
    return false;
  }

  @Override
  public boolean canEqual(Object other) {
    return other instanceof CodecType;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CodecType<?> type && type.codec.name().equals(codec.name());
  }

  @Override
  public int hashCode() {
    return codec.name().hashCode();
  }

  @Override
  public String toString() {
    return codec.name();
  }
}
