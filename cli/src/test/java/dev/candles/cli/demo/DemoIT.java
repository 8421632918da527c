package dev.candles.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.lake.disk.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The demo as a newcomer calls it, with the jar that was built. */
@Order(2)
@Execution(ExecutionMode.CONCURRENT)
class DemoIT {
  private static final Duration DEADLINE = Duration.ofMinutes(12);
  private static final Path ROOT = Path.of(System.getProperty("repository.root"));
  private static final Path DRILLS = ROOT.resolve("cli/target/drills");

  @Test
  void nothingIsLostAndWhatItSaysToTypeWorks() throws Exception {
    Path lake = DRILLS.resolve("demo");
    Trees.delete(Files.createDirectories(lake));
    Path output = DRILLS.resolve("demo.out");
    CollectorProcess demo =
        CollectorProcess.command(output, "demo", "--minutes=2", "--data-dir=" + lake);
    Optional<Integer> code = demo.ended(DEADLINE);
    String said = Files.readString(output);
    System.out.println(said);

    assertThat(code).as(said).contains(0);
    assertThat(said).containsPattern("runs\\R  Page: http://127.0.0.1:\\d+\\R  Web UI: http");
    List<String> typed = said.lines().filter(l -> l.startsWith("  ./candles ")).toList();
    assertThat(typed).hasSameSizeAs(FollowUp.values());
    for (FollowUp each : FollowUp.values()) {
      String line = typed.get(each.ordinal()).replaceFirst(" +# .*", "");
      String[] words = line.strip().substring("./candles ".length()).replace("'", "").split(" ");
      Path answer = DRILLS.resolve("demo-" + words[0] + ".out");
      assertThat(words[0]).isEqualTo(each.command());
      assertThat(CollectorProcess.command(answer, words).ended(DEADLINE))
          .as("%s\n%s", line, Files.readString(answer))
          .contains(each.code());
    }
    theStartIsAsTheRunbookShowsIt(lake);
  }

  /** Each line up to its colon, in the same order. */
  private static void theStartIsAsTheRunbookShowsIt(Path lake) throws IOException {
    List<String> printed = starts(Files.readAllLines(lake.resolve(".demo/collector-2.out")));
    List<String> all = Files.readAllLines(ROOT.resolve("docs/RUNBOOK.md"));
    List<String> shown = all.subList(all.indexOf("INFO: Collector started"), all.size());
    assertThat(printed).containsSubsequence(starts(shown.subList(0, shown.indexOf("```"))));
  }

  private static List<String> starts(List<String> lines) {
    return lines.stream()
        .filter(line -> line.startsWith("INFO: ") && !line.contains("event="))
        .map(line -> line.replaceFirst("^(INFO: [^:;]*).*", "$1"))
        .toList();
  }
}
