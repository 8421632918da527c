package dev.candles.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.cli.demo.FollowUp;
import java.io.PipedReader;
import java.io.PipedWriter;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Scanner;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What {@code status} does besides what it shows. */
@Timeout(600)
class StatusCommandTest {
  private static final int NOT_RUNNING = 4;

  @TempDir private Path folder;

  /** Without the option it would have ended with what it saw. */
  @Test
  void watchingGoesOnUntilItIsTold() throws Exception {
    Files.createDirectories(folder.resolve("candles"));
    AtomicInteger code = new AtomicInteger(-1);
    try (PipedReader pages = new PipedReader();
        PrintWriter out = new PrintWriter(new PipedWriter(pages));
        Scanner lines = new Scanner(pages)) {
      Thread watch = new Thread(() -> code.set(status(out, "status", "--watch")));
      watch.start();
      assertThat(lines.findWithinHorizon("No open gaps", 0)).isNotNull();
      watch.interrupt();
      watch.join();
    }
    assertThat(code).doesNotHaveValue(NOT_RUNNING).doesNotHaveValue(-1);
    assertThat(Commands.run("status", "--data-dir", folder.toString()).code())
        .isEqualTo(NOT_RUNNING)
        .isEqualTo(FollowUp.STATUS.code());
  }

  private int status(PrintWriter out, String... words) {
    return Candles.commandLine()
        .setOut(out)
        .setErr(new PrintWriter(PrintWriter.nullWriter()))
        .execute(words[0], words[1], "--data-dir", folder.toString());
  }
}
