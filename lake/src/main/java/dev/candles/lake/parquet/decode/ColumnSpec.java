package dev.candles.lake.parquet.decode;

/** A column that the lake's files have. */
public record ColumnSpec(String name, ColumnType type, Presence presence) {
  /** Whether a column is there, and has a value in each row. */
  public enum Presence {
    REQUIRED,
    OPTIONAL,
    /** Optional, and files of older builds do not have the column. */
    ADDED
  }

  /** A column without nulls. */
  public static ColumnSpec required(String name, ColumnType type) {
    return new ColumnSpec(name, type, Presence.REQUIRED);
  }

  /** A column with nulls. */
  public static ColumnSpec optional(String name, ColumnType type) {
    return new ColumnSpec(name, type, Presence.OPTIONAL);
  }

  /** A column with nulls that older files do not have. */
  public static ColumnSpec added(String name, ColumnType type) {
    return new ColumnSpec(name, type, Presence.ADDED);
  }

  /** Whether it has no nulls. */
  public boolean isRequired() {
    return presence == Presence.REQUIRED;
  }

  /** Whether files of older builds do not have it. */
  public boolean isAdded() {
    return presence == Presence.ADDED;
  }
}
