package dev.candles.lake.parquet;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.io.ParquetDecodingException;

/**
 * Walks the bytes of an unpacked page of a flat column as far as they say how many values follow.
 * An encoding that is not known here is refused.
 */
final class PageCheck {
  private static final int MAX_BIT_WIDTH = 32;

  /** Values are packed by eights, and a writer may fill up more than that. */
  private static final int MAX_PADDING = 1_024;

  private final byte[] bytes;
  private final int values;
  private int at;

  /**
   * Of one page or a part of it.
   *
   * @param values how many it has, nulls too
   */
  PageCheck(byte[] bytes, int values) {
    this.bytes = bytes;
    this.values = values;
  }

  /** Passes over levels, which say where nulls are: none if {@code max} is zero. */
  void levels(Encoding encoding, int max) {
    switch (encoding) {
      case RLE -> {
        if (max > 0) {
          measuredRuns();
        }
      }
      case BIT_PACKED -> at += max > 0 ? (values + 7) / 8 : 0;
      default -> throw new ParquetDecodingException("levels are not read here: " + encoding);
    }
  }

  /** The values, up to the end of the page. */
  void values(Encoding encoding) {
    switch (encoding) {
      case PLAIN, BYTE_STREAM_SPLIT -> {
        // no number of values in them
      }
      case RLE -> measuredRuns();
      case PLAIN_DICTIONARY, RLE_DICTIONARY -> numbers();
      case DELTA_BINARY_PACKED, DELTA_LENGTH_BYTE_ARRAY -> {
        int unused = new DeltaCheck(bytes, at, values).numbers();
      }
      case DELTA_BYTE_ARRAY -> new DeltaCheck(bytes, at, values).texts();
      default -> throw new ParquetDecodingException("encoding is not read here: " + encoding);
    }
  }

  /** Numbers of the dictionary's values. */
  private void numbers() {
    if (at < bytes.length) {
      int width = bytes[at++] & 0xff;
      if (width > MAX_BIT_WIDTH) {
        throw new ParquetDecodingException("numbers are too wide: bits=" + width);
      }
      runs(bytes.length, width);
    }
  }

  /** Runs of one bit, of which the length comes first. */
  private void measuredRuns() {
    int left = bytes.length - at - Integer.BYTES;
    int length = left < 0 ? -1 : ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(at);
    if (length < 0 || length > left) {
      throw new ParquetDecodingException("runs are longer than their page: bytes=" + length);
    }
    at += Integer.BYTES;
    int end = at + length;
    runs(end, 1);
    at = end;
  }

  /** Runs up to {@code end}, each either of one value or of packed ones. */
  void runs(int end, int width) {
    long seen = 0;
    while (seen < values && at < end) {
      int header = varint(end);
      long count = (header & 0xffff_ffffL) >>> 1;
      if ((header & 1) == 0) {
        seen += count;
        at += (width + 7) / 8;
        continue;
      }
      if (count * 8 > values + MAX_PADDING) {
        throw new ParquetDecodingException(
            "run has more values than its page: run=" + count * 8 + ", page=" + values);
      }
      seen += count * 8;
      at += (int) count * width;
    }
  }

  private int varint(int end) {
    int value = 0;
    for (int shift = 0; shift < Integer.SIZE && at < end; shift += 7) {
      int next = bytes[at++];
      value |= (next & 0x7f) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new ParquetDecodingException("run has no end of its number");
  }
}
