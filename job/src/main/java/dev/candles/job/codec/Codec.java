package dev.candles.job.codec;

import java.io.EOFException;
import java.io.IOException;
import java.io.Serializable;
import java.io.UTFDataFormatException;
import java.io.UncheckedIOException;
import java.util.Locale;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.core.memory.DataOutputView;

/**
 * How values of one immutable type are written: a byte that is the version, then what {@link
 * #write} writes. A field that comes or goes, or means something else, is a new version; {@link
 * #read} is told which one it reads and goes on reading all earlier ones, so state is never
 * rewritten.
 *
 * @param <T> the type; nobody changes a value after it was made
 */
public abstract class Codec<T> implements Serializable {
  private static final long serialVersionUID = 1;

  private final String name;
  private final int version;
  private final Class<T> type;

  /**
   * @param name what savepoints call it, for ever
   * @param version what is written, from 1 to 255
   */
  Codec(String name, int version, Class<T> type) {
    this.name = name;
    this.version = version;
    this.type = type;
  }

  final String name() {
    return name;
  }

  final int version() {
    return version;
  }

  final Class<T> type() {
    return type;
  }

  /** The type of an edge or of a state. */
  public final TypeInformation<T> information() {
    return new CodecType<>(this);
  }

  /** For a state. */
  public final TypeSerializer<T> serializer() {
    return new CodecSerializer<>(this);
  }

  /** Writes the fields of the current version. */
  abstract void write(T value, DataOutputView out) throws IOException;

  /**
   * Reads the fields of a version.
   *
   * @param written from 1 to the current one
   */
  abstract T read(int written, DataInputView in) throws IOException;

  /** Writes a value with its version. */
  final void put(T value, DataOutputView out) throws IOException {
    out.writeByte(version);
    write(value, out);
  }

  /**
   * Reads a value of any known version.
   *
   * @throws UnreadableStateException if it is of another one, or no such value
   */
  final T take(DataInputView in) throws IOException {
    try {
      int written = in.readUnsignedByte();
      requireKnown(written);
      return read(written, in);
    } catch (EOFException | UTFDataFormatException | IllegalArgumentException e) {
      throw new UnreadableStateException(
          String.format(Locale.ROOT, "'%s' is damaged: %s", name, e.getMessage()));
    }
  }

  /**
   * A value with its version as bytes, for a state that is passed over where it cannot be read:
   * Flink fails the job for a value of {@link #information}.
   */
  public final byte[] bytes(T value) {
    DataOutputSerializer out = new DataOutputSerializer(128);
    try {
      put(value, out);
    } catch (IOException e) {
      throw new UncheckedIOException("nothing in memory fails", e);
    }
    return out.getCopyOfBuffer();
  }

  /**
   * Reads what {@link #bytes} of any known version wrote.
   *
   * @throws UnreadableStateException if it is of another one, or no such value
   */
  public final T of(byte[] bytes) throws IOException {
    DataInputDeserializer in = new DataInputDeserializer(bytes);
    T value = take(in);
    if (in.available() > 0) {
      throw new UnreadableStateException(
          String.format(Locale.ROOT, "'%s' is damaged: %d bytes too many", name, in.available()));
    }
    return value;
  }

  /** Refuses what no build up to this one has written. */
  final void requireKnown(int written) throws UnreadableStateException {
    if (written < 1 || written > version) {
      throw new UnreadableStateException(
          String.format(
              Locale.ROOT,
              "'%s' has version %d, this build knows those up to %d",
              name,
              written,
              version));
    }
  }

  /** For a tag that {@link #read} does not know. */
  final UnreadableStateException noTag(int tag) {
    return new UnreadableStateException(
        String.format(Locale.ROOT, "'%s' is of kind %d, which is none", name, tag));
  }
}
