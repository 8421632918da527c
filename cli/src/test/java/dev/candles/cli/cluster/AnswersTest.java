package dev.candles.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnswersTest {
  @Test
  void theCauseBehindAllCausesIsOneLineWithoutWhatATerminalActsOn() {
    Throwable error =
        new IllegalStateException(
            "outer", new IOException("port\u001b[31m\nin use" + " x".repeat(1_000)));

    assertThat(Answers.why(error)).startsWith("port [31m in use").hasSizeLessThanOrEqualTo(200);
    assertThat(Answers.why(new NullPointerException()))
        .isEqualTo("unexpected NullPointerException");
  }

  @Test
  void theRootOfAStackTraceThatCameAsAText() {
    String trace = "a.A: first\n\tat x.Y\nCaused by: b.B: middle\n\tat z\nCaused by: c.C: root\n";

    assertThat(Answers.rootOf(trace)).isEqualTo("c.C: root");
    assertThat(Answers.rootOf("a.A: only\n\tat x")).isEqualTo("a.A: only");
    assertThat(Answers.rootOf("")).isEmpty();
  }

  @Test
  void ofALogItsLastCauseIsToldHoweverLongItIs(@TempDir Path folder) throws Exception {
    Path log = folder.resolve("a.log");
    Files.writeString(log, "Caused by: too long ago\n" + "INFO: line\n".repeat(5_000) + "end\n");
    assertThat(LogTail.last(log)).isEqualTo("end");
    Files.writeString(log, "ERROR: x\nCaused by: no memory\n\tat y\n");
    assertThat(LogTail.last(log)).isEqualTo("Caused by: no memory");
    Files.writeString(log, "");
    assertThat(LogTail.last(log)).isEmpty();
  }

  @Test
  void agesHaveTheirTwoLargestUnits() {
    assertThat(Jobs.age(Duration.ofSeconds(59))).isEqualTo("59 s");
    assertThat(Jobs.age(Duration.ofSeconds(61))).isEqualTo("1 min 1 s");
    assertThat(Jobs.age(Duration.ofMinutes(125))).isEqualTo("2 h 5 min");
    assertThat(Jobs.age(Duration.ofHours(50))).isEqualTo("2 d 2 h");
  }
}
