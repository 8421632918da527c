package dev.candles.lake.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.candles.core.lake.LakeWriteAccess;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(600)
class LakeLockTest {
  @TempDir Path root;
  private final List<ChildJvm> children = new ArrayList<>();

  @AfterEach
  void stopChildren() throws InterruptedException {
    for (ChildJvm child : children) {
      child.close();
    }
  }

  @Test
  void aSecondProcessIsRefusedWithTheHoldersNameUntilTheLastHoldEnds() throws Exception {
    LakeLock lock = new LakeLock(root.toString());
    LakeWriteAccess.Hold first = lock.acquire();
    LakeWriteAccess.Hold second =
        new LakeLock(root.resolve("../" + root.getFileName()).toString()).acquire();
    String name = "pid=" + ProcessHandle.current().pid() + " host=";
    assertThat(lock.holder().orElseThrow()).startsWith(name); // reading it does not free it
    assertThat(spawn().line()).startsWith("refused").contains("writer already").contains(name);
    first.close();
    first.close(); // twice is once
    assertThat(spawn().line()).startsWith("refused");
    second.close();
    assertThat(lock.holder()).isEmpty();
    assertThat(spawn().line()).isEqualTo("taken");
  }

  @Test
  void theDeathOfTheHolderFreesTheLock() throws Exception {
    ChildJvm holder = spawn();
    assertThat(holder.line()).isEqualTo("taken");
    LakeLock lock = new LakeLock(root.toString());
    assertThat(lock.holder().orElseThrow())
        .contains("pid=" + holder.pid())
        .contains("command=" + LockHolder.class.getName());
    assertThatThrownBy(lock::acquire)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("pid=" + holder.pid());
    holder.close();
    try (LakeWriteAccess.Hold hold = lock.acquire()) {
      assertThat(hold).isNotNull();
      assertThat(Files.exists(root.resolve(".state/lock"))).isTrue();
    }
  }

  @Test
  void aHoldInAnotherClassLoaderOfThisJvmRefusesWithoutTouchingTheFile() throws Exception {
    Path file = Files.createDirectories(root.resolve(".state")).toRealPath().resolve("lock");
    System.setProperty("candles.lake.lock." + file, "pid=1 twin");
    try {
      assertThatThrownBy(() -> new LakeLock(root.toString()).acquire())
          .isInstanceOf(IOException.class)
          .hasMessageContaining("pid=1 twin");
      assertThat(file).doesNotExist();
    } finally {
      System.clearProperty("candles.lake.lock." + file);
    }
  }

  @Test
  void aLockThatThisJvmHoldsInAnyOtherWayIsARefusalToo() throws Exception {
    Path file = Files.createDirectories(root.resolve(".state")).toRealPath().resolve("lock");
    try (FileChannel other =
            FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        FileLock held = other.lock()) {
      assertThat(held.isValid()).isTrue();
      assertThatThrownBy(() -> new LakeLock(root.toString()).acquire())
          .isInstanceOf(IOException.class)
          .hasMessageContaining("lake has a writer already");
    }
  }

  @Test
  void askingForTheHolderOfALakeThatDoesNotExistMakesNothing() throws IOException {
    assertThat(new LakeLock(root.resolve("absent").toString()).holder()).isEmpty();
    assertThat(root.resolve("absent")).doesNotExist();
  }

  @Test
  void itTravelsToTheEnumerators() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(new LakeLock(root.toString()));
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertThat(((LakeLock) in.readObject()).holder()).isEmpty();
    }
  }

  @Test
  void afterAStopNothingUnfinishedIsLeftButCompactionsOwn() throws IOException {
    Path unfinished = file("candles/.c-1-0.parquet.inprogress.9", System.currentTimeMillis());
    Path merging = file("candles/.part-1.parquet.tmp", 1_000);
    Path finished = file("candles/c-1-0.parquet", 1_000);
    assertThat(new LakeLock(root.toString()).sweepInProgress()).isEqualTo(1);
    assertThat(unfinished).doesNotExist();
    assertThat(List.of(merging, finished)).allMatch(Files::exists);
  }

  private Path file(String path, long modifiedMs) throws IOException {
    Path file = root.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "x");
    return Files.setLastModifiedTime(file, FileTime.fromMillis(modifiedMs));
  }

  private ChildJvm spawn() throws IOException {
    ChildJvm child = ChildJvm.start(LockHolder.class, root);
    children.add(child);
    return child;
  }

  /** The name is shown to people, in a terminal. */
  @Test
  void whatATerminalWouldActOnIsNoPartOfAName() throws Exception {
    Path file = Files.createDirectories(root.resolve(".state")).resolve("lock");
    Files.writeString(file, "pid=1 host=a\u009bb\nc");
    assertThat(new LakeLock(root.toString()).holder()).contains("pid=1 host=a?b?c");
  }
}
