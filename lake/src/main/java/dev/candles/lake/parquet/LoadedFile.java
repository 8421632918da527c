package dev.candles.lake.parquet;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.DelegatingSeekableInputStream;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.SeekableInputStream;

/**
 * A file read into memory in one go: the lake has thousands of small ones. So that a failure of the
 * disk (an {@link IOException} as it is) differs from a file that is no good ({@link
 * UnreadableFileException}).
 */
final class LoadedFile implements InputFile {
  /**
   * A day of candles has some 50 KB, as many revisions as are read some 5 MB. Several may be loaded
   * at once, in a heap of 160 MB.
   */
  static final int MAX_BYTES = 16 << 20;

  /**
   * What is longer is asked first whether it is Parquet: it may be anything, and memory is little.
   */
  private static final int UNASKED_BYTES = 1 << 20;

  private static final byte[] MAGIC = {'P', 'A', 'R', '1'};

  /** The JDK keeps a buffer outside of the heap for the largest piece that a thread has read. */
  private static final int CHUNK_BYTES = 64 << 10;

  private static final ParquetReadOptions OPTIONS =
      ParquetReadOptions.builder(new PlainParquetConfiguration())
          .withCodecFactory(new Codecs())
          .usePageChecksumVerification(true)
          .build();

  private final byte[] bytes;

  private LoadedFile(byte[] bytes) {
    this.bytes = bytes;
  }

  /** What to do with the open file. */
  interface Reading<T> {
    T from(ParquetFileReader reader, LengthCheck lengths) throws IOException;
  }

  /** Reads what was loaded from {@code file}. */
  static <T> T read(Path file, byte[] bytes, Reading<T> reading) throws IOException {
    LengthCheck lengths = new LengthCheck(bytes);
    try {
      lengths.footer();
      try (ParquetFileReader reader = ParquetFileReader.open(new LoadedFile(bytes), OPTIONS)) {
        lengths.columns(reader.getRowGroups());
        return reading.from(reader, lengths);
      }
    } catch (IOException | RuntimeException e) {
      throw new UnreadableFileException(file, e); // the disk has no part in it any more
    }
  }

  /** Reads the whole file, into an array of its length. */
  static byte[] load(Path file) throws IOException {
    try (SeekableByteChannel in = Files.newByteChannel(file)) {
      if (in.size() > MAX_BYTES) {
        throw new UnreadableFileException(
            file, new IOException("file is too large: max_bytes=" + MAX_BYTES));
      }
      if (in.size() > UNASKED_BYTES) {
        requireMagic(file, in);
      }
      ByteBuffer bytes = ByteBuffer.allocate((int) in.size());
      int read = 0;
      while (read >= 0 && bytes.position() < bytes.capacity()) {
        bytes.limit(Math.min(bytes.capacity(), bytes.position() + CHUNK_BYTES));
        read = in.read(bytes);
      }
      return read < 0 ? Arrays.copyOf(bytes.array(), bytes.position()) : bytes.array();
    }
  }

  /** Parquet begins and ends with its magic. Leaves the position at the beginning. */
  private static void requireMagic(Path file, SeekableByteChannel in) throws IOException {
    for (long position : new long[] {in.size() - MAGIC.length, 0}) {
      ByteBuffer found = ByteBuffer.allocate(MAGIC.length);
      in.position(position);
      int read = 0;
      while (read >= 0 && found.hasRemaining()) {
        read = in.read(found);
      }
      if (!Arrays.equals(found.array(), MAGIC)) {
        throw new UnreadableFileException(
            file,
            new IOException("is not a Parquet file: no PAR1 at " + position + " of " + in.size()));
      }
    }
    in.position(0);
  }

  @Override
  public String toString() {
    return "the file"; // the library names it in its messages
  }

  @Override
  public long getLength() {
    return bytes.length;
  }

  @Override
  public SeekableInputStream newStream() {
    return new Stream(new Cursor(bytes));
  }

  private static final class Cursor extends ByteArrayInputStream {
    Cursor(byte[] bytes) {
      super(bytes);
    }

    int position() {
      return pos;
    }

    void move(long position) throws IOException {
      if (position < 0 || position > count) {
        throw new IOException("position is outside the file: " + position + " of " + count);
      }
      pos = (int) position;
    }
  }

  private static final class Stream extends DelegatingSeekableInputStream {
    private final Cursor cursor;

    Stream(Cursor cursor) {
      super(cursor);
      this.cursor = cursor;
    }

    @Override
    public long getPos() {
      return cursor.position();
    }

    @Override
    public void seek(long position) throws IOException {
      cursor.move(position);
    }
  }
}
