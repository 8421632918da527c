package dev.candles.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.lake.disk.Trees;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The demo as a newcomer calls it, with the jar that was built and the shortest market. */
@Execution(ExecutionMode.CONCURRENT)
class DemoIT {
  private static final Duration DEADLINE = Duration.ofMinutes(12);
  private static final Path DRILLS =
      Path.of(System.getProperty("repository.root"), "cli", "target", "drills");

  @Test
  void nothingIsLostAndWhatItSaysToTypeWorks() throws Exception {
    Path lake = DRILLS.resolve("demo");
    Trees.delete(Files.createDirectories(lake));
    Path output = DRILLS.resolve("demo.out");
    CollectorProcess demo =
        CollectorProcess.command(output, "demo", "--minutes=1", "--data-dir=" + lake);
    Optional<Integer> code = demo.ended(DEADLINE);
    String said = Files.readString(output);
    System.out.println(said);

    assertThat(code).as(said).contains(0);
    for (String line : said.lines().filter(l -> l.startsWith("  ./candles ")).toList()) {
      String[] words = line.strip().substring("./candles ".length()).replace("'", "").split(" ");
      Path answer = DRILLS.resolve("demo-" + words[0] + ".out");
      assertThat(CollectorProcess.command(answer, words).ended(DEADLINE))
          .as(line + "\n" + Files.readString(answer))
          .contains(0);
    }
  }
}
