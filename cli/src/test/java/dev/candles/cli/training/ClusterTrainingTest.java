package dev.candles.cli.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.candles.cli.cluster.PidFile;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a training that was killed leaves. */
@Timeout(600)
class ClusterTrainingTest {
  @TempDir private Path work;

  @Test
  void itsProcessesAreEnded() throws Exception {
    Process left = new ProcessBuilder("sleep", "600").start();
    try {
      PidFile.write(work.resolve("cluster"), "taskmanager-1", left);

      ClusterTraining.endLeft(work);

      assertThat(PidFile.ended(work.resolve("cluster/pid/taskmanager-1.pid"), "taskmanager-1"))
          .matches(ended -> ended.getAsBoolean());
    } finally {
      left.destroyForcibly().waitFor();
    }
  }

  @Test
  void whereNothingIsLeftNothingIsToBeEnded() {
    assertThatCode(() -> ClusterTraining.endLeft(work.resolve("none"))).doesNotThrowAnyException();
  }
}
