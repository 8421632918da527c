package dev.candles.lake.parquet.decode;

import java.io.IOException;
import java.util.Map;

/** An open file of rows. */
public interface TableFile {
  /** How many rows it says it has. */
  long rows();

  /** What the footer says beside the format's own. */
  Map<String, String> notes();

  /**
   * Has all rows read, one row group after the other.
   *
   * @param wanted the columns that are loaded, and held against their checksums
   * @throws IOException if there are more rows, a column is missing or has another type, or the
   *     file is damaged
   */
  void read(TableSchema wanted, int maxRows, RowGroupReading into) throws IOException;

  /**
   * Makes sure that the file has these columns.
   *
   * @throws IOException if one is missing or has another type
   */
  void requireColumns(TableSchema wanted) throws IOException;

  /**
   * Makes sure that the file has no column but these.
   *
   * @throws IOException if it has
   */
  void refuseOtherColumns(TableSchema known) throws IOException;

  /** Called once per row group. */
  interface RowGroupReading {
    /** Takes what it wants of the rows. */
    void read(RowGroup group) throws IOException;
  }
}
