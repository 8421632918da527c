package dev.candles.lake.parquet.decode;

/** Types of the lake's columns, with their number in Parquet's format. */
public enum ColumnType {
  BOOLEAN(0, 1),
  INT32(1, Integer.BYTES),
  INT64(2, Long.BYTES),
  DOUBLE(5, Double.BYTES),
  /** Bytes that are said to be UTF-8. */
  STRING(6, -1);

  private final int number;
  private final int statisticBytes;

  ColumnType(int number, int statisticBytes) {
    this.number = number;
    this.statisticBytes = statisticBytes;
  }

  int number() {
    return number;
  }

  /** Whether a smallest or largest value of this type has so many bytes in the statistics. */
  boolean fits(int bytes) {
    return statisticBytes < 0 || statisticBytes == bytes;
  }
}
