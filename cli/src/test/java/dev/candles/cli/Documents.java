package dev.candles.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The pages that a user reads, and the commands that they show. */
final class Documents {
  private static final Path ROOT = Path.of(System.getProperty("repository.root"));
  private static final String CALL = "./candles ";
  private static final Pattern COMMENT = Pattern.compile("\\s+# .*$");
  private static final Pattern CODE = Pattern.compile("\\s+# (\\d): .*$");

  private Documents() {}

  /** The runbook first, because others build on what its commands make, then the other pages. */
  static List<Path> pages() throws IOException {
    try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
      List<Path> all =
          new ArrayList<>(List.of(ROOT.resolve("docs/RUNBOOK.md"), ROOT.resolve("README.md")));
      docs.filter(file -> file.toString().endsWith(".md"))
          .filter(file -> !all.contains(file))
          .sorted()
          .forEach(all::add);
      return all;
    }
  }

  /** The commands of the fenced blocks, without {@code ./candles} and comment, in their order. */
  static List<String> commands() throws IOException {
    List<String> commands = new ArrayList<>();
    for (String line : lines()) {
      commands.addAll(calls(line));
    }
    return commands;
  }

  /** The commands behind which stands an exit code, {@code # 1: …}, each with that code. */
  static Map<String, String> exitCodes() throws IOException {
    Map<String, String> codes = new LinkedHashMap<>();
    for (String line : lines()) {
      Matcher code = CODE.matcher(line);
      if (code.find()) {
        codes.put(calls(line).get(0), code.group(1));
      }
    }
    return codes;
  }

  private static List<String> calls(String line) {
    return Stream.of(COMMENT.matcher(line).replaceFirst("").split(" \\|\\| | && ", -1))
        .filter(part -> part.startsWith(CALL))
        .map(part -> part.substring(CALL.length()).strip())
        .toList();
  }

  private static List<String> lines() throws IOException {
    List<String> lines = new ArrayList<>();
    for (Path page : pages()) {
      boolean fenced = false;
      for (String line : Files.readAllLines(page)) {
        fenced ^= line.startsWith("```");
        if (fenced && line.startsWith(CALL)) {
          lines.add(line);
        }
      }
    }
    return lines;
  }
}
