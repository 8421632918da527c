package dev.candles.lake.parquet.decode;

import java.util.List;
import java.util.Map;

/**
 * What the end of a file says.
 *
 * @param columns those that the file has, in its order
 * @param notes what our writer noted
 */
record Footer(List<ColumnSpec> columns, long rows, List<Group> groups, Map<String, String> notes) {

  /**
   * A row group.
   *
   * @param chunks one per column, in the same order
   */
  record Group(int rows, List<Chunk> chunks) {}

  /**
   * Where the values of a column of a row group are, as bytes of the file.
   *
   * @param values how many it says it has
   * @param start of its first page
   * @param dataStart of its first page of values; after {@code start} if there is a dictionary
   * @param end exclusive
   */
  record Chunk(ColumnSpec column, Codec codec, long values, int start, int dataStart, int end) {}

  /** How pages are packed. */
  enum Codec {
    SNAPPY,
    ZSTD
  }
}
