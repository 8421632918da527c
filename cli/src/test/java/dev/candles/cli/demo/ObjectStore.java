package dev.candles.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A server that speaks S3, on loopback, with an empty bucket: {@code interop/object-store}. What it
 * needs is installed below {@code interop/target}; where that is not to be had the test is skipped.
 */
final class ObjectStore implements AutoCloseable {
  private static final Path ROOT = Path.of(System.getProperty("repository.root"));
  private static final String READY = "serves ";
  private static final int SKIPPED = 77;

  private final Process process;

  /** Its address. */
  final String endpoint;

  private ObjectStore(Process process, String endpoint) {
    this.process = process;
    this.endpoint = endpoint;
  }

  /**
   * Starts it.
   *
   * @param plugins gets the folder of Flink's plugin for it
   * @param log gets what it says
   */
  static ObjectStore start(Path plugins, Path log) throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "there is no /bin/bash here");
    Process process =
        new ProcessBuilder(ROOT.resolve("interop/object-store").toString(), plugins.toString())
            .redirectError(log.toFile())
            .start();
    try (BufferedReader said = process.inputReader()) {
      String line = String.valueOf(said.readLine());
      if (!line.startsWith(READY)) {
        int code = process.waitFor();
        assumeTrue(code != SKIPPED, line);
        assertThat(code).as(line + "\n" + Files.readString(log)).isZero();
      }
      return new ObjectStore(process, line.substring(READY.length()));
    }
  }

  /** It ends with its input. */
  @Override
  public void close() throws IOException, InterruptedException {
    process.getOutputStream().close();
    int unused = process.waitFor();
  }
}
