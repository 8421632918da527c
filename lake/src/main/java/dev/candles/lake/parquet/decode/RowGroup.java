package dev.candles.lake.parquet.decode;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Some rows of a file. A column is decoded when it is asked for. */
public interface RowGroup {
  /** How many rows. */
  int rows();

  /**
   * All values of one of the columns that are read.
   *
   * @throws IOException if they cannot be decoded
   */
  ColumnValues column(String name) throws IOException;

  /** Like {@link #column}; null if the file is of before the column was added. */
  @Nullable ColumnValues added(String name) throws IOException;
}
