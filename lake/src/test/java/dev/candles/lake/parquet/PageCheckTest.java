package dev.candles.lake.parquet;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DataPage;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.column.page.PageReader;
import org.apache.parquet.io.ParquetDecodingException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The numbers in a page are held against the page. */
class PageCheckTest {
  private static byte[] bytes(String hex) {
    byte[] bytes = new byte[hex.length() / 2];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) Integer.parseInt(hex.substring(2 * i, 2 * i + 2), 16);
    }
    return bytes;
  }

  @ParameterizedTest
  @CsvSource({
    "RLE_DICTIONARY, 0103ff", // one packed group
    "RLE_DICTIONARY, 011001", // eight times one value
    "RLE_DICTIONARY, 01a1017f", // many groups of few bits, of which the page has fewer bytes
    "RLE, 0200000003ff",
    "DELTA_BINARY_PACKED, 8001040101", // one value
    "DELTA_BYTE_ARRAY, 8001040100800104010241",
    "PLAIN, ''"
  })
  void whatFitsIsTaken(Encoding encoding, String hex) {
    assertThatCode(() -> new PageCheck(bytes(hex), 8).values(encoding)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource({
    "RLE_DICTIONARY, 0181047f, run has more values than its page: run=2048",
    "RLE_DICTIONARY, 2103ff, numbers are too wide: bits=33",
    "RLE, 0900000003ff, runs are longer than their page: bytes=9",
    "RLE, 02, runs are longer than their page",
    "DELTA_BINARY_PACKED, 8001040901, number of its values",
    "DELTA_BINARY_PACKED, 8001030101, size of its blocks",
    "DELTA_BINARY_PACKED, 80010402000000, end of its blocks",
    "DELTA_BYTE_ARRAY, 8001040108800104010241, length of a text",
    "DELTA_BYTE_ARRAY, 8001040100800104010441, length of a text",
    "BIT_PACKED, 00, encoding is not read here: BIT_PACKED"
  })
  void whatDoesNotFitIsRefused(Encoding encoding, String hex, String why) {
    assertThatThrownBy(() -> new PageCheck(bytes(hex), 8).values(encoding))
        .isInstanceOf(ParquetDecodingException.class)
        .hasMessageContaining(why);
  }

  /** A page reader of one dictionary of eight bytes. */
  private record OneDictionary(int size) implements PageReader, PageReadStore {
    @Override
    public DictionaryPage readDictionaryPage() {
      return new DictionaryPage(BytesInput.from(new byte[8]), size, Encoding.PLAIN);
    }

    @Override
    public long getTotalValueCount() {
      return 1;
    }

    @Override
    public DataPage readPage() {
      throw new IllegalStateException("is not asked");
    }

    @Override
    public PageReader getPageReader(ColumnDescriptor column) {
      return this;
    }

    @Override
    public long getRowCount() {
      return 1;
    }

    @Override
    public Optional<Long> getRowIndexOffset() {
      return Optional.empty();
    }

    @Override
    public void close() {}
  }

  @Test
  void aDictionaryOfMoreValuesThanBytesIsRefused() {
    ColumnDescriptor column = Messages.CANDLE.getColumns().get(0);
    PageReader fits = new CheckedPages(new OneDictionary(2)).getPageReader(column);
    assertThatCode(fits::readDictionaryPage).doesNotThrowAnyException();
    PageReader tooMany = new CheckedPages(new OneDictionary(3)).getPageReader(column);
    assertThatThrownBy(tooMany::readDictionaryPage)
        .hasMessage("dictionary has more values than bytes: values=3, bytes=8");
  }
}
