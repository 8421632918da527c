import static io.trino.testing.TestingSession.testSessionBuilder;

import io.trino.plugin.hive.HivePlugin;
import io.trino.testing.DistributedQueryRunner;
import io.trino.testing.MaterializedRow;
import io.trino.testing.QueryRunner;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Trino with its Hive connector, in this process: prepares tables as docs/READING.md shows, asks
 * the questions and prints the answers as JSON. Arguments: the folder interop.
 */
final class Trino {
  private Trino() {}

  public static void main(String[] args) throws Exception {
    Path interop = Path.of(args[0]);
    PrintStream answers = System.out; // Trino takes it for its log
    var session = testSessionBuilder().setCatalog("lake").setSchema("market").build();
    try (QueryRunner trino = DistributedQueryRunner.builder(session).setWorkerCount(0).build()) {
      trino.installPlugin(new HivePlugin());
      trino.createCatalog("lake", "hive", catalog(interop));
      for (String statement : code(interop, "sql").split(";")) {
        if (!statement.isBlank()) {
          trino.execute(statement);
        }
      }
      String version = HivePlugin.class.getPackage().getImplementationVersion();
      answers.println("{\"version\": " + quoted("Trino " + version));
      for (String name : List.of("candles", "revisions", "coverage")) {
        String question = Files.readString(interop.resolve("questions/" + name + ".sql"));
        answers.println(", " + quoted(name) + ": " + json(trino.execute(question).getMaterializedRows()));
      }
      answers.println(", \"surprises\": {" + byAddress(trino) + "}}");
    }
    System.exit(0);
  }

  /** The same folder by its address on the disk. */
  private static String byAddress(QueryRunner trino) {
    String said = "";
    try {
      trino.execute("CREATE TABLE other (LIKE coverage) WITH (format = 'PARQUET',"
          + " external_location = 'file://" + Path.of("data/coverage").toAbsolutePath() + "')");
    } catch (RuntimeException e) {
      said = String.valueOf(e.getMessage());
    }
    boolean refused = said.contains("External location must be a directory");
    return quoted("a table at file:///… is refused: its location is no directory") + ": " + refused;
  }

  /** The properties that the page shows, of the folder that this runs in. */
  private static Map<String, String> catalog(Path interop) throws IOException {
    return Arrays.stream(code(interop, "properties").split("\n"))
        .filter(line -> !line.startsWith("connector.name"))
        .map(line -> line.replace("/path/to", Path.of("").toAbsolutePath().toString()).split("=", 2))
        .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
  }

  /** The first code in a language under Trino's heading. */
  private static String code(Path interop, String language) throws IOException {
    String page = Files.readString(interop.resolveSibling("docs").resolve("READING.md"));
    String section = page.substring(page.indexOf("\n## Trino\n"));
    return section.split("\n```" + language + "\n", 2)[1].split("\n```\n", 2)[0];
  }

  private static String json(List<MaterializedRow> rows) {
    return rows.stream()
        .map(row -> row.getFields().stream().map(Trino::cell).collect(Collectors.joining(", ", "[", "]")))
        .collect(Collectors.joining(",\n", "[", "]"));
  }

  private static String cell(Object cell) {
    return cell instanceof String text ? quoted(text) : String.valueOf(cell);
  }

  private static String quoted(String text) {
    return '"' + text + '"';
  }
}
