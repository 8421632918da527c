package dev.candles.cli;

import dev.candles.sim.Simulator;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine;

/** Several commands in one JVM, whose classes then are in the archive of all commands. */
final class TrainingCommands {
  private static final String STREAM = "coinbase/" + Simulator.symbols("coinbase").get(0) + "/1m";

  private TrainingCommands() {}

  /**
   * Runs them.
   *
   * @param config of the lake; reports are written beside it
   * @return the exit code: 0 if all did their work, whatever they found in a lake that was left in
   *     a hurry
   */
  static int run(Path config, PrintWriter out) {
    String file = config.toString();
    String report = config.resolveSibling("report.json").toString();
    String page = config.resolveSibling("report.html").toString();
    int worst = 0;
    for (List<String> words :
        List.of(
            List.of("version"),
            List.of("coverage", "--config", file),
            List.of("gaps", "--config", file),
            List.of("explain", STREAM, Long.toString(System.currentTimeMillis()), "--config", file),
            List.of("qa", "--config", file, "--report", report, "--html", page),
            List.of("compact", "--all", "--force", "--config", file),
            List.of("qa", "--deep", "--config", file, "--report", report))) {
      int code = Candles.run(Candles.commandLine().setOut(out), words.toArray(new String[0]));
      out.println("exit code " + code + ": ./candles " + String.join(" ", words));
      out.flush();
      worst = code == CommandLine.ExitCode.SOFTWARE ? worst : Math.max(worst, code);
    }
    return worst;
  }
}
