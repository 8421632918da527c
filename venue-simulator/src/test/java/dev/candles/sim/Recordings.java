package dev.candles.sim;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** Finds recordings beside the repository; a test without them skips and says so. */
public final class Recordings {
  private Recordings() {}

  /** A file below the folder of shared recordings. */
  public static Path find(String name) {
    Path file = Path.of(System.getProperty("repository.root"), "..", "shared").resolve(name);
    Assumptions.assumeTrue(Files.exists(file), "recording is not here: " + name);
    return file;
  }
}
