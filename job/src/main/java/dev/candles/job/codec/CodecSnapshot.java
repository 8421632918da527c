package dev.candles.job.codec;

import java.io.IOException;
import java.util.Locale;
import java.util.Objects;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/**
 * What a savepoint says of the codec that wrote a state: its name and version. Each value carries
 * its version too, so a later version reads what is there as it is. The name of this class is in
 * every savepoint.
 */
public final class CodecSnapshot<T> implements TypeSerializerSnapshot<T> {
  private static final int LAYOUT = 1;

  private @Nullable Codec<T> codec;
  private int written;

  /** Flink's, to be read into. */
  public CodecSnapshot() {}

  CodecSnapshot(Codec<T> codec) {
    this.codec = codec;
    this.written = codec.version();
  }

  private Codec<T> codec() {
    return Objects.requireNonNull(codec, "not read yet");
  }

  @Override
  public int getCurrentVersion() {
    return LAYOUT;
  }

  @Override
  public void writeSnapshot(DataOutputView out) throws IOException {
    out.writeUTF(codec().name());
    out.writeInt(written);
  }

  /**
   * Reads it.
   *
   * @throws UnreadableStateException if this build does not have that codec, or not that version
   */
  @Override
  @SuppressWarnings("unchecked") // who asks for the state knows its type by the codec's name
  public void readSnapshot(int layout, DataInputView in, ClassLoader loader) throws IOException {
    if (layout != LAYOUT) {
      throw new UnreadableStateException(
          String.format(
              Locale.ROOT, "a layout has version %d, this build knows %d", layout, LAYOUT));
    }
    codec = (Codec<T>) Codecs.byName(in.readUTF());
    written = in.readInt();
    codec().requireKnown(written);
  }

  @Override
  public TypeSerializer<T> restoreSerializer() {
    return codec().serializer();
  }

  @Override
  public TypeSerializerSchemaCompatibility<T> resolveSchemaCompatibility(
      TypeSerializerSnapshot<T> old) {
    boolean reads =
        old instanceof CodecSnapshot<T> before
            && before.codec().name().equals(codec().name())
            && before.written <= codec().version();
    return reads
        ? TypeSerializerSchemaCompatibility.compatibleAsIs()
        : TypeSerializerSchemaCompatibility.incompatible();
  }
}
