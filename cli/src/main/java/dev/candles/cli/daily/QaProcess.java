package dev.candles.cli.daily;

import dev.candles.cli.classes.ClassArchives;
import dev.candles.cli.classes.Family;
import dev.candles.cli.classes.OwnCommand;
import dev.candles.cli.embedded.Detached;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * {@code ./candles qa} in a process of its own and of the lowest priority: whatever memory the
 * checks of a large lake want, the collector's is its own.
 */
final class QaProcess {
  /** So that both together stay below 500 MB; CANDLES_JAVA_OPTS may say otherwise. */
  private static final String HEAP = "-Xmx128m";

  private QaProcess() {}

  /**
   * Starts the checks.
   *
   * @param config says what time it is
   * @param lake the lake's folder
   * @param reports where they go
   * @param report the report's file; the page's is beside it
   */
  static Process start(Path config, Path lake, QaReports reports, Path report, Path page)
      throws IOException {
    List<String> flags = new ArrayList<>(ClassArchives.flagsOf(Family.TOOL));
    flags.add(HEAP);
    String own = System.getenv().getOrDefault("CANDLES_JAVA_OPTS", "");
    Arrays.stream(own.split("\\s+", -1)).filter(flag -> !flag.isEmpty()).forEach(flags::add);
    List<String> command = new ArrayList<>(Detached.idle());
    command.addAll(
        OwnCommand.of(
            Family.TOOL,
            flags,
            List.of(
                "qa",
                "--config",
                config.toAbsolutePath().toString(),
                "--data-dir",
                lake.toString(),
                "--report",
                report.toString(),
                "--html",
                page.toString())));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectInput(ProcessBuilder.Redirect.from(Detached.NOTHING))
        .redirectOutput(reports.output().toFile())
        .start();
  }
}
