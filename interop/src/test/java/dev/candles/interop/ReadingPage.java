package dev.candles.interop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** {@code docs/READING.md}, of which every code is run as it stands. */
final class ReadingPage {
  static final Path ROOT = Path.of(System.getProperty("repository.root"));

  private ReadingPage() {}

  /** The statements of the first code under a heading. */
  static List<String> statements(String heading) throws IOException {
    List<String> statements = new ArrayList<>();
    for (String statement : code(heading, "sql").split(";", -1)) {
      if (!statement.isBlank()) {
        statements.add(statement.strip());
      }
    }
    return statements;
  }

  /** The settings that Flink SQL needs. */
  static Map<String, String> flinkSettings() throws IOException {
    return code("Flink SQL", "yaml")
        .lines()
        .map(line -> line.split(": ", 2))
        .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
  }

  private static String code(String heading, String language) throws IOException {
    String page = Files.readString(ROOT.resolve("docs/READING.md"));
    String start = "\n```" + language + "\n";
    int from = page.indexOf(start, page.indexOf("\n## " + heading + "\n")) + start.length();
    return page.substring(from, page.indexOf("\n```\n", from));
  }

  /** A question that every engine is asked. */
  static String question(String name) throws IOException {
    return Files.readString(ROOT.resolve("interop/questions").resolve(name + ".sql"));
  }
}
