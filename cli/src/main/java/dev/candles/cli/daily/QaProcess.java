package dev.candles.cli.daily;

import dev.candles.cli.classes.ClassArchives;
import dev.candles.cli.classes.Family;
import dev.candles.cli.classes.OwnCommand;
import dev.candles.cli.embedded.Detached;
import dev.candles.cli.embedded.ParentWatch;
import dev.candles.cli.embedded.Remedy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * {@code ./candles qa} in a process of its own and of the lowest priority: whatever memory the
 * checks of a large lake want, the collector's is its own. Ctrl-C does not reach it: it would end
 * before the collector knows that it is to end itself, as checks that failed. It ends with the
 * collector all the same.
 */
final class QaProcess {
  private static final String HEAP = "-Xmx128m";

  /** More flags of its JVM: those of the collector's are the collector's. */
  private static final String OPTIONS = "CANDLES_QA_JAVA_OPTS";

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
    flags.add(ParentWatch.flag());
    flags.add("-D" + Remedy.VARIABLE + "=" + OPTIONS);
    String own = System.getenv().getOrDefault(OPTIONS, "");
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
