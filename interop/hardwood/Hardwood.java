import dev.hardwood.InputFile;
import dev.hardwood.reader.ParquetFileReader;
import dev.hardwood.reader.RowReader;
import dev.hardwood.schema.ColumnSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Prints every row of the lake that hardwood reads, as JSON; the page shows {@link #read}. */
final class Hardwood {
  private Hardwood() {}

  public static void main(String[] args) throws IOException {
    Path jar = Path.of(ParquetFileReader.class.getProtectionDomain().getCodeSource().getLocation().getPath());
    System.out.println("{\"version\": \"" + jar.getFileName() + "\"");
    for (String table : List.of("candles", "revisions", "coverage")) {
      List<String> rows = new ArrayList<>();
      for (Path file : files(Path.of("data", table))) {
        read(file).forEach(row -> rows.add(json(row)));
      }
      System.out.println(", \"" + table + "\": [" + String.join(",\n", rows) + "]");
    }
    System.out.println("}");
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> tree = Files.walk(folder)) {
      return tree.filter(file -> file.toString().endsWith(".parquet")).sorted().toList();
    }
  }

  static List<Map<String, Object>> read(Path file) throws IOException {
    List<Map<String, Object>> result = new ArrayList<>();
    try (ParquetFileReader parquet = ParquetFileReader.open(InputFile.of(file));
        RowReader rows = parquet.rowReader()) {
      while (rows.hasNext()) {
        rows.next();
        Map<String, Object> row = new LinkedHashMap<>();
        for (ColumnSchema column : parquet.getFileSchema().getColumns()) {
          row.put(column.name(), rows.getValue(column.name()));
        }
        for (Path part : file.getParent()) { // venue=…, symbol=…, timeframe=…, date=…
          String[] pair = part.toString().split("=", 2);
          if (pair.length == 2) {
            row.put(pair[0], pair[1]);
          }
        }
        result.add(row);
      }
    }
    return result;
  }

  private static String json(Map<String, Object> row) {
    return row.entrySet().stream()
        .map(e -> '"' + e.getKey() + "\": " + (e.getValue() instanceof String s ? '"' + s + '"' : e.getValue()))
        .collect(Collectors.joining(", ", "{", "}"));
  }
}
