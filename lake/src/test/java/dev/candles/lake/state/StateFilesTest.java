package dev.candles.lake.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.candles.lake.disk.Trees;
import dev.candles.lake.layout.LakeLayout;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateFilesTest {
  private static final String OLD = "0".repeat(32);
  private static final String NEW = "a".repeat(32);
  private static final long NOW = 1_768_000_000_000L;
  private static final long DAY = 86_400_000;

  @TempDir Path root;
  private StateFiles files;

  @BeforeEach
  void open() {
    files = new StateFiles(new LakeLayout(root));
  }

  @Test
  void anEmptyLakeHasNothingToRestore() throws IOException {
    assertThat(files.newest(NOW)).isEmpty();
    assertThat(files.othersThan(NEW)).isEmpty();
  }

  @Test
  void theNewestCompleteOneIsFoundAmongCheckpointsAndSavepoints() throws IOException {
    complete("checkpoints/" + OLD + "/chk-9", 5_000);
    complete("savepoints/savepoint-1", 6_000);
    Path newest = complete("checkpoints/" + NEW + "/chk-2", 7_000);
    Files.createDirectories(root.resolve(".state/checkpoints/" + NEW + "/chk-3")); // incomplete
    complete("checkpoints/" + NEW + "/shared", 9_000);
    assertThat(files.newest(NOW)).contains(new StateFiles.Snapshot(newest, 7_000, 2));
    Path savepoint = complete("savepoints/savepoint-2", 8_000);
    assertThat(files.newest(NOW).orElseThrow().folder()).isEqualTo(savepoint);
  }

  @Test
  void atTheSameTimeTheHigherNumberIsNewer() throws IOException {
    complete("checkpoints/" + OLD + "/chk-9", 5_000);
    Path higher = complete("checkpoints/" + OLD + "/chk-10", 5_000);
    assertThat(files.newest(NOW).orElseThrow().folder()).isEqualTo(higher);
  }

  /** Taken while the clock was a day ahead; the job went on from it. */
  @Test
  void aSavepointOfTomorrowIsNotNewerThanWhatCameAfterIt() throws IOException {
    Path tomorrows = numbered("savepoints/savepoint-000000-1a2b3c", NOW + DAY, 100);
    Path older = numbered("savepoints/savepoint-000000-4d5e6f", NOW - DAY, 50);
    Path now = numbered("checkpoints/" + NEW + "/chk-101", NOW, 101);
    assertThat(files.complete(NOW))
        .extracting(StateFiles.Snapshot::folder)
        .containsExactly(now, older, tomorrows);
    assertThat(files.newestSavepointOf(OLD, NOW)).as("by its number").contains(tomorrows);
    assertThat(files.newest(NOW + DAY).orElseThrow().folder()).isEqualTo(tomorrows);
  }

  /** A machine without a battery comes up with the time of yesterday. */
  @Test
  void aClockThatIsBehindMakesNoOldSavepointTheNewest() throws IOException {
    Path old = numbered("savepoints/savepoint-000000-1a2b3c", NOW - 3 * DAY, 100);
    Path newest = numbered("checkpoints/" + NEW + "/chk-150", NOW, 150);
    Path last = numbered("checkpoints/" + NEW + "/chk-149", NOW - 1_000, 149);
    assertThat(files.complete(NOW - DAY))
        .extracting(StateFiles.Snapshot::folder)
        .containsExactly(newest, last, old);
  }

  @Test
  void aSavepointOfTomorrowIsKeptBesideTheNewest() throws IOException {
    Path tomorrows = complete("savepoints/savepoint-000000-1a2b3c", NOW + DAY);
    Path newest = complete("savepoints/savepoint-000000-4d5e6f", NOW);
    Path older = complete("savepoints/savepoint-000000-7a8b9c", NOW - 1_000);
    assertThat(files.tidy(NEW, 1, NOW).savepoints()).containsExactly(older);
    assertThat(List.of(tomorrows, newest)).allMatch(Files::exists);
  }

  @Test
  void otherJobsCheckpointsGoOnceTheNewJobHasItsOwnAndSavepointsStay() throws IOException {
    Path old = complete("checkpoints/" + OLD + "/chk-9", 5_000);
    Path savepoint = complete("savepoints/savepoint-1", 6_000);
    Path notes = Files.createDirectories(root.resolve(".state/checkpoints/notes"));
    Files.createDirectories(root.resolve(".state/checkpoints/" + NEW + "/chk-1"));
    files.tidy(NEW, 10, NOW);
    assertThat(old).exists();
    Path own = complete("checkpoints/" + NEW + "/chk-1", 7_000);
    assertThat(files.tidy(NEW, 10, NOW).left()).isEmpty();
    assertThat(old.getParent()).doesNotExist();
    assertThat(own).exists();
    assertThat(savepoint).exists();
    assertThat(notes).exists();
  }

  /** As one of root's, or that is open elsewhere on a network file system. */
  @Test
  void whatCannotBeDeletedIsToldAndKeepsNothingElseFromGoing() throws IOException {
    Path denied = complete("checkpoints/" + "1".repeat(32) + "/chk-1", 1_000).getParent();
    Path other = complete("checkpoints/" + OLD + "/chk-9", 5_000).getParent();
    complete("checkpoints/" + NEW + "/chk-1", 7_000);
    Path older = complete("savepoints/savepoint-000000-1a2b3c", 2_000);
    complete("savepoints/savepoint-000000-4d5e6f", 3_000);
    StateFiles some =
        new StateFiles(
            new LakeLayout(root),
            folder -> {
              if (folder.equals(denied)) {
                throw new AccessDeniedException(folder.toString());
              }
              Trees.delete(folder);
            });

    StateFiles.Tidied tidied = some.tidy(NEW, 1, NOW);

    assertThat(tidied.left()).singleElement().asString().startsWith(denied + ": ");
    assertThat(tidied.savepoints()).containsExactly(older);
    assertThat(denied).exists();
    assertThat(other).doesNotExist();
  }

  @Test
  void theNewestSavepointsStayAndWhatIsNotTheCollectors() throws IOException {
    Path[] taken = new Path[5];
    for (int i = 0; i < 5; i++) {
      taken[i] = complete("savepoints/savepoint-00000" + i + "-1a2b3c", 1_000 * (i + 1));
    }
    Path own = complete("savepoints/before-the-move", 500);
    Path young = Files.createDirectories(files.savepoints().resolve("savepoint-0000aa-1a2b3c"));
    Path old = Files.createDirectories(files.savepoints().resolve("savepoint-0000bb-1a2b3c"));
    Files.setLastModifiedTime(old, FileTime.fromMillis(3_999));
    assertThat(files.tidy(NEW, 5, NOW).savepoints()).isEmpty();
    assertThat(files.tidy(NEW, 2, NOW).savepoints())
        .containsExactlyInAnyOrder(taken[0], taken[1], taken[2], old);
    assertThat(List.of(taken[0], taken[1], taken[2], old)).noneMatch(Files::exists);
    assertThat(List.of(taken[3], taken[4], own, young)).allMatch(Files::exists);
    assertThatThrownBy(() -> files.tidy(NEW, 0, NOW)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aSavepointIsFoundByTheJobThatTookIt() throws IOException {
    assertThat(files.newestSavepointOf(OLD, NOW)).isEmpty();
    String digits = OLD.substring(0, 6);
    complete("savepoints/savepoint-" + digits + "-1a2b3c", 1_000);
    Path last = complete("savepoints/savepoint-" + digits + "-4d5e6f", 2_000);
    complete("savepoints/savepoint-abcdef-1a2b3c", 3_000);
    Files.createDirectories(files.savepoints().resolve("savepoint-" + digits + "-unfinished"));
    assertThat(files.newestSavepointOf(OLD, NOW)).contains(last);
  }

  @Test
  void aNameThatIsNoJobIdDeletesNothing() {
    assertThatThrownBy(() -> files.tidy("../candles", 10, NOW))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not a job id");
  }

  @Test
  void whatAJobTookIsOfTheLakeAtItsPlace() throws IOException {
    files.sign(OLD);
    Path checkpoint = complete("checkpoints/" + OLD + "/chk-9", 5_000);
    Path ofTheJob = complete("savepoints/savepoint-000000-1a2b3c", 6_000);
    Path stopped = complete("savepoints/savepoint-ffffff-1a2b3c", 7_000);
    files.signSavepoint(stopped);
    assertThat(files.complete(NOW))
        .extracting(StateFiles.Snapshot::folder)
        .containsExactly(stopped, ofTheJob, checkpoint)
        .allSatisfy(snapshot -> assertThat(files.foreign(snapshot)).isEmpty());
  }

  @Test
  void allSourcesOfAJobMaySignAtTheSameTime() throws Exception {
    ExecutorService sources = Executors.newFixedThreadPool(4);
    try {
      List<Callable<String>> signs =
          Collections.nCopies(
              200,
              () -> {
                files.sign(OLD);
                return OLD;
              });
      for (Future<String> signed : sources.invokeAll(signs)) {
        assertThat(signed.get()).isEqualTo(OLD);
      }
    } finally {
      sources.shutdownNow();
    }
    assertThat(files.foreign(complete("checkpoints/" + OLD + "/chk-9", 5_000))).isEmpty();
  }

  @Test
  void whatSaysNothingIsOfNoLake() throws IOException {
    Path checkpoint = complete("checkpoints/" + OLD + "/chk-9", 5_000);
    Path savepoint = complete("savepoints/savepoint-0a0a0a-1", 6_000);
    assertThat(files.foreign(checkpoint)).contains("it does not say of which lake it is");
    assertThat(files.foreign(savepoint)).contains("it does not say of which lake it is");
  }

  @Test
  void whatWasTakenInAnotherLakeOrAtAnotherPlaceIsForeign(@TempDir Path other) throws IOException {
    files.sign(OLD);
    Path taken = complete("checkpoints/" + OLD + "/chk-9", 5_000);
    Path moved = other.resolve("lake");
    Path was = root.resolve(".state").toRealPath();
    Files.move(root, moved);
    StateFiles there = new StateFiles(new LakeLayout(moved));
    Path snapshot = moved.resolve(root.relativize(taken));
    assertThat(there.complete(NOW)).hasSize(1);
    assertThat(there.foreign(snapshot)).contains("it was taken in " + was);
    Files.move(moved, root);
    assertThat(files.foreign(taken)).isEmpty();
  }

  @Test
  void aLinkToTheLakeIsTheLake(@TempDir Path other) throws IOException {
    files.sign(OLD);
    complete("checkpoints/" + OLD + "/chk-9", 5_000);
    Path link = Files.createSymbolicLink(other.resolve("link"), root);
    StateFiles linked = new StateFiles(new LakeLayout(link));
    assertThat(linked.foreign(linked.newest(NOW).orElseThrow().folder())).isEmpty();
  }

  /** With the head of Flink's metadata. */
  private Path numbered(String folder, long atMs, long number) throws IOException {
    Path path = complete(folder, atMs);
    byte[] head = ByteBuffer.allocate(20).putInt(0x4960672d).putInt(6).putLong(number).array();
    Path metadata = Files.write(path.resolve("_metadata"), head);
    Files.setLastModifiedTime(metadata, FileTime.fromMillis(atMs));
    return path;
  }

  private Path complete(String folder, long atMs) throws IOException {
    Path path = Files.createDirectories(root.resolve(".state").resolve(folder));
    Path metadata = Files.writeString(path.resolve("_metadata"), "x");
    Files.setLastModifiedTime(metadata, FileTime.fromMillis(atMs));
    return path;
  }

  @Test
  void aNoteOfThePortThatIsNoneOfOursIsNone() throws IOException {
    Path note = Files.createDirectories(root.resolve(".state")).resolve("web_ui");
    files.webUi(8081);
    assertThat(files.webUi()).hasValue(8081);
    Files.writeString(note, "8081" + " ".repeat(100_000));
    assertThat(files.webUi()).isEmpty();
    Files.delete(note);
    assertThat(files.webUi()).isEmpty();
    Files.createDirectory(note);
    assertThat(files.webUi()).isEmpty();
  }
}
