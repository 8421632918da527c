package dev.candles.lake.parquet.decode;

import static dev.candles.lake.parquet.decode.UnfamiliarException.require;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A file exactly as our writer makes it: one page version, two codecs, plain values or a dictionary
 * of strings, no nesting. Whether a file is one is decided by its footer and the headers of all
 * pages that are asked for, before a row is handed on; what they say is never believed beyond the
 * bytes that are there.
 */
public final class DecodedFile implements TableFile {
  /** A day has 1,440 candles, a day of coverage some thousands. */
  static final int MAX_ROWS = 200_000;

  /** Of all pages together when they are unpacked. */
  private static final int MAX_PLAIN_BYTES = 64 << 20;

  private final byte[] file;
  private final TableSchema schema;
  private final Footer footer;

  private DecodedFile(byte[] file, TableSchema schema, Footer footer) {
    this.file = file;
    this.schema = schema;
    this.footer = footer;
  }

  /**
   * Opens a file that is loaded.
   *
   * @throws UnfamiliarException if it is not exactly one of ours
   */
  public static DecodedFile open(byte[] file, TableSchema schema) throws UnfamiliarException {
    return new DecodedFile(file, schema, FooterReader.read(file, schema, MAX_ROWS));
  }

  @Override
  public long rows() {
    return footer.rows();
  }

  @Override
  public Map<String, String> notes() {
    return footer.notes();
  }

  private int index(String column) throws UnfamiliarException {
    for (int i = 0; i < footer.columns().size(); i++) {
      if (footer.columns().get(i).name().equals(column)) {
        return i;
      }
    }
    throw new UnfamiliarException("a column less");
  }

  @Override
  public void requireColumns(TableSchema wanted) throws UnfamiliarException {
    require(wanted.equals(schema), "other columns are wanted"); // else it would not be open
  }

  @Override
  public void refuseOtherColumns(TableSchema known) throws UnfamiliarException {
    requireColumns(known);
  }

  @Override
  public void read(TableSchema wanted, int maxRows, RowGroupReading into) throws IOException {
    require(rows() <= maxRows, "number of rows");
    try (Unpacker unpacker = new Unpacker(file)) {
      long plainBytes = 0;
      List<Group> groups = new ArrayList<>();
      for (Footer.Group group : footer.groups()) {
        Map<String, Pages> pages = pages(group, wanted, unpacker);
        plainBytes += pages.values().stream().mapToLong(Pages::plainBytes).sum();
        groups.add(new Group(group.rows(), pages, unpacker));
      }
      require(plainBytes <= MAX_PLAIN_BYTES, "unpacked length of all pages");
      for (Group group : groups) {
        into.read(group);
      }
    }
  }

  /** The pages of the columns that are wanted, which are all as they were written. */
  private Map<String, Pages> pages(Footer.Group group, TableSchema wanted, Unpacker unpacker)
      throws UnfamiliarException {
    Map<String, Pages> all = new HashMap<>();
    for (ColumnSpec column : wanted.columns()) {
      if (column.isAdded() && !footer.columns().contains(column)) {
        continue;
      }
      Footer.Chunk chunk = group.chunks().get(index(column.name()));
      Pages pages = new Pages(chunk, headers(chunk, group.rows()));
      for (PageHeader page : pages.headers()) {
        unpacker.check(page);
      }
      all.put(column.name(), pages);
    }
    return all;
  }

  /** They fill the chunk, and have as many values as there are rows. */
  private List<PageHeader> headers(Footer.Chunk chunk, int rows) throws UnfamiliarException {
    List<PageHeader> headers = new ArrayList<>(2);
    int values = 0;
    int at = chunk.start();
    while (at < chunk.end()) {
      PageHeader page = PageHeader.read(file, at, chunk.end(), chunk.column());
      boolean mayBeDictionary = at == chunk.start() && chunk.start() < chunk.dataStart();
      require((page.type() == PageHeader.DICTIONARY_PAGE) == mayBeDictionary, "order of pages");
      require(!mayBeDictionary || page.end() == chunk.dataStart(), "start of the values");
      if (!mayBeDictionary) {
        require(page.values() > 0 && page.values() <= rows - values, "values of a page");
        values += page.values();
      }
      headers.add(page);
      at = page.end();
    }
    require(values == rows, "number of values");
    return headers;
  }

  private record Pages(Footer.Chunk chunk, List<PageHeader> headers) {
    long plainBytes() {
      return headers.stream().mapToLong(PageHeader::plainBytes).sum();
    }
  }

  /** One of the file's row groups. */
  private record Group(int rows, Map<String, Pages> pages, Unpacker unpacker) implements RowGroup {
    @Override
    public ColumnValues column(String name) throws UnfamiliarException {
      ColumnValues values = added(name);
      if (values == null) {
        throw new UnfamiliarException("a column less");
      }
      return values;
    }

    @Override
    public @Nullable ColumnValues added(String name) throws UnfamiliarException {
      Pages its = pages.get(name);
      if (its == null) {
        return null;
      }
      PageDecoder decoder = new PageDecoder(its.chunk().column(), rows);
      for (PageHeader page : its.headers()) {
        byte[] plain = unpacker.unpack(page, its.chunk().codec());
        if (page.type() == PageHeader.DICTIONARY_PAGE) {
          decoder.dictionary(plain, page.values());
        } else {
          decoder.data(plain, page.values(), page.encoding());
        }
      }
      return decoder.values();
    }
  }
}
