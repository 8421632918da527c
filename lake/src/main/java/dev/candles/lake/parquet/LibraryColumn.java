package dev.candles.lake.parquet;

import dev.candles.lake.parquet.decode.ColumnValues;
import java.util.HashMap;
import java.util.Map;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.io.ParquetDecodingException;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;

/** Takes the values of one column of a row group from the library. */
final class LibraryColumn {
  /** Of the texts of one column of a row group, those that are shared counted once. */
  private static final long MAX_CHARS = 8 << 20;

  /** The columns of texts hold names, of which there are few: one object for all that are equal. */
  private static final int MAX_SHARED = 16_384;

  private final String name;
  private final ColumnReader reader;
  private final int filled;
  private final int rows;
  private boolean @Nullable [] nulls;

  private LibraryColumn(String name, ColumnReader reader, int filled, int rows) {
    this.name = name;
    this.reader = reader;
    this.filled = filled;
    this.rows = rows;
  }

  static ColumnValues read(MessageType schema, ColumnReadStoreImpl store, String name, int rows) {
    ColumnDescriptor descriptor = schema.getColumnDescription(new String[] {name});
    LibraryColumn column =
        new LibraryColumn(
            name, store.getColumnReader(descriptor), descriptor.getMaxDefinitionLevel(), rows);
    return switch (descriptor.getPrimitiveType().getPrimitiveTypeName()) {
      case DOUBLE -> column.doubles();
      case BINARY -> column.strings();
      case INT64 -> column.longs(ColumnReader::getLong);
      case INT32 -> column.longs(ColumnReader::getInteger);
      case BOOLEAN -> column.longs(bits -> bits.getBoolean() ? 1 : 0);
      default -> throw new IllegalArgumentException("type is not used here: " + descriptor);
    };
  }

  private interface Current {
    long of(ColumnReader reader);
  }

  private ColumnValues longs(Current value) {
    long[] longs = new long[rows];
    for (int i = 0; i < rows; i++) {
      if (has(i)) {
        longs[i] = value.of(reader);
      }
      reader.consume();
    }
    return ColumnValues.ofLongs(name, longs, nulls);
  }

  private ColumnValues doubles() {
    double[] doubles = new double[rows];
    for (int i = 0; i < rows; i++) {
      if (has(i)) {
        doubles[i] = reader.getDouble();
      }
      reader.consume();
    }
    return ColumnValues.ofDoubles(name, doubles, nulls);
  }

  private ColumnValues strings() {
    String[] strings = new String[rows];
    Map<String, String> shared = new HashMap<>();
    String last = "";
    long chars = 0;
    for (int i = 0; i < rows; i++) {
      if (has(i)) {
        String value = reader.getBinary().toStringUsingUTF8();
        String known = value.equals(last) ? last : shared.get(value);
        if (known == null) {
          known = value;
          chars += value.length();
          if (shared.size() < MAX_SHARED) {
            shared.put(value, value);
          }
        }
        if (chars > MAX_CHARS) {
          throw new ParquetDecodingException("texts are too long: column=" + name);
        }
        strings[i] = known;
        last = known;
      }
      reader.consume();
    }
    return ColumnValues.ofStrings(name, strings, nulls);
  }

  private boolean has(int row) {
    if (reader.getCurrentDefinitionLevel() == filled) {
      return true;
    }
    boolean[] known = nulls;
    if (known == null) {
      known = new boolean[rows];
      nulls = known;
    }
    known[row] = true;
    return false;
  }
}
