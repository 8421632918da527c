package dev.candles.lake.parquet.decode;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Numbers in bytes, the lowest first. The caller has made sure that they are there. */
final class Little {
  private Little() {}

  static int intAt(byte[] bytes, int at) {
    return (bytes[at] & 0xff)
        | ((bytes[at + 1] & 0xff) << 8)
        | ((bytes[at + 2] & 0xff) << 16)
        | (bytes[at + 3] << 24);
  }

  static long longAt(byte[] bytes, int at) {
    return (intAt(bytes, at) & 0xffffffffL) | ((long) intAt(bytes, at + Integer.BYTES) << 32);
  }

  /** From {@code at} on. Copied as a whole, which is fast also where little is compiled. */
  static ByteBuffer from(byte[] bytes, int at) {
    return ByteBuffer.wrap(bytes, at, bytes.length - at).slice().order(ByteOrder.LITTLE_ENDIAN);
  }
}
