package dev.candles.lake.parquet;

import dev.candles.lake.parquet.decode.ColumnSpec;
import dev.candles.lake.parquet.decode.ColumnValues;
import dev.candles.lake.parquet.decode.RowGroup;
import dev.candles.lake.parquet.decode.TableFile;
import dev.candles.lake.parquet.decode.TableSchema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
 * A file as Parquet's own library reads it: any that has our columns. They are found by name and
 * must have our type; whether they may hold nulls is the file's to say, so that a copy made with
 * another tool is read too.
 */
final class LibraryFile implements TableFile {
  private final ParquetFileReader reader;
  private final LengthCheck lengths;

  LibraryFile(ParquetFileReader reader, LengthCheck lengths) {
    this.reader = reader;
    this.lengths = lengths;
  }

  @Override
  public long rows() {
    return reader.getRecordCount();
  }

  @Override
  public Map<String, String> notes() {
    return reader.getFileMetaData().getKeyValueMetaData();
  }

  @Override
  public void requireColumns(TableSchema wanted) throws IOException {
    MessageType unused = project(wanted);
  }

  @Override
  public void refuseOtherColumns(TableSchema known) throws IOException {
    for (Type column : reader.getFileMetaData().getSchema().getFields()) {
      if (!known.has(column.getName())) {
        throw new IOException("column is not one of the lake's: " + column.getName());
      }
    }
  }

  @Override
  public void read(TableSchema wanted, int maxRows, RowGroupReading into) throws IOException {
    requireAtMost(maxRows, rows());
    MessageType found = project(wanted);
    lengths.pages(reader.getRowGroups(), found);
    reader.setRequestedSchema(found);
    String createdBy = reader.getFileMetaData().getCreatedBy();
    for (PageReadStore pages; (pages = reader.readNextRowGroup()) != null; ) {
      requireAtMost(maxRows, pages.getRowCount());
      ColumnReadStoreImpl store =
          new ColumnReadStoreImpl(new CheckedPages(pages), new Unused(), found, createdBy);
      into.read(new Group((int) pages.getRowCount(), found, store));
    }
  }

  private static void requireAtMost(int maxRows, long rows) throws IOException {
    if (rows < 0 || rows > maxRows) {
      throw new IOException("too many rows: " + rows + ", max=" + maxRows);
    }
  }

  /** The file's own types of the wanted columns; it may lack those that were added since. */
  private MessageType project(TableSchema wanted) throws IOException {
    MessageType file = reader.getFileMetaData().getSchema();
    List<Type> types = new ArrayList<>();
    for (ColumnSpec column : wanted.columns()) {
      if (file.containsField(column.name())) {
        types.add(own(file, column));
      } else if (!column.isAdded()) {
        throw new IOException("column is missing: " + column.name());
      }
    }
    return new MessageType(wanted.name(), types);
  }

  private static Type own(MessageType file, ColumnSpec column) throws IOException {
    Type own = file.getType(column.name());
    if (!own.isPrimitive()
        || own.isRepetition(Type.Repetition.REPEATED)
        || own.asPrimitiveType().getPrimitiveTypeName() != Messages.primitive(column.type())) {
      throw new IOException("column has another type: " + own);
    }
    return own;
  }

  /** One of the file's row groups. */
  private record Group(int rows, MessageType schema, ColumnReadStoreImpl store)
      implements RowGroup {
    @Override
    public ColumnValues column(String name) {
      return LibraryColumn.read(schema, store, name, rows);
    }

    @Override
    public @Nullable ColumnValues added(String name) {
      return schema.containsField(name) ? column(name) : null;
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
