package dev.candles.lake.parquet.decode;

import static dev.candles.lake.parquet.decode.UnfamiliarException.require;

import java.nio.charset.StandardCharsets;

/**
 * Reads Thrift's compact protocol, in which Parquet writes footers and page headers, as far as our
 * writer uses it: fields ascend and have the type that is asked for. Never reads beyond its end;
 * allocates no more than there are bytes.
 */
final class CompactReader {
  /** In the place of a field's number: the struct has no more. */
  static final int STOP = 0;

  static final int BINARY = 8;
  static final int STRUCT = 12;
  static final int I32 = 5;
  private static final int TRUE = 1;
  private static final int FALSE = 2;
  private static final int I16 = 4;
  private static final int I64 = 6;
  private static final int LIST = 9;
  private static final int LONG_FORM = 15;

  private final byte[] bytes;
  private final int end;
  private int at;
  private int type;

  /** Reads the bytes from {@code start} to {@code end}, exclusive. */
  CompactReader(byte[] bytes, int start, int end) {
    this.bytes = bytes;
    this.at = start;
    this.end = end;
  }

  /** A set of field numbers. */
  static int bits(int... ids) {
    int bits = 0;
    for (int id : ids) {
      bits |= 1 << id;
    }
    return bits;
  }

  /** Where the next byte is. */
  int position() {
    return at;
  }

  /** The number of a struct's next field after the one of number {@code last}. */
  int field(int last) throws UnfamiliarException {
    int header = next();
    if (header == STOP) {
      return STOP;
    }
    int delta = header >>> 4;
    require(delta != 0, "field out of order");
    type = header & 0xf;
    return last + delta;
  }

  /** The value of the field just named. */
  int int32() throws UnfamiliarException {
    expect(I32);
    return elementInt32();
  }

  /** The value of the field just named. */
  long int64() throws UnfamiliarException {
    expect(I64);
    return elementInt64();
  }

  /** The value of the field just named. */
  void int16() throws UnfamiliarException {
    expect(I16);
    int unused = elementInt32();
  }

  /** The value of the field just named. */
  void bool() throws UnfamiliarException {
    require(type == TRUE || type == FALSE, "type of a field");
  }

  /** The length of the field just named, whose bytes follow at {@link #position}. */
  int binary() throws UnfamiliarException {
    expect(BINARY);
    return elementBinary();
  }

  /** The value of the field just named. */
  String text() throws UnfamiliarException {
    int length = binary();
    String text = new String(bytes, at, length, StandardCharsets.UTF_8);
    at += length;
    return text;
  }

  /** Enters the field just named, a struct. */
  void struct() throws UnfamiliarException {
    expect(STRUCT);
  }

  /** Enters the field just named: how many elements of a type the list has. */
  int list(int elementType) throws UnfamiliarException {
    expect(LIST);
    int header = next();
    require((header & 0xf) == elementType, "type of a list");
    int size = header >>> 4;
    if (size == LONG_FORM) {
      size = varint32();
    }
    require(size >= 0 && size <= end - at, "length of a list"); // each has a byte at least
    return size;
  }

  /** A list of longs, none of which matters. */
  void skipLongs() throws UnfamiliarException {
    int size = list(I64);
    for (int i = 0; i < size; i++) {
      long unused = elementInt64();
    }
  }

  int elementInt32() throws UnfamiliarException {
    int raw = varint32();
    return (raw >>> 1) ^ -(raw & 1);
  }

  private long elementInt64() throws UnfamiliarException {
    long raw = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      int next = next();
      raw |= (long) (next & 0x7f) << shift;
      if (next < 0x80) {
        return (raw >>> 1) ^ -(raw & 1);
      }
    }
    throw new UnfamiliarException("a long of too many bytes");
  }

  private int elementBinary() throws UnfamiliarException {
    int length = varint32();
    require(length >= 0 && length <= end - at, "length of a text");
    return length;
  }

  /** Whether a text that is ASCII comes next; it is passed over if so. */
  boolean elementIs(String text) throws UnfamiliarException {
    int length = elementBinary();
    if (length != text.length()) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (bytes[at + i] != text.charAt(i)) {
        return false;
      }
    }
    at += length;
    return true;
  }

  /** Passes over bytes that {@link #binary} has measured. */
  void skip(int length) {
    at += length;
  }

  private int varint32() throws UnfamiliarException {
    int raw = 0;
    for (int shift = 0; shift < Integer.SIZE; shift += 7) {
      int next = next();
      raw |= (next & 0x7f) << shift;
      if (next < 0x80) {
        return raw;
      }
    }
    throw new UnfamiliarException("an integer of too many bytes");
  }

  private void expect(int wanted) throws UnfamiliarException {
    require(type == wanted, "type of a field");
  }

  private int next() throws UnfamiliarException {
    require(at < end, "end of a struct");
    return bytes[at++] & 0xff;
  }
}
