package dev.candles.lake.parquet.decode;

import java.util.List;

/**
 * The columns of a kind of file, in the order of the file.
 *
 * @param name of the record, as the footer has it
 */
public record TableSchema(String name, List<ColumnSpec> columns) {
  /** Of these columns. */
  public static TableSchema of(String name, ColumnSpec... columns) {
    return new TableSchema(name, List.of(columns));
  }

  /** Whether there is a column of this name. */
  public boolean has(String column) {
    return columns.stream().anyMatch(spec -> spec.name().equals(column));
  }
}
