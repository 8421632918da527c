package dev.candles.lake.parquet;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;

/**
 * Reads the columns of one row group side by side. Columns are found by name and must have our
 * type; whether they may hold nulls is the file's to say, so that a copy made with another tool is
 * read too.
 */
final class Columns {
  private final MessageType schema;
  private final ColumnReadStoreImpl store;

  private Columns(MessageType schema, ColumnReadStoreImpl store) {
    this.schema = schema;
    this.store = store;
  }

  /** Called once per row group. */
  interface RowGroup {
    void read(Columns columns, int rows) throws IOException;
  }

  /** Reads some columns, or fails if the file does not have them or has too many rows. */
  static void read(ParquetFileReader reader, MessageType wanted, int maxRows, RowGroup into)
      throws IOException {
    if (reader.getRecordCount() < 0 || reader.getRecordCount() > maxRows) {
      throw new IOException("too many rows: " + reader.getRecordCount() + ", max=" + maxRows);
    }
    MessageType found = project(reader.getFileMetaData().getSchema(), wanted);
    reader.setRequestedSchema(found);
    String createdBy = reader.getFileMetaData().getCreatedBy();
    for (PageReadStore pages; (pages = reader.readNextRowGroup()) != null; ) {
      if (pages.getRowCount() < 0 || pages.getRowCount() > maxRows) {
        throw new IOException("too many rows: " + pages.getRowCount() + ", max=" + maxRows);
      }
      ColumnReadStoreImpl store = new ColumnReadStoreImpl(pages, new Unused(), found, createdBy);
      into.read(new Columns(found, store), (int) pages.getRowCount());
    }
  }

  /** The file's own types of the wanted columns; it may lack those that were added since. */
  static MessageType project(MessageType file, MessageType wanted) throws IOException {
    List<Type> types = new ArrayList<>();
    for (Type column : wanted.getFields()) {
      if (!file.containsField(column.getName()) && Schemas.ADDED.contains(column.getName())) {
        continue;
      }
      if (!file.containsField(column.getName())) {
        throw new IOException("column is missing: " + column.getName());
      }
      Type own = file.getType(column.getName());
      if (!own.isPrimitive()
          || own.isRepetition(Type.Repetition.REPEATED)
          || own.asPrimitiveType().getPrimitiveTypeName()
              != column.asPrimitiveType().getPrimitiveTypeName()) {
        throw new IOException("column has another type: " + own);
      }
      types.add(own);
    }
    return new MessageType(wanted.getName(), types);
  }

  /** A column that was added since the first files were written, or null in one of those. */
  @Nullable Column added(String name) {
    return schema.containsField(name) ? column(name) : null;
  }

  Column column(String name) {
    ColumnDescriptor descriptor = schema.getColumnDescription(new String[] {name});
    return new Column(name, store.getColumnReader(descriptor), descriptor);
  }

  /** One column; each call takes the next row's value. */
  static final class Column {
    private final String name;
    private final ColumnReader reader;
    private final int filled;
    private String lastString = "";

    Column(String name, ColumnReader reader, ColumnDescriptor descriptor) {
      this.name = name;
      this.reader = reader;
      this.filled = descriptor.getMaxDefinitionLevel();
    }

    @Nullable Long nextLongOrNull() {
      Long value = has() ? reader.getLong() : null;
      reader.consume();
      return value;
    }

    @Nullable Double nextDoubleOrNull() {
      Double value = has() ? reader.getDouble() : null;
      reader.consume();
      return value;
    }

    @Nullable String nextStringOrNull() {
      String value = has() ? reader.getBinary().toStringUsingUTF8() : null;
      reader.consume();
      return value;
    }

    long nextLong() throws IOException {
      require();
      long value = reader.getLong();
      reader.consume();
      return value;
    }

    int nextInt() throws IOException {
      require();
      int value = reader.getInteger();
      reader.consume();
      return value;
    }

    double nextDouble() throws IOException {
      require();
      double value = reader.getDouble();
      reader.consume();
      return value;
    }

    boolean nextBoolean() throws IOException {
      require();
      boolean value = reader.getBoolean();
      reader.consume();
      return value;
    }

    String nextString() throws IOException {
      require();
      String value = reader.getBinary().toStringUsingUTF8();
      reader.consume();
      if (!value.equals(lastString)) {
        lastString = value; // neighbours are mostly equal: one object for all of them
      }
      return lastString;
    }

    private boolean has() {
      return reader.getCurrentDefinitionLevel() == filled;
    }

    private void require() throws IOException {
      if (!has()) {
        throw new IOException("value is missing: column=" + name);
      }
    }
  }

  /** Parquet asks for a target of each column; values are taken from the readers instead. */
  private static final class Unused extends GroupConverter {
    @Override
    public Converter getConverter(int field) {
      return new PrimitiveConverter() {};
    }

    @Override
    public void start() {}

    @Override
    public void end() {}
  }
}
