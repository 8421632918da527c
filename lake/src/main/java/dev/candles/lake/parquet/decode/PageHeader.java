package dev.candles.lake.parquet.decode;

import static dev.candles.lake.parquet.decode.CompactReader.bits;
import static dev.candles.lake.parquet.decode.UnfamiliarException.require;

/**
 * What stands before a page.
 *
 * @param type {@link #DATA_PAGE} or {@link #DICTIONARY_PAGE}
 * @param plainBytes its length when it is unpacked
 * @param packedBytes its length in the file
 * @param crc of the packed bytes
 * @param values how many values it has, nulls too
 * @param encoding of the values
 * @param start of the packed bytes, in the file
 */
record PageHeader(
    int type, int plainBytes, int packedBytes, int crc, int values, int encoding, int start) {
  static final int DATA_PAGE = 0;
  static final int DICTIONARY_PAGE = 2;
  static final int PLAIN = 0;
  static final int PLAIN_DICTIONARY = 2;
  static final int RLE = 3;
  static final int BIT_PACKED = 4;

  /** A page of ours has at most a few hundred kilobytes. */
  private static final int MAX_BYTES = 1 << 20;

  /** Reads the header at {@code start} of a chunk that ends at {@code end}. */
  static PageHeader read(byte[] file, int start, int end, ColumnSpec column)
      throws UnfamiliarException {
    CompactReader in = new CompactReader(file, start, end);
    int type = -1;
    int plain = -1;
    int packed = -1;
    int crc = 0;
    int[] data = {};
    int seen = 0;
    for (int id = 0; (id = in.field(id)) != CompactReader.STOP; seen |= 1 << id) {
      switch (id) {
        case 1 -> type = in.int32();
        case 2 -> plain = in.int32();
        case 3 -> packed = in.int32();
        case 4 -> crc = in.int32();
        case 5 -> data = values(in, column);
        case 7 -> data = dictionary(in);
        default -> throw new UnfamiliarException("field of a page");
      }
    }
    boolean ofValues = seen == bits(1, 2, 3, 4, 5) && type == DATA_PAGE;
    require(ofValues || (seen == bits(1, 2, 3, 4, 7) && type == DICTIONARY_PAGE), "kind of a page");
    require(packed >= 0 && packed <= end - in.position(), "length of a page");
    require(plain >= 0 && plain <= MAX_BYTES, "unpacked length of a page");
    require(data[0] >= 0, "number of values of a page");
    return new PageHeader(type, plain, packed, crc, data[0], data[1], in.position());
  }

  /** Where the page ends in the file. */
  int end() {
    return start + packedBytes;
  }

  private static int[] values(CompactReader in, ColumnSpec column) throws UnfamiliarException {
    in.struct();
    int[] data = new int[2];
    int seen = 0;
    for (int id = 0; (id = in.field(id)) != CompactReader.STOP; seen |= 1 << id) {
      switch (id) {
        case 1 -> data[0] = in.int32();
        case 2 -> data[1] = in.int32();
        case 3 ->
            require(in.int32() == (column.isRequired() ? BIT_PACKED : RLE), "definition levels");
        case 4 -> require(in.int32() == BIT_PACKED, "repetition levels");
        default -> throw new UnfamiliarException("field of a page of values");
      }
    }
    require(seen == bits(1, 2, 3, 4), "fields of a page of values");
    require(data[1] == PLAIN || data[1] == PLAIN_DICTIONARY, "encoding of a page");
    return data;
  }

  private static int[] dictionary(CompactReader in) throws UnfamiliarException {
    in.struct();
    int[] data = new int[2];
    int seen = 0;
    for (int id = 0; (id = in.field(id)) != CompactReader.STOP; seen |= 1 << id) {
      switch (id) {
        case 1 -> data[0] = in.int32();
        case 2 -> data[1] = in.int32();
        default -> throw new UnfamiliarException("field of a dictionary");
      }
    }
    require(seen == bits(1, 2) && data[1] == PLAIN_DICTIONARY, "encoding of a dictionary");
    return data;
  }
}
