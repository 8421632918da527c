package dev.candles.lake.parquet.decode;

import static dev.candles.lake.parquet.decode.CompactReader.bits;
import static dev.candles.lake.parquet.decode.UnfamiliarException.require;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a footer. Every field must be one that our writer writes, with a value that it could have,
 * so that whatever is read here the library would read in the same way.
 */
final class FooterReader {
  private static final int MAGIC_BYTES = 4;
  private static final byte[] MAGIC = {'P', 'A', 'R', '1'};

  /** Behind the footer: its length, little-endian, and the magic number. */
  private static final int TAIL_BYTES = Integer.BYTES + MAGIC_BYTES;

  private static final int VERSION = 1;
  private static final int UTF8 = 0;
  private static final String WRITER = "parquet-mr version 1.";

  private final TableSchema schema;
  private final int maxRows;
  private final int start;
  private final CompactReader in;

  /** A column as the footer has it. */
  private record Found(String name, int type, boolean isOptional, boolean isText) {
    boolean hasTypeOf(ColumnSpec spec) {
      return type == spec.type().number()
          && isOptional != spec.isRequired()
          && isText == (spec.type() == ColumnType.STRING);
    }
  }

  private FooterReader(byte[] file, TableSchema schema, int maxRows, int start) {
    this.schema = schema;
    this.maxRows = maxRows;
    this.start = start;
    this.in = new CompactReader(file, start, file.length - TAIL_BYTES);
  }

  /**
   * Reads the footer of a file that is loaded.
   *
   * @param maxRows more than this are not decoded here
   */
  static Footer read(byte[] file, TableSchema schema, int maxRows) throws UnfamiliarException {
    int tail = file.length - TAIL_BYTES;
    require(tail >= MAGIC_BYTES, "length of the file");
    for (int i = 0; i < MAGIC_BYTES; i++) {
      require(file[i] == MAGIC[i] && file[tail + Integer.BYTES + i] == MAGIC[i], "magic number");
    }
    int length = Little.intAt(file, tail);
    require(length >= 0 && length <= tail - MAGIC_BYTES, "length of the footer");
    FooterReader reader = new FooterReader(file, schema, maxRows, tail - length);
    Footer footer = reader.file();
    require(reader.in.position() == tail, "bytes behind the footer");
    return footer;
  }

  private Footer file() throws UnfamiliarException {
    List<ColumnSpec> columns = List.of();
    List<Footer.Group> groups = List.of();
    Map<String, String> notes = Map.of();
    long rows = 0;
    int seen = 0;
    for (int id = 0; (id = in.field(id)) != CompactReader.STOP; seen |= 1 << id) {
      switch (id) {
        case 1 -> require(in.int32() == VERSION, "version");
        case 2 -> columns = columns();
        case 3 -> rows = in.int64();
        case 4 -> groups = groups(columns);
        case 5 -> notes = notes();
        case 6 -> require(in.text().startsWith(WRITER), "writer");
        case 7 -> orders(columns.size());
        default -> throw new UnfamiliarException("field of the footer");
      }
    }
    require((seen | bits(5)) == bits(1, 2, 3, 4, 5, 6, 7), "fields of the footer");
    long sum = groups.stream().mapToLong(Footer.Group::rows).sum();
    require(rows == sum && rows <= maxRows, "number of rows");
    return new Footer(columns, rows, groups, notes);
  }

  private List<ColumnSpec> columns() throws UnfamiliarException {
    int size = in.list(CompactReader.STRUCT);
    require(size > 1 && root() == size - 1, "number of columns");
    List<ColumnSpec> columns = new ArrayList<>(size - 1);
    int known = 0;
    for (int i = 1; i < size; i++) {
      Found found = column();
      while (known < schema.columns().size()
          && schema.columns().get(known).isAdded()
          && !schema.columns().get(known).name().equals(found.name)) {
        known++;
      }
      require(known < schema.columns().size(), "a column more");
      ColumnSpec spec = schema.columns().get(known++);
      require(spec.name().equals(found.name), "name of a column");
      require(found.hasTypeOf(spec), "type of a column");
      columns.add(spec);
    }
    for (; known < schema.columns().size(); known++) {
      require(schema.columns().get(known).isAdded(), "a column less");
    }
    return columns;
  }

