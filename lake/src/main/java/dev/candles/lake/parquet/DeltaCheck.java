package dev.candles.lake.parquet;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.parquet.bytes.ByteBufferInputStream;
import org.apache.parquet.column.values.delta.DeltaBinaryPackingValuesReader;
import org.apache.parquet.io.ParquetDecodingException;

/** Walks values that are packed as differences, as pages of Parquet's second version have them. */
final class DeltaCheck {
  private static final int MAX_BLOCK_VALUES = 1 << 16;

  private final byte[] bytes;
  private final int values;
  private int at;

  /**
   * Of one page.
   *
   * @param start where the values begin
   * @param values how many the page has, nulls too
   */
  DeltaCheck(byte[] bytes, int start, int values) {
    this.bytes = bytes;
    this.at = start;
    this.values = values;
  }

  /** Numbers, or the lengths of texts that follow them: how many there are. */
  int numbers() {
    int block = (int) varint(Integer.SIZE);
    int parts = (int) varint(Integer.SIZE);
    int count = (int) varint(Integer.SIZE);
    require(block > 0 && block <= MAX_BLOCK_VALUES && parts > 0, "size of its blocks");
    int part = block / parts;
    require(part * parts == block && part > 0 && part % Byte.SIZE == 0, "size of its blocks");
    require(count >= 0 && count <= values, "number of its values");
    long unused = varint(Long.SIZE);
    for (int seen = 1; seen < count; ) {
      unused = varint(Long.SIZE);
      int widths = at;
      at += parts;
      require(at <= bytes.length, "end of its blocks");
      for (int i = 0; i < parts && seen < count; i++, seen += part) {
        int width = bytes[widths + i] & 0xff;
        require(width <= Long.SIZE, "width of its values");
        at += part / Byte.SIZE * width;
        require(at <= bytes.length, "end of its blocks");
      }
    }
    return count;
  }

  /** Texts of which each takes over the beginning of the one before. */
  void texts() {
    int start = at;
    int count = numbers();
    int middle = at;
    require(numbers() == count, "number of its values");
    DeltaBinaryPackingValuesReader taken = reader(start, middle);
    DeltaBinaryPackingValuesReader added = reader(middle, at);
    long left = (long) bytes.length - at;
    long length = 0;
    for (int i = 0; i < count; i++) {
      int from = taken.readInteger();
      int more = added.readInteger();
      require(from >= 0 && from <= length && more >= 0 && more <= left, "length of a text");
      left -= more;
      length = from + (long) more;
    }
  }

  private DeltaBinaryPackingValuesReader reader(int from, int to) {
    try {
      DeltaBinaryPackingValuesReader reader = new DeltaBinaryPackingValuesReader();
      reader.initFromPage(
          values, ByteBufferInputStream.wrap(ByteBuffer.wrap(bytes, from, to - from).slice()));
      return reader;
    } catch (IOException e) {
      throw new ParquetDecodingException("page of differences cannot be right", e);
    }
  }

  private long varint(int bits) {
    long value = 0;
    for (int shift = 0; shift < bits && at < bytes.length; shift += 7) {
      int next = bytes[at++];
      value |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new ParquetDecodingException("page of differences cannot be right: end of a number");
  }

  private static void require(boolean right, String what) {
    if (!right) {
      throw new ParquetDecodingException("page of differences cannot be right: " + what);
    }
  }
}
