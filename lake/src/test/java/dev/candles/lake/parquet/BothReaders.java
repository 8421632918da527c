package dev.candles.lake.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.lake.parquet.decode.ColumnSpec;
import dev.candles.lake.parquet.decode.ColumnValues;
import dev.candles.lake.parquet.decode.DecodedFile;
import dev.candles.lake.parquet.decode.RowGroup;
import dev.candles.lake.parquet.decode.TableFile;
import dev.candles.lake.parquet.decode.TableSchema;
import dev.candles.lake.parquet.decode.UnfamiliarException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Reads the same bytes by the decoder and by the library, and holds one against the other. */
final class BothReaders {
  private static final Path FILE = Path.of("held-against-each-other.parquet");
  private static final int MAX_ROWS = 100_000;

  private final byte[] bytes;
  private final TableSchema schema;

  BothReaders(byte[] bytes, TableSchema schema) {
    this.bytes = bytes;
    this.schema = schema;
  }

  /** All that a reader of the lake can see, to the last bit. */
  private List<String> seen(TableFile open) throws IOException {
    open.requireColumns(schema);
    open.refuseOtherColumns(schema);
    List<String> seen = new ArrayList<>();
    seen.add(new TreeMap<>(open.notes()).toString());
    open.read(
        schema,
        MAX_ROWS,
        group -> {
          seen.add("group of " + group.rows());
          for (ColumnSpec column : schema.columns()) {
            add(group, column, seen);
          }
        });
    seen.add("rows " + open.rows());
    return seen;
  }

  private static void add(RowGroup group, ColumnSpec column, List<String> seen) throws IOException {
    ColumnValues values =
        column.isAdded() ? group.added(column.name()) : group.column(column.name());
    if (values == null) {
      seen.add(column.name() + " is not there");
      return;
    }
    for (int i = 0; i < group.rows(); i++) {
      seen.add(column.name() + " " + (values.isNull(i) ? "null" : value(values, column, i)));
    }
  }

  private static String value(ColumnValues values, ColumnSpec column, int row) throws IOException {
    return switch (column.type()) {
      case STRING -> values.stringAt(row);
      case DOUBLE -> Long.toHexString(Double.doubleToRawLongBits(values.doubleAt(row)));
      default -> Long.toString(values.longAt(row));
    };
  }

  /** What the footer alone answers. */
  private static String told(TableFile open) throws IOException {
    return open.notes().get(Schemas.ORDER) + open.rows();
  }

  /** A file of ours: the decoder takes it, and both see the same. */
  void agree() throws IOException {
    assertThat(seen(DecodedFile.open(bytes, schema))).isEqualTo(library(this::seen));
    if (schema.has(Schemas.OPEN_TIME)) {
      assertThat(told(DecodedFile.open(bytes, schema))).isEqualTo(library(BothReaders::told));
    }
  }

  /** The library sees in both the same. */
  void readsAs(BothReaders other) throws IOException {
    assertThat(library(this::seen)).isEqualTo(other.library(other::seen));
  }

  /**
   * A file that may be damaged: what the decoder takes, the library takes too, and sees the same.
   *
   * @return whether the decoder took it
   */
  boolean agreeIfTaken() throws IOException {
    if (schema.has(Schemas.OPEN_TIME)) {
      agreeIfTaken(BothReaders::told);
    }
    return agreeIfTaken(this::seen);
  }

  private <T> boolean agreeIfTaken(OpenFile.Reading<T> reading) throws IOException {
    T decoded;
    try {
      decoded = reading.from(DecodedFile.open(bytes, schema));
    } catch (UnfamiliarException refused) {
      return false; // the library is asked, and has the last word
    }
    assertThat(decoded).isEqualTo(library(reading));
    return true;
  }

  private <T> T library(OpenFile.Reading<T> reading) throws IOException {
    return OpenFile.byLibrary(FILE, bytes, reading);
  }
}
