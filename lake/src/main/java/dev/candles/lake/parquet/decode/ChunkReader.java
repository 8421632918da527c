package dev.candles.lake.parquet.decode;

import static dev.candles.lake.parquet.decode.CompactReader.bits;
import static dev.candles.lake.parquet.decode.UnfamiliarException.require;

import org.jspecify.annotations.Nullable;

/** Reads what a footer says of one column of one row group; for one reading. */
final class ChunkReader {
  private static final int MAGIC_BYTES = 4;
  private static final int SNAPPY = 1;
  private static final int ZSTD = 6;

  private final CompactReader in;
  private final int footerStart;
  private final ColumnSpec column;
  private long values;
  private Footer.@Nullable Codec codec;
  private long dataStart;
  private long dictionaryStart;
  private long bytes;

  ChunkReader(CompactReader in, int footerStart, ColumnSpec column) {
    this.in = in;
    this.footerStart = footerStart;
    this.column = column;
  }

  Footer.Chunk read() throws UnfamiliarException {
    int seen = 0;
    for (int id = 0; (id = in.field(id)) != CompactReader.STOP; seen |= 1 << id) {
      switch (id) {
        case 2, 4, 6 -> {
          long unused = in.int64();
        }
        case 3 -> {
          in.struct();
          data();
        }
        case 5, 7 -> {
          int unused = in.int32();
        }
        default -> throw new UnfamiliarException("field of a chunk");
      }
    }
    require((seen | bits(4, 5, 6, 7)) == bits(2, 3, 4, 5, 6, 7), "fields of a chunk");
    Footer.Codec packed = codec;
    if (packed == null) {
      throw new UnfamiliarException("codec");
    }
    long start = dictionaryStart == 0 ? dataStart : dictionaryStart;
    require(start >= MAGIC_BYTES && start <= dataStart, "start of a chunk");
    require(bytes >= 0 && bytes <= footerStart - start, "length of a chunk");
    require(dataStart - start <= bytes, "start of the values");
    return new Footer.Chunk(
        column, packed, values, (int) start, (int) dataStart, (int) (start + bytes));
  }

  private void data() throws UnfamiliarException {
    int seen = 0;
    for (int id = 0; (id = in.field(id)) != CompactReader.STOP; seen |= 1 << id) {
      switch (id) {
        case 1 -> require(in.int32() == column.type().number(), "type of a chunk");
        case 2 -> encodings();
        case 3 ->
            require(
                in.list(CompactReader.BINARY) == 1 && in.elementIs(column.name()),
                "column of a chunk");
        case 4 -> codec = codec(in.int32());
        case 5 -> values = in.int64();
        case 6 -> {
          long unused = in.int64();
        }
        case 7 -> bytes = in.int64();
        case 9 -> dataStart = in.int64();
        case 11 -> {
          dictionaryStart = in.int64();
          require(dictionaryStart > 0, "start of a dictionary");
        }
        case 12 -> {
          in.struct();
          statistics(column.type());
        }
        case 13 -> encodingCounts();
        case 16 -> {
          in.struct();
          sizes();
        }
        default -> throw new UnfamiliarException("field of a column's data");
      }
    }
    int optional = bits(11, 16);
    require(
        (seen | optional) == bits(1, 2, 3, 4, 5, 6, 7, 9, 11, 12, 13, 16),
        "fields of a column's data");
  }

  private static Footer.Codec codec(int number) throws UnfamiliarException {
    return switch (number) {
      case SNAPPY -> Footer.Codec.SNAPPY;
      case ZSTD -> Footer.Codec.ZSTD;
      default -> throw new UnfamiliarException("codec");
    };
  }

  private void encodings() throws UnfamiliarException {
    int size = in.list(CompactReader.I32);
    for (int i = 0; i < size; i++) {
      encoding(in.elementInt32());
    }
  }

  private static void encoding(int number) throws UnfamiliarException {
    require(
        number == PageHeader.PLAIN
            || number == PageHeader.PLAIN_DICTIONARY
            || number == PageHeader.RLE
            || number == PageHeader.BIT_PACKED,
        "encoding");
  }

  private void encodingCounts() throws UnfamiliarException {
    int size = in.list(CompactReader.STRUCT);
    for (int i = 0; i < size; i++) {
      require(in.field(0) == 1, "page type");
      int type = in.int32();
      require(type == PageHeader.DATA_PAGE || type == PageHeader.DICTIONARY_PAGE, "page type");
      require(in.field(1) == 2, "encoding of a page");
      encoding(in.int32());
      require(in.field(2) == 3, "number of pages");
      int unused = in.int32();
      require(in.field(3) == CompactReader.STOP, "field of a page type");
    }
  }

  /** Old and new form of the smallest and largest value; nobody asks for them. */
  private void statistics(ColumnType type) throws UnfamiliarException {
    int seen = 0;
    for (int id = 0; (id = in.field(id)) != CompactReader.STOP; seen |= 1 << id) {
      switch (id) {
        case 1, 2, 5, 6 -> bound(type);
        case 3 -> require(in.int64() >= 0, "number of nulls");
        case 7, 8 -> in.bool();
        default -> throw new UnfamiliarException("field of the statistics");
      }
    }
    require((seen & bits(3)) != 0, "statistics");
    boolean both = (seen & bits(5, 6)) == bits(5, 6);
    require(both || (seen & bits(1, 2, 5, 6)) == 0, "half of the statistics");
  }

  private void bound(ColumnType type) throws UnfamiliarException {
    int length = in.binary();
    require(type.fits(length), "length of a value in the statistics");
    in.skip(length);
  }

  private void sizes() throws UnfamiliarException {
    for (int id = 0; (id = in.field(id)) != CompactReader.STOP; ) {
      switch (id) {
        case 1 -> {
          long unused = in.int64();
        }
        case 2, 3 -> in.skipLongs();
        default -> throw new UnfamiliarException("field of the sizes");
      }
    }
  }
}
