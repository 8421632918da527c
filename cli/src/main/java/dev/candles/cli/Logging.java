package dev.candles.cli;

import dev.candles.cli.embedded.Access;
import dev.candles.cli.embedded.RefusedException;
import dev.candles.text.FailureText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Chooses the collector's log files. To be called before anything logs. */
final class Logging {
  private Logging() {}

  /**
   * Logs to the console and to {@code file}.
   *
   * @param level a log4j level name, for this project's own loggers
   * @throws RefusedException if the folder cannot be made or written
   */
  static void start(Path file, String level) throws RefusedException {
    Access.requireLog(file);
    Path folder = file.toAbsolutePath().resolveSibling("");
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new RefusedException(
          "cannot make the folder of logs " + folder + ": " + FailureText.of(e), e);
    }
    System.setProperty("candles.log", withoutEnding(file));
    System.setProperty("candles.log.pattern", withoutEnding(file).replace("%", "%%"));
    System.setProperty("candles.level", level);
    System.setProperty("log4j2.configurationFile", "log4j2-collector.xml");
  }

  private static String withoutEnding(Path log) {
    String name = log.toString();
    return name.substring(0, name.lastIndexOf('.'));
  }
}