  /** The record itself: how many columns it says it has. */
  private int root() throws UnfamiliarException {
    int children = 0;
    int seen = 0;
    for (int id = 0; (id = in.field(id)) != CompactReader.STOP; seen |= 1 << id) {
      switch (id) {
        case 4 -> require(in.text().equals(schema.name()), "name of the record");
        case 5 -> children = in.int32();
        default -> throw new UnfamiliarException("field of the record");
      }
    }
    require(seen == bits(4, 5), "fields of the record");
    return children;
  }

  private Found column() throws UnfamiliarException {
    String name = "";
    int type = -1;
    int repetition = -1;
    int seen = 0;
    for (int id = 0; (id = in.field(id)) != CompactReader.STOP; seen |= 1 << id) {
      switch (id) {
        case 1 -> type = in.int32();
        case 3 -> repetition = in.int32();
        case 4 -> name = in.text();
        case 6 -> require(in.int32() == UTF8, "converted type");
        case 10 -> emptyIn("logical type");
        default -> throw new UnfamiliarException("field of a column");
      }
    }
    boolean text = seen == bits(1, 3, 4, 6, 10);
    require(text || seen == bits(1, 3, 4), "fields of a column");
    require(repetition == 0 || repetition == 1, "repetition");
    require(type >= 0, "type of a column");
    return new Found(name, type, repetition == 1, text);
  }

  /** A field that is a union, of which the first choice is taken, which has no fields. */
  private void emptyIn(String what) throws UnfamiliarException {
    in.struct();
    union(what);
  }

  private void union(String what) throws UnfamiliarException {
    require(in.field(0) == 1, what);
    in.struct();
    require(in.field(0) == CompactReader.STOP && in.field(1) == CompactReader.STOP, what);
  }

  private void orders(int columns) throws UnfamiliarException {
    require(in.list(CompactReader.STRUCT) == columns, "number of orders");
    for (int i = 0; i < columns; i++) {
      union("order of a column");
    }
  }

  private Map<String, String> notes() throws UnfamiliarException {
    int size = in.list(CompactReader.STRUCT);
    Map<String, String> notes = new HashMap<>();
    for (int i = 0; i < size; i++) {
      require(in.field(0) == 1, "key of a note");
      String key = in.text();
      require(in.field(1) == 2, "value of a note");
      notes.put(key, in.text());
      require(in.field(2) == CompactReader.STOP, "field of a note");
    }
    return notes;
  }

  private List<Footer.Group> groups(List<ColumnSpec> columns) throws UnfamiliarException {
    int size = in.list(CompactReader.STRUCT);
    List<Footer.Group> groups = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      groups.add(group(columns));
    }
    return groups;
  }

  private Footer.Group group(List<ColumnSpec> columns) throws UnfamiliarException {
    List<Footer.Chunk> chunks = new ArrayList<>(columns.size());
    long rows = -1;
    int seen = 0;
    for (int id = 0; (id = in.field(id)) != CompactReader.STOP; seen |= 1 << id) {
      switch (id) {
        case 1 -> {
          require(in.list(CompactReader.STRUCT) == columns.size(), "number of chunks");
          for (ColumnSpec column : columns) {
            chunks.add(new ChunkReader(in, start, column).read());
          }
        }
        case 2, 5, 6 -> {
          long unused = in.int64();
        }
        case 3 -> rows = in.int64();
        case 7 -> in.int16();
        default -> throw new UnfamiliarException("field of a row group");
      }
    }
    require((seen | bits(5, 6, 7)) == bits(1, 2, 3, 5, 6, 7), "fields of a row group");
    require(rows > 0 && rows <= maxRows, "number of rows");
    for (Footer.Chunk chunk : chunks) {
      require(chunk.values() == rows, "number of values");
    }
    return new Footer.Group((int) rows, chunks);
  }
}
