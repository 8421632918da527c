package dev.candles.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.candles.cli.embedded.RefusedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(600)
class OsProcessTest {
  @Test
  void itIsAliveThenFrozenThenDead() throws Exception {
    Process child = new ProcessBuilder("sleep", "600").start();
    try {
      OsProcess process = OsProcess.of(child.pid()).orElseThrow();
      assertThat(process.state()).isEqualTo(OsProcess.State.ALIVE);
      assertThat(process.memory().orElseThrow()).isPositive();
      process.freeze();
      awaitState(process, OsProcess.State.FROZEN);
      process.wake();
      awaitState(process, OsProcess.State.ALIVE);
      process.freeze();
      awaitState(process, OsProcess.State.FROZEN);
      process.kill();
      child.waitFor();
      awaitState(process, OsProcess.State.DEAD);
    } finally {
      child.destroyForcibly();
    }
  }

  /** This very process: if it were mistaken for the old one, the test would not end well. */
  @Test
  void aLaterProcessWithTheSameNumberIsLeftAlone() throws Exception {
    long pid = ProcessHandle.current().pid();
    OsProcess old = new OsProcess(pid, "boot:1");

    assertThat(old.state()).isEqualTo(OsProcess.State.DEAD);
    old.end();
    old.kill();
    old.freeze();
    assertThat(OsProcess.of(pid).orElseThrow().state()).isEqualTo(OsProcess.State.ALIVE);
  }

  @Test
  void anEndThatNobodyHasAskedForIsAnEnd() throws Exception {
    // the shell becomes the second process, which never asks how its child ended
    Process parent = new ProcessBuilder("sh", "-c", "sleep 600 & echo $!; exec sleep 600").start();
    try {
      long pid = Long.parseLong(parent.inputReader().readLine());
      OsProcess child = OsProcess.of(pid).orElseThrow();
      child.kill();
      awaitState(child, OsProcess.State.DEAD);
    } finally {
      parent.destroyForcibly();
    }
  }

  /** It can be read until somebody asks how it ended, which may be while it is looked at. */
  @Test
  void whatCannotBeReadAnyMoreIsNotTakenForAlive() throws Exception {
    Process child = new ProcessBuilder("sleep", "600").start();
    OsProcess process = OsProcess.of(child.pid()).orElseThrow();
    Optional<String[]> living = OsProcess.fields(child.pid());
    assertThat(process.state(living)).isEqualTo(OsProcess.State.ALIVE);
    process.kill();
    child.waitFor();
    awaitState(process, OsProcess.State.DEAD);
    assertThat(process.state(Optional.empty())).isEqualTo(OsProcess.State.DEAD);
    assertThat(process.state(living)).as("one reading decides").isEqualTo(OsProcess.State.ALIVE);
  }

  @Test
  void aPidFileGivesTheProcessThatWasWritten(@TempDir Path folder) throws Exception {
    OsProcess own = OsProcess.of(ProcessHandle.current().pid()).orElseThrow();
    Member member = Member.here("jobmanager-1", own, 8081);
    Path file = Files.writeString(folder.resolve("jobmanager-1.pid"), member.text());

    assertThat(Member.read("jobmanager-1", file)).isEqualTo(member);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "4711",
        "pid=-1\nstarted=x\nhost=h\nrest_port=0\n",
        "pid=1\nstarted=x y\nhost=h\nrest_port=0\n",
        "pid=99999999999999999999\nstarted=x\nhost=h\nrest_port=0\n",
        "pid=1\nstarted=x\nrest_port=0\n",
        "pid=1\nstarted=x\nhost=h\nrest_port=0\nmore\n"
      })
  void whatIsNoPidFileIsRefused(String text, @TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("taskmanager-1.pid"), text);

    assertThatThrownBy(() -> Member.read("taskmanager-1", file))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("not a pid file: " + file);
  }

  /** Its number says nothing here: another process may have it. */
  @Test
  void aPidFileOfAnotherMachineIsRefusedWithItsName(@TempDir Path folder) throws Exception {
    OsProcess own = OsProcess.of(ProcessHandle.current().pid()).orElseThrow();
    Member there = new Member("jobmanager-1", own, "elsewhere", 8081);
    Path file = Files.writeString(folder.resolve("jobmanager-1.pid"), there.text());

    assertThatThrownBy(() -> Member.read("jobmanager-1", file))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("jobmanager-1 of this cluster runs on elsewhere and this is ")
        .hasMessageContaining(file.toString());
  }

  private static void awaitState(OsProcess process, OsProcess.State state) throws Exception {
    long deadline = System.nanoTime() + Duration.ofMinutes(4).toNanos();
    while (process.state() != state && System.nanoTime() < deadline) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
    assertThat(process.state()).isEqualTo(state);
  }
}
