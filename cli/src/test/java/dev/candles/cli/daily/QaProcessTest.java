package dev.candles.cli.daily;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.lake.layout.LakeLayout;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The checks as a process beside another. */
@Execution(ExecutionMode.CONCURRENT)
@Timeout(600)
class QaProcessTest {
  private static final long PATIENCE_S = 25;

  @TempDir private Path folder;

  /** In the place of a collector: starts checks, prints their number and waits for them. */
  static final class Starter {
    private Starter() {}

    /** The words are the configuration and the lake. */
    public static void main(String[] words) throws Exception {
      Path lake = Path.of(words[1]);
      QaReports reports = new QaReports(new LakeLayout(lake));
      reports.open();
      Path report = lake.resolve("report.json");
      Process checks =
          QaProcess.start(Path.of(words[0]), lake, reports, report, lake.resolve("page.html"));
      System.out.println(checks.pid());
      checks.waitFor();
    }
  }

  /** A terminal that closes ends a JVM as SIGTERM does this one, a second Ctrl-C as SIGKILL. */
  @ParameterizedTest
  @ValueSource(strings = {"TERM", "KILL"})
  @EnabledOnOs(OS.LINUX)
  void checksEndWithTheirCollectorHoweverItEnds(String signal) throws Exception {
    Path config = folder.resolve("config.yaml"); // a pipe: whoever reads it waits
    assertThat(new ProcessBuilder("mkfifo", config.toString()).start().waitFor()).isZero();
    Files.createDirectories(folder.resolve("lake/candles"));
    Process collector = collector(config);
    long checks = 0;
    try (var kept = new RandomAccessFile(config.toFile(), "rw")) { // it never ends either
      var printed = new InputStreamReader(collector.getInputStream(), StandardCharsets.UTF_8);
      checks = Long.parseLong(String.valueOf(new BufferedReader(printed).readLine()));
      long pid = checks;
      await("the checks wait", () -> reads(pid, config));
      String ended = Long.toString(collector.pid());
      assertThat(new ProcessBuilder("kill", "-" + signal, ended).start().waitFor()).isZero();
      collector.waitFor();
      await("the checks end", () -> hasEnded(pid));
    } finally {
      collector.destroyForcibly();
      ProcessHandle.of(checks).ifPresent(ProcessHandle::destroyForcibly);
    }
  }

  private Process collector(Path config) throws IOException {
    return new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-cp",
                System.getProperty("java.class.path"),
                Starter.class.getName(),
                config.toString(),
                folder.resolve("lake").toString()))
        .redirectError(folder.resolve("err").toFile())
        .start();
  }

  private static void await(String what, BooleanSupplier condition) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_S);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as(what).isLessThan(deadline);
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  private static boolean reads(long pid, Path file) {
    try (Stream<Path> open = Files.list(Path.of("/proc", Long.toString(pid), "fd"))) {
      for (Path one : open.toList()) {
        if (Files.exists(one) && Files.isSameFile(one, file)) {
          return true;
        }
      }
    } catch (IOException closed) {
      return false; // look again
    }
    return false;
  }

  /** Also where nobody asks how an orphan has ended. */
  private static boolean hasEnded(long pid) {
    try {
      return Files.readString(Path.of("/proc", Long.toString(pid), "stat")).contains(") Z ");
    } catch (IOException gone) {
      return true;
    }
  }
}
