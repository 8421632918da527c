package dev.candles.lake.parquet;

import dev.candles.lake.layout.Partition;
import dev.candles.lake.manifest.Sha256;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A file of candles with every row that it has, also those that no reader would accept: for those
 * who look for what is wrong.
 *
 * @param bytes its length
 * @param sha256 of its content
 * @param wrongFooter what the footer says otherwise than the path, empty if nothing
 */
public record RawFile(long bytes, String sha256, List<RawCandle> rows, List<String> wrongFooter) {
  private static final int MAX_ROWS = 100_000;

  /**
   * Reads a file whole.
   *
   * @throws UnreadableFileException if it is not a file of candles
   * @throws IOException if it cannot be loaded; {@link java.nio.file.NoSuchFileException} if it is
   *     gone
   */
  public static RawFile read(Path file, Partition partition) throws IOException {
    byte[] content = LoadedFile.load(file);
    return LoadedFile.read(
        file,
        content,
        reader -> {
          List<RawCandle> rows = new ArrayList<>((int) Math.min(MAX_ROWS, reader.getRecordCount()));
          Columns.read(reader, Schemas.CANDLE, MAX_ROWS, (columns, n) -> add(columns, n, rows));
          Map<String, String> footer = reader.getFileMetaData().getKeyValueMetaData();
          return new RawFile(content.length, Sha256.of(content), rows, wrong(footer, partition));
        });
  }

  private static List<String> wrong(Map<String, String> footer, Partition partition) {
    List<String> wrong = new ArrayList<>();
    compare(footer, Schemas.VENUE, partition.stream().venue(), wrong);
    compare(footer, Schemas.SYMBOL, partition.stream().symbol(), wrong);
    compare(footer, Schemas.TIMEFRAME, partition.stream().timeframe().label(), wrong);
    compare(footer, Schemas.DATE, partition.date().toString(), wrong);
    return wrong;
  }

  private static void compare(
      Map<String, String> footer, String key, String path, List<String> wrong) {
    String found = footer.getOrDefault(key, path); // a copy by another tool may lack the note
    if (!path.equals(found)) {
      wrong.add(key + " path=" + path + " footer=" + found);
    }
  }

  private static void add(Columns columns, int count, List<RawCandle> into) throws IOException {
    CandleColumns row = new CandleColumns(columns);
    for (int i = 0; i < count; i++) {
      into.add(row.raw());
    }
  }
}
