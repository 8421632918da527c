package dev.candles.lake.parquet;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.schema.MessageType;
import shaded.parquet.org.apache.thrift.TBase;
import shaded.parquet.org.apache.thrift.TException;

/**
 * Holds what a file says of lengths and numbers against the bytes that are there, before the
 * library allocates anything for it: {@link #footer} before the file is opened, {@link #columns}
 * before a page is read, {@link PageCheck} before a value is.
 */
final class LengthCheck {
  private static final int MAGIC_BYTES = 4;
  private static final int TAIL_BYTES = Integer.BYTES + MAGIC_BYTES;
  private static final int MAX_FOOTER_BYTES = 2 << 20;

  /**
   * Of the footer, and of the headers of all pages. A row group of a day's candles takes up to 700
   * in the footers of other writers, 1,500 in ours; what is read of an item takes some 100 bytes.
   */
  private static final int MAX_ITEMS = 500_000;

  /** The lake's tables have less than twenty. */
  private static final int MAX_COLUMNS = 256;

  /** The library takes it apart by a pattern. */
  private static final int MAX_WRITER_CHARS = 1_024;

  private final byte[] file;

  LengthCheck(byte[] file) {
    this.file = file;
  }

  /**
   * Looks at the footer; where there is none is for the library to say.
   *
   * @throws IOException if it claims what cannot be
   */
  void footer() throws IOException {
    int tail = file.length - TAIL_BYTES;
    if (tail < MAGIC_BYTES) {
      return;
    }
    String magic = new String(file, tail + Integer.BYTES, MAGIC_BYTES, StandardCharsets.ISO_8859_1);
    if (magic.equals("PARE")) {
      throw new IOException("footer is encrypted");
    }
    int length = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getInt(tail);
    if (!magic.equals("PAR1") || length < 0 || length > tail - MAGIC_BYTES) {
      return;
    }
    if (length > MAX_FOOTER_BYTES) {
      throw new IOException("footer is too long: bytes=" + length + ", max=" + MAX_FOOTER_BYTES);
    }
    FileMetaData footer = new FileMetaData();
    ByteArrayInputStream in = new ByteArrayInputStream(file, tail - length, length);
    try {
      read(footer, new BoundedProtocol(in, MAX_ITEMS));
    } catch (TException e) {
      throw new IOException("footer is refused: " + e.getMessage(), e);
    }
    if (footer.getSchemaSize() > MAX_COLUMNS) {
      throw new IOException("too many columns: " + footer.getSchemaSize() + ", max=" + MAX_COLUMNS);
    }
    if (footer.isSetCreated_by() && footer.getCreated_by().length() > MAX_WRITER_CHARS) {
      throw new IOException("name of the writer is too long: max=" + MAX_WRITER_CHARS);
    }
  }

  /**
   * Looks at where the columns are.
   *
   * @throws IOException if one is outside the file
   */
  void columns(List<BlockMetaData> blocks) throws IOException {
    for (BlockMetaData block : blocks) {
      for (ColumnChunkMetaData chunk : block.getColumns()) {
        long start = chunk.getStartingPos();
        long size = chunk.getTotalSize();
        if (start < 0 || size < 0 || start > file.length || size > file.length - start) {
          throw new IOException("column is outside the file: start=" + start + ", size=" + size);
        }
      }
    }
  }

  /**
   * Looks at the headers of all pages of the {@code wanted} columns, which are flat.
   *
   * @throws IOException if one claims what cannot be
   */
  void pages(List<BlockMetaData> blocks, MessageType wanted) throws IOException {
    long all = 0;
    int items = MAX_ITEMS;
    for (BlockMetaData block : blocks) {
      for (ColumnChunkMetaData chunk : block.getColumns()) {
        if (!wanted.containsField(chunk.getPath().toDotString())) {
          continue;
        }
        all += chunk.getTotalSize();
        if (all > file.length) {
          throw new IOException("columns are longer than the file: bytes=" + file.length);
        }
        items = pages(chunk, items);
      }
    }
  }

  /** All pages that the library would read; returns how many items are believed after them. */
  private int pages(ColumnChunkMetaData chunk, int maxItems) throws IOException {
    ByteArrayInputStream in =
        new ByteArrayInputStream(
            file, Math.toIntExact(chunk.getStartingPos()), Math.toIntExact(chunk.getTotalSize()));
    try {
      BoundedProtocol headers = new BoundedProtocol(in, maxItems);
      for (long values = 0; values < chunk.getValueCount(); ) {
        PageHeader page = new PageHeader();
        read(page, headers);
        int packed = page.getCompressed_page_size();
        if (packed < 0 || packed > in.available()) {
          throw new IOException(
              "page is longer than its column: bytes=" + packed + ", left=" + in.available());
        }
        in.skip(packed);
        values += values(page);
      }
      return headers.itemsLeft();
    } catch (TException e) {
      throw new IOException("header of a page is refused: " + e.getMessage(), e);
    }
  }

  private static int values(PageHeader page) throws IOException {
    int values = 0;
    if (page.isSetData_page_header()) {
      values = page.getData_page_header().getNum_values();
    } else if (page.isSetData_page_header_v2()) {
      values = page.getData_page_header_v2().getNum_values();
    }
    if (values < 0) {
      throw new IOException("page has no such number of values: " + values);
    }
    return values;
  }

  private static void read(TBase<?, ?> value, BoundedProtocol from) throws TException {
    value.read(from);
  }
}
