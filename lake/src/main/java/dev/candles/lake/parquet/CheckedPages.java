package dev.candles.lake.parquet;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.page.DataPage;
import org.apache.parquet.column.page.DataPageV1;
import org.apache.parquet.column.page.DataPageV2;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.column.page.PageReader;
import org.apache.parquet.io.ParquetDecodingException;
import org.jspecify.annotations.Nullable;

/**
 * The pages of a row group of flat columns, each held against its own bytes by {@link PageCheck}
 * between its unpacking and its decoding.
 */
record CheckedPages(PageReadStore pages) implements PageReadStore {
  @Override
  public PageReader getPageReader(ColumnDescriptor column) {
    return new Checked(
        pages.getPageReader(column), column.getMaxDefinitionLevel(), pages.getRowCount());
  }

  @Override
  public long getRowCount() {
    return pages.getRowCount();
  }

  private static byte[] bytes(BytesInput input) {
    try {
      return Codecs.bytes(input);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The pages of one column. */
  private record Checked(PageReader pages, int maxLevel, long rows)
      implements PageReader, DataPage.Visitor<DataPage> {
    /** Every kind of value that a dictionary may have here takes so many bytes or more. */
    private static final int LEAST_VALUE_BYTES = 4;

    @Override
    public long getTotalValueCount() {
      return pages.getTotalValueCount();
    }

    @Override
    public @Nullable DictionaryPage readDictionaryPage() {
      DictionaryPage page = pages.readDictionaryPage();
      if (page == null) {
        return null;
      }
      byte[] bytes = bytes(page.getBytes());
      int size = page.getDictionarySize();
      if (size < 0 || size > bytes.length / LEAST_VALUE_BYTES) {
        throw new ParquetDecodingException(
            "dictionary has more values than bytes: values=" + size + ", bytes=" + bytes.length);
      }
      return new DictionaryPage(BytesInput.from(bytes), size, page.getEncoding());
    }

    @Override
    public @Nullable DataPage readPage() {
      DataPage page = pages.readPage();
      if (page == null) {
        return null;
      }
      int values = page.getValueCount();
      if (values < 0 || values > rows) {
        throw new ParquetDecodingException(
            "page has more values than rows: values=" + values + ", rows=" + rows);
      }
      return page.accept(this);
    }

    @Override
    public DataPage visit(DataPageV1 page) {
      byte[] bytes = bytes(page.getBytes());
      PageCheck check = new PageCheck(bytes, page.getValueCount());
      check.levels(page.getRlEncoding(), 0);
      check.levels(page.getDlEncoding(), maxLevel);
      check.values(page.getValueEncoding());
      return new DataPageV1(
          BytesInput.from(bytes),
          page.getValueCount(),
          bytes.length,
          page.getStatistics(),
          page.getRlEncoding(),
          page.getDlEncoding(),
          page.getValueEncoding());
    }

    @Override
    public DataPage visit(DataPageV2 page) {
      byte[] levels = bytes(page.getDefinitionLevels());
      byte[] data = bytes(page.getData());
      if (maxLevel > 0) {
        new PageCheck(levels, page.getValueCount()).runs(levels.length, 1);
      }
      new PageCheck(data, page.getValueCount()).values(page.getDataEncoding());
      return DataPageV2.uncompressed(
          page.getRowCount(),
          page.getNullCount(),
          page.getValueCount(),
          page.getRepetitionLevels(),
          BytesInput.from(levels),
          page.getDataEncoding(),
          BytesInput.from(data),
          page.getStatistics());
    }
  }
}
