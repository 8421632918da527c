package dev.candles.lake.parquet.decode;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The values of one column, one per row. Integers and booleans (0 and 1) are longs.
 *
 * <p>Arrays that are handed in are kept, not copied.
 */
public final class ColumnValues {
  private static final long[] NO_LONGS = {};
  private static final double[] NO_DOUBLES = {};
  private static final String[] NO_STRINGS = {};

  private final String name;
  private final long[] longs;
  private final double[] doubles;
  private final String[] strings;
  private final boolean @Nullable [] nulls;

  private ColumnValues(
      String name, long[] longs, double[] doubles, String[] strings, boolean @Nullable [] nulls) {
    this.name = name;
    this.longs = longs;
    this.doubles = doubles;
    this.strings = strings;
    this.nulls = nulls;
  }

  /**
   * A column of integers or booleans.
   *
   * @param nulls which rows have none, null if all have one
   */
  public static ColumnValues ofLongs(String name, long[] values, boolean @Nullable [] nulls) {
    return new ColumnValues(name, values, NO_DOUBLES, NO_STRINGS, nulls);
  }

  /** A column of doubles; see {@link #ofLongs}. */
  public static ColumnValues ofDoubles(String name, double[] values, boolean @Nullable [] nulls) {
    return new ColumnValues(name, NO_LONGS, values, NO_STRINGS, nulls);
  }

  /** A column of strings; see {@link #ofLongs}. */
  public static ColumnValues ofStrings(String name, String[] values, boolean @Nullable [] nulls) {
    return new ColumnValues(name, NO_LONGS, NO_DOUBLES, values, nulls);
  }

  /** Whether a row has no value. */
  public boolean isNull(int row) {
    return nulls != null && nulls[row];
  }

  /**
   * The value of a row.
   *
   * @throws IOException if it has none
   */
  public long longAt(int row) throws IOException {
    require(row);
    return longs[row];
  }

  /** Like {@link #longAt}, of a column of booleans. */
  public boolean booleanAt(int row) throws IOException {
    return longAt(row) != 0;
  }

  /** Like {@link #longAt}, of a column of doubles. */
  public double doubleAt(int row) throws IOException {
    require(row);
    return doubles[row];
  }

  /** Like {@link #longAt}, of a column of strings; equal ones beside each other are one object. */
  public String stringAt(int row) throws IOException {
    require(row);
    return strings[row];
  }

  /** The value of a row, null if it has none. */
  public @Nullable Long longOrNull(int row) {
    return isNull(row) ? null : (Long) longs[row];
  }

  /** The value of a row, null if it has none. */
  public @Nullable Double doubleOrNull(int row) {
    return isNull(row) ? null : (Double) doubles[row];
  }

  /** The value of a row, not a number if it has none. */
  public double doubleOrNaN(int row) {
    return isNull(row) ? Double.NaN : doubles[row];
  }

  /** The value of a row, null if it has none. */
  public @Nullable String stringOrNull(int row) {
    return isNull(row) ? null : strings[row];
  }

  private void require(int row) throws IOException {
    if (isNull(row)) {
      throw new IOException("value is missing: column=" + name);
    }
  }
}
