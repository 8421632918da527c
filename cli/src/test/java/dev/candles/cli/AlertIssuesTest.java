package dev.candles.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whoever is woken by an alert, or a rule, finds by its word in docs/RUNBOOK.md what to do. */
class AlertIssuesTest {
  private static final Path ROOT = Path.of(System.getProperty("repository.root"));
  private static final Path DOCS = ROOT.resolve("docs");
  private static final Pattern CELL = Pattern.compile(" \\| ");
  private static final Pattern RULE = Pattern.compile("- alert: (\\w+)");
  private static final Pattern WORD = Pattern.compile("`(\\w+)`");

  @Test
  void everyAlertToActOnIsAmongTheCommonIssues() throws IOException {
    List<String> alerts =
        Files.readAllLines(DOCS.resolve("LOG.md")).stream()
            .filter(line -> line.matches("\\| `alert` \\| (WARNING|CRITICAL) \\|.*"))
            .flatMap(AlertIssuesTest::alerts)
            .toList();
    assertThat(alerts).contains("ALERT [CRITICAL] qa_found", "ALERT [WARNING] gap_old");
    requireIssues(alerts);
  }

  @Test
  void everyRuleOfPrometheusIsAmongTheCommonIssues() throws IOException {
    List<String> rules =
        RULE.matcher(Files.readString(ROOT.resolve("deploy/compose/alerts.yml")))
            .results()
            .map(rule -> rule.group(1))
            .toList();
    assertThat(rules).contains("CollectorNotRunning", "ClockOff");
    requireIssues(rules);
  }

  private static void requireIssues(List<String> names) throws IOException {
    List<String> issues =
        Files.readAllLines(DOCS.resolve("RUNBOOK.md")).stream()
            .dropWhile(line -> !line.equals("## Common issues"))
            .skip(1)
            .takeWhile(line -> !line.startsWith("#"))
            .filter(line -> line.startsWith("| "))
            .map(line -> CELL.split(line)[0])
            .toList();
    assertThat(names)
        .allSatisfy(name -> assertThat(issues).anyMatch(issue -> issue.contains("`" + name + "`")));
  }

  private static Stream<String> alerts(String line) {
    String[] cells = CELL.split(line);
    return WORD.matcher(cells[cells.length - 1])
        .results()
        .map(kind -> "ALERT [" + cells[1] + "] " + kind.group(1));
  }
}
