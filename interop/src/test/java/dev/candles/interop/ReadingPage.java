package dev.candles.interop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code docs/READING.md}, of which every code is run as it stands. */
final class ReadingPage {
  static final Path ROOT = Path.of(System.getProperty("repository.root"));

  private ReadingPage() {}

  /** The statements of the first code under a heading. */
  static List<String> statements(String heading) throws IOException {
    String page = Files.readString(ROOT.resolve("docs/READING.md"));
    int section = page.indexOf("\n## " + heading + "\n");
    int from = page.indexOf("\n```sql\n", section) + "\n```sql\n".length();
    String code = page.substring(from, page.indexOf("\n```\n", from));
    List<String> statements = new ArrayList<>();
    for (String statement : code.split(";", -1)) {
      if (!statement.isBlank()) {
        statements.add(statement.strip());
      }
    }
    return statements;
  }

  /** A question that every engine is asked. */
  static String question(String name) throws IOException {
    return Files.readString(ROOT.resolve("interop/questions").resolve(name + ".sql"));
  }
}
