package dev.candles.lake.parquet.decode;

import static dev.candles.lake.parquet.decode.UnfamiliarException.require;

import java.util.Arrays;

/**
 * Parquet's hybrid of runs of one value and of groups of eight packed ones, in which levels and the
 * numbers of dictionary entries are written.
 */
final class Hybrid {
  private static final int GROUP = 8;

  private Hybrid() {}

  /**
   * Decodes exactly {@code count} values from all bytes between {@code start} and {@code end}.
   *
   * @param width bits of a value, at most 16
   * @param values takes them
   */
  static void decode(byte[] bytes, int start, int end, int width, int count, int[] values)
      throws UnfamiliarException {
    int at = start;
    int done = 0;
    while (done < count) {
      int header = 0;
      int shift = 0;
      int next;
      do {
        require(at < end && shift < Integer.SIZE - GROUP, "length of a run");
        next = bytes[at++];
        header |= (next & 0x7f) << shift;
        shift += 7;
      } while (next < 0);
      int length = header >>> 1;
      int left = count - done;
      require(length > 0, "length of a run");
      if ((header & 1) == 0) {
        int valueBytes = (width + GROUP - 1) / GROUP;
        require(length <= left && valueBytes <= end - at, "run of one value");
        int value = 0;
        for (int i = 0; i < valueBytes; i++) {
          value |= (bytes[at++] & 0xff) << (i * GROUP);
        }
        require(value >>> width == 0, "bits of a value");
        Arrays.fill(values, done, done + length, value);
        done += length;
      } else {
        require((length - 1) * GROUP < left, "run of packed values");
        require(length * width <= end - at, "run of packed values");
        int taken = Math.min(left, length * GROUP);
        unpack(bytes, at, width, taken, values, done);
        at += length * width;
        done += taken;
      }
    }
    require(at == end, "bytes behind the runs");
  }

  private static void unpack(
      byte[] bytes, int start, int width, int count, int[] values, int from) {
    int at = start;
    int bits = 0;
    int held = 0;
    int mask = (1 << width) - 1;
    for (int i = 0; i < count; i++) {
      while (held < width) {
        bits |= (bytes[at++] & 0xff) << held;
        held += GROUP;
      }
      values[from + i] = bits & mask;
      bits >>>= width;
      held -= width;
    }
  }
}
