package dev.candles.lake.parquet;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.PageEncodingStats;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.Util;

/**
 * Puts the encodings that a footer lists per column in one order. Parquet writes them in that of a
 * hash set of enums, which every JVM has another one of: the same rows would give the same bytes
 * only within one process.
 *
 * <p>Only files of this Parquet version: what a footer has that this version does not know would be
 * lost, so such a file is refused. So are files that were encrypted.
 */
public final class StableFooter {
  /** After the footer: its length, little-endian, and the magic number. */
  private static final int TAIL_BYTES = 8;

  /** "PAR1". */
  private static final int MAGIC = 0x50415231;

  private static final int MAX_FOOTER_BYTES = 16 << 20;

  private StableFooter() {}

  /**
   * Changes a file that we have just written, and that nobody sees yet. Its length stays.
   *
   * @throws IOException if it cannot be read or written, or is no Parquet file of this version; it
   *     is unchanged then, unless the disk refused in the middle
   */
  public static void settle(Path file) throws IOException {
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
      bytes.seek(Math.max(0, bytes.length() - TAIL_BYTES));
      int length = Integer.reverseBytes(bytes.readInt());
      int magic = bytes.readInt();
      if (magic != MAGIC) {
        throw new IOException(
            String.format(Locale.ROOT, "not a Parquet file: file=%s, magic=%08x", file, magic));
      }
      long start = bytes.length() - TAIL_BYTES - length;
      if (length < 0 || length > MAX_FOOTER_BYTES || start < 0) {
        throw new IOException(
            "footer has an impossible length: file=" + file + ", bytes=" + length);
      }
      byte[] before = new byte[length];
      bytes.seek(start);
      bytes.readFully(before);
      byte[] after = sorted(before);
      if (after.length != length) {
        throw new IOException(
            String.format(
                Locale.ROOT,
                "footer changed its length: file=%s, bytes=%d, sorted=%d",
                file,
                length,
                after.length));
      }
      bytes.seek(start);
      bytes.write(after);
    }
  }

  private static byte[] sorted(byte[] footer) throws IOException {
    FileMetaData meta = Util.readFileMetaData(new ByteArrayInputStream(footer));
    for (RowGroup group : meta.getRow_groups()) {
      for (ColumnChunk column : group.getColumns()) {
        if (column.getMeta_data() == null) {
          throw new IOException("column is encrypted: offset=" + column.getFile_offset());
        }
        sort(column.getMeta_data());
      }
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream(footer.length);
    Util.writeFileMetaData(meta, out);
    return out.toByteArray();
  }

  private static void sort(ColumnMetaData column) {
    List<Encoding> encodings = new ArrayList<>(column.getEncodings());
    encodings.sort(Comparator.comparingInt(Encoding::getValue));
    column.setEncodings(encodings);
    if (column.isSetEncoding_stats()) {
      List<PageEncodingStats> pages = new ArrayList<>(column.getEncoding_stats());
      pages.sort(
          Comparator.comparingInt((PageEncodingStats page) -> page.getPage_type().getValue())
              .thenComparingInt(page -> page.getEncoding().getValue()));
      column.setEncoding_stats(pages);
    }
  }
}
