package dev.candles.lake.parquet;

import dev.candles.lake.parquet.decode.DecodedFile;
import dev.candles.lake.parquet.decode.TableFile;
import dev.candles.lake.parquet.decode.TableSchema;
import dev.candles.text.LogValue;
import java.io.IOException;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a file of the lake: by our own decoder if it is exactly as our writer makes it, else, or if
 * anything is wrong with it, by the library, which has the last word. Never half by one and half by
 * the other: what the decoder gave is thrown away then. See docs/decisions/0018.
 */
final class OpenFile {
  /** {@code -Dcandles.parquet=library} reads every file by the library. */
  static final String PROPERTY = "candles.parquet";

  private static final Logger LOG = LoggerFactory.getLogger(OpenFile.class);
  private static final boolean DECODE = !"library".equals(System.getProperty(PROPERTY));

  private OpenFile() {}

  /** What to do with the open file; may be done twice. */
  interface Reading<T> {
    T from(TableFile file) throws IOException;
  }

  /** Refuses an open file that is not as whoever reads it needs it. */
  interface Inspection {
    void look(TableFile file) throws IOException;
  }

  /**
   * Reads a file.
   *
   * @throws UnreadableFileException if it is none of this schema, or from {@code reading}
   * @throws IOException if it cannot be loaded; {@link java.nio.file.NoSuchFileException} if it is
   *     gone
   */
  static <T> T read(Path file, TableSchema schema, Reading<T> reading) throws IOException {
    return read(file, LoadedFile.load(file), schema, reading);
  }

  /** Reads what was loaded from {@code file}. */
  static <T> T read(Path file, byte[] bytes, TableSchema schema, Reading<T> reading)
      throws IOException {
    if (DECODE) {
      try {
        return reading.from(DecodedFile.open(bytes, schema));
      } catch (IOException | RuntimeException refused) {
        LOG.debug(
            "event=parquet_by_library file={} error={}", LogValue.of(file), LogValue.of(refused));
      }
    }
    return byLibrary(file, bytes, reading);
  }

  /** Reads what was loaded from {@code file}, as other tools do. */
  static <T> T byLibrary(Path file, byte[] bytes, Reading<T> reading) throws IOException {
    return LoadedFile.read(
        file, bytes, (reader, lengths) -> reading.from(new LibraryFile(reader, lengths)));
  }
}
