package dev.candles.lake.state;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Another process of this program; closing it kills it with SIGKILL. */
record ChildJvm(Process process) implements AutoCloseable {
  static ChildJvm start(Class<?> main, Path argument) throws IOException {
    return new ChildJvm(
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName(),
                argument.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start());
  }

  long pid() {
    return process.pid();
  }

  /** The next line that it prints; waits for it. */
  String line() throws IOException {
    return process.inputReader(StandardCharsets.UTF_8).readLine();
  }

  @Override
  public void close() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }
}
