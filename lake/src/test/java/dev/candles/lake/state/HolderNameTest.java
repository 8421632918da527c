package dev.candles.lake.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Whom a name names. */
class HolderNameTest {
  private static String name(long pid) {
    return "pid=" + pid + " host=" + HolderName.host() + " started=unknown command=candles run";
  }

  @Test
  void aProcessLivesHereUntilItIsNotThere() throws Exception {
    assertThat(HolderName.livesHere(HolderName.own())).isTrue();
    Process process = new ProcessBuilder("sleep", "600").start();
    assertThat(HolderName.livesHere(name(process.pid()))).isTrue();
    process.destroyForcibly().waitFor();
    assertThat(HolderName.livesHere(name(process.pid()))).isFalse();
  }

  /** As after a kill, where nobody asks how it ended: in a container without an init process. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void aProcessThatHasEndedDoesNotLiveThoughItsNumberIsStillTaken() throws Exception {
    Process parent = new ProcessBuilder("sh", "-c", "sleep 0 & echo $!; exec sleep 600").start();
    try (BufferedReader said = parent.inputReader()) {
      long child = Long.parseLong(said.readLine());
      long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
      while (!stat(child).contains(") Z ")) {
        assertThat(System.nanoTime()).as("ended in time").isLessThan(deadline);
        LockSupport.parkNanos(10_000_000);
      }
      assertThat(ProcessHandle.of(child)).isPresent();
      assertThat(HolderName.livesHere(name(child))).isFalse();
    } finally {
      parent.destroyForcibly().waitFor();
    }
  }

  private static String stat(long pid) throws IOException {
    return Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
  }
}
