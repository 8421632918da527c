package dev.candles.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Processes of a cluster whose starter ends. */
@Timeout(600)
class ClusterProcessesTest {
  @TempDir private Path folder;
  private Process process;

  @BeforeEach
  void start() throws Exception {
    process = new ProcessBuilder("sleep", "600").start();
    PidFile.write(folder, "jobmanager-1", process);
  }

  @AfterEach
  void end() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Test
  void theEndOfTheirStarterKillsThem() throws Exception {
    Process starter =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Starter.class.getName(),
                folder.toString())
            .inheritIO()
            .start();

    assertThat(starter.waitFor()).isEqualTo(SIGTERM);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
  }

  private static final int SIGTERM = 143;

  /** Is told to end when its cluster is ready. */
  static final class Starter {
    private Starter() {}

    public static void main(String[] words) throws Exception {
      ClusterProcesses processes = new ClusterProcesses(new ClusterFolder(Path.of(words[0])));
      processes.killAtExit(new PrintWriter(System.out, true));
      new ProcessBuilder("kill", Long.toString(ProcessHandle.current().pid())).start();
      Thread.currentThread().join();
    }
  }
}
