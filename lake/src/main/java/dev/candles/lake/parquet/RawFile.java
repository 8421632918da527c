package dev.candles.lake.parquet;

import dev.candles.lake.layout.Partition;
import dev.candles.lake.manifest.Sha256;
import dev.candles.lake.parquet.decode.RowGroup;
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
    return OpenFile.read(
        file,
        content,
        Schemas.CANDLE,
        open -> {
          List<RawCandle> rows = new ArrayList<>((int) Math.min(MAX_ROWS, open.rows()));
          open.read(Schemas.CANDLE, MAX_ROWS, group -> add(group, rows));
          List<String> wrong = wrong(open.notes(), partition);
          return new RawFile(content.length, Sha256.of(content), rows, wrong);
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

  private static void add(RowGroup group, List<RawCandle> into) throws IOException {
    CandleColumns columns = new CandleColumns(group);
    for (int i = 0; i < group.rows(); i++) {
      into.add(columns.raw(i));
    }
  }
}
