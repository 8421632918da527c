package dev.candles.cli;

import dev.candles.cli.embedded.RefusedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Chooses the collector's log files. To be called before anything logs. */
final class Logging {
  private Logging() {}

  /**
   * Logs to the console and to {@code collector.log} in {@code folder}.
   *
   * @param level a log4j level name, for this project's own loggers
   * @throws RefusedException if the folder cannot be made
   */
  static void start(Path folder, String level) throws RefusedException {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new RefusedException("cannot make the folder of logs " + folder + ": " + e, e);
    }
    System.setProperty("candles.logs", folder.toString());
    System.setProperty("candles.level", level);
    System.setProperty("log.file", folder.resolve("collector.log").toString()); // for the web UI
    System.setProperty("log4j2.configurationFile", "log4j2-collector.xml");
  }
}
