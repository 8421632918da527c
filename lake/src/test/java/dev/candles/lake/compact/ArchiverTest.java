package dev.candles.lake.compact;

import static dev.candles.lake.Samples.BTC;
import static dev.candles.lake.Samples.DAY;
import static dev.candles.lake.Samples.DAY_MILLIS;
import static dev.candles.lake.Samples.MINUTE;
import static dev.candles.lake.Samples.candle;
import static dev.candles.lake.compact.Lakes.OVER;
import static dev.candles.lake.compact.Lakes.PARTITION;
import static dev.candles.lake.compact.Lakes.compactor;
import static dev.candles.lake.compact.Lakes.content;
import static dev.candles.lake.compact.Lakes.folder;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.candles.core.candle.Candle;
import dev.candles.core.coverage.Intervals;
import dev.candles.lake.Samples;
import dev.candles.lake.coverage.DayKnowledge;
import dev.candles.lake.disk.Flushes;
import dev.candles.lake.layout.DataFiles;
import dev.candles.lake.layout.Folder;
import dev.candles.lake.layout.LakeLayout;
import dev.candles.lake.manifest.Manifest;
import dev.candles.lake.manifest.Manifests;
import dev.candles.lake.partition.Intents;
import dev.candles.lake.view.FileLake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchiverTest {
  @TempDir Path root;
  @TempDir Path archive;

  private static final class Kill extends Error {
    private static final long serialVersionUID = 1L;
  }

  @BeforeEach
  void fill() throws IOException {
    Lakes.fill(root, 1);
  }

  private Outcome archive() {
    return new Archiver(new LakeLayout(root), new LakeLayout(archive)).archive(PARTITION);
  }

  private static List<Candle> candles(Path lake) throws IOException {
    return new FileLake(lake.toString()).candles(BTC, DAY, DAY + DAY_MILLIS);
  }

  /** What the collector is told, with and without the candles of the day. */
  private static List<Intervals> finals(Path lake) throws IOException {
    long later = DAY + 10 * DAY_MILLIS;
    FileLake view = new FileLake(lake.toString());
    return List.of(
        view.scan(List.of(BTC), DAY, DAY, later).get(0).finals(),
        view.scan(List.of(BTC), DAY, later, later).get(0).finals());
  }

  @Test
  void theFilesMoveAndEverybodyStillKnowsWhatIsPresent() throws IOException {
    compactor(root).compact(PARTITION, OVER);
    List<Candle> candles = candles(root);
    List<Intervals> finals = finals(root);
    assertThat(archive().kind()).isEqualTo(Outcome.Kind.COMPACTED);
    assertThat(DataFiles.in(folder(root))).isEmpty();
    assertThat(finals(root)).isEqualTo(finals);
    assertThat(candles(root)).isEmpty();
    assertThat(candles(archive)).isEqualTo(candles);
    assertThat(Manifests.read(folder(root), PARTITION).orElseThrow().archivedTo())
        .isEqualTo(archive.toString());
    assertThat(compactor(archive).compact(PARTITION, OVER).kind())
        .as("the archive is a lake")
        .isEqualTo(Outcome.Kind.UNCHANGED);
    assertThat(archive().kind()).isEqualTo(Outcome.Kind.UNCHANGED);
    Outcome compacted = compactor(root).compact(PARTITION, OVER);
    assertThat(compacted.reason()).isEqualTo("it is archived in " + archive);
  }

  @Test
  void whatComesLaterIsSeenBesideTheArchive() throws IOException {
    compactor(root).compact(PARTITION, OVER);
    archive();
    Samples.write(root, candle(BTC, DAY + 17 * MINUTE, 0));
    assertThat(finals(root)).allMatch(Intervals.of(DAY, DAY + 60 * MINUTE)::equals);
    assertThat(candles(root)).hasSize(1);
  }

  @Test
  void whatComesLaterFollowsIntoTheArchive() throws IOException {
    compactor(root).compact(PARTITION, OVER);
    archive();
    Candle late = candle(BTC, DAY + 17 * MINUTE, 0);
    Samples.write(root, late);
    Samples.write(root, Folder.REVISIONS, List.of(candle(BTC, DAY + 18 * MINUTE, 1)));
    assertThat(compactor(root).compact(PARTITION, OVER).reason())
        .isEqualTo("it is archived in " + archive + ", and files came later; archive it again");
    assertThat(archive().kind()).isEqualTo(Outcome.Kind.COMPACTED);
    assertThat(DataFiles.in(folder(root))).isEmpty();
    assertThat(DataFiles.in(Lakes.revisions(root))).isEmpty();
    assertThat(candles(archive))
        .hasSize(60)
        .contains(late, candle(BTC, DAY + 18 * MINUTE, 1))
        .doesNotContain(candle(BTC, DAY + 18 * MINUTE, 0));
    assertThat(finals(root)).allMatch(Intervals.of(DAY, DAY + 60 * MINUTE)::equals);
    Manifest here = Manifests.read(folder(root), PARTITION).orElseThrow();
    Manifest there = Manifests.read(folder(archive), PARTITION).orElseThrow();
    assertThat(here).isEqualTo(there.archivedTo(archive.toString()));
    assertThat(compactor(archive).isDone(PARTITION, OVER)).isTrue();
    assertThat(archive().kind()).isEqualTo(Outcome.Kind.UNCHANGED);
  }

  @Test
  void whatCannotFollowIsRefusedAndStays(@TempDir Path other) throws IOException {
    compactor(root).compact(PARTITION, OVER);
    archive();
    Path late = Samples.write(root, candle(BTC, DAY + 17 * MINUTE, 0));
    Outcome elsewhere =
        new Archiver(new LakeLayout(root), new LakeLayout(other)).archive(PARTITION);
    assertThat(elsewhere.kind()).isEqualTo(Outcome.Kind.REFUSED);
    assertThat(elsewhere.reason()).contains("files came later; archive it there again");
    Map<String, String> there = content(archive);
    Path bad = Files.writeString(late.resolveSibling("bad.parquet"), "no rows");
    assertThat(archive().kind()).isEqualTo(Outcome.Kind.REFUSED);
    assertThat(content(archive)).isEqualTo(there);
    Files.delete(bad);
    Path note = folder(archive).resolve(Manifests.NAME);
    Path aside = Files.move(note, note.resolveSibling("_aside"));
    assertThat(archive().reason()).contains("the archive does not have it");
    Files.move(aside, note);
    assertThat(late).exists();
    assertThat(archive().kind()).isEqualTo(Outcome.Kind.COMPACTED);
  }

  @Test
  void stoppedAtEveryStepWhatComesLaterIsNotLost(@TempDir Path lakes) throws IOException {
    int step = 0;
    for (boolean killed = true; killed; step++) {
      Path here = lakes.resolve("lake-" + step);
      Path there = lakes.resolve("archive-" + step);
      Lakes.fill(here, step);
      compactor(here).compact(PARTITION, OVER);
      new Archiver(new LakeLayout(here), new LakeLayout(there)).archive(PARTITION);
      Samples.write(here, candle(BTC, DAY + 17 * MINUTE, 0));
      killed = killedAt(step, here, there);
      assertThat(finals(here))
          .as("step %d", step)
          .allMatch(Intervals.of(DAY, DAY + 60 * MINUTE)::equals);
      assertThat(candles(here).size() + candles(there).size()).isGreaterThanOrEqualTo(60);
      new Archiver(new LakeLayout(here), new LakeLayout(there)).archive(PARTITION);
      assertThat(candles(there)).as("step %d", step).hasSize(60);
      assertThat(DataFiles.in(folder(here))).as("step %d", step).isEmpty();
      assertThat(DataFiles.in(folder(there))).as("step %d", step).hasSize(1);
    }
    assertThat(step).isGreaterThan(5);
  }

  @Test
  void stoppedAtEveryStepNothingIsLostAndTheNextRunFinishes(@TempDir Path lakes)
      throws IOException {
    compactor(root).compact(PARTITION, OVER);
    List<Candle> truth = candles(root);
    List<Intervals> finals = finals(root);
    archive();
    Map<String, String> whole = content(archive);
    int step = 0;
    for (boolean killed = true; killed; step++) {
      Path here = lakes.resolve("lake-" + step);
      Path there = lakes.resolve("archive-" + step);
      Lakes.fill(here, step);
      compactor(here).compact(PARTITION, OVER);
      killed = killedAt(step, here, there);
      assertThat(finals(here)).as("step %d", step).isEqualTo(finals);
      List<Candle> left = candles(here);
      assertThat(left.isEmpty() ? candles(there) : left).as("step %d", step).isEqualTo(truth);
      new Archiver(new LakeLayout(here), new LakeLayout(there)).archive(PARTITION);
      assertThat(content(there)).as("step %d", step).isEqualTo(whole);
      assertThat(DataFiles.in(folder(here))).isEmpty();
    }
    assertThat(step).isGreaterThan(5);
  }

  private static boolean killedAt(int step, Path here, Path there) {
    int[] left = {step};
    try {
      new Archiver(
              new LakeLayout(here),
              new LakeLayout(there),
              reached -> {
                if (left[0]-- == 0) {
                  throw new Kill();
                }
              })
          .archive(PARTITION);
      return false;
    } catch (Kill kill) {
      return true;
    }
  }

  @Test
  void whatAKilledRunGaveItsNameIsOnTheDiskBeforeItsSourceGoes() throws IOException {
    compactor(root).compact(PARTITION, OVER);
    for (Path source : List.of(folder(root), Lakes.revisions(root))) {
      Path target = archive.resolve(root.relativize(source));
      Files.createDirectories(target);
      for (Path file : DataFiles.in(source)) {
        Files.copy(file, target.resolve(file.getFileName()));
      }
    }
    try (Flushes flushes = new Flushes()) {
      assertThat(archive().kind()).isEqualTo(Outcome.Kind.COMPACTED);
      assertThat(flushes.below(archive))
          .contains(
              archive.relativize(folder(archive)).toString(),
              archive.relativize(Lakes.revisions(archive)).toString());
    }
  }

  @Test
  void theNoteOfTheArchiveIsOnTheDiskBeforeWhatItAllowsToDelete() throws IOException {
    compactor(root).compact(PARTITION, OVER);
    killed(Step.SEALED, root, archive);
    String noted = root.relativize(folder(root)).toString();
    for (int file = 0; file < 2; file++) { // candles and revisions
      try (Flushes flushes = new Flushes()) {
        killed(Step.DELETED, root, archive);
        assertThat(flushes.below(root)).contains(noted);
      }
    }
    assertThat(DataFiles.in(folder(root))).isEmpty();
    assertThat(DataFiles.in(Lakes.revisions(root))).isEmpty();
  }

  @Test
  void aDayThatIsArchivedFlushesNothing() throws IOException {
    compactor(root).compact(PARTITION, OVER);
    archive();
    try (Flushes flushes = new Flushes()) {
      assertThat(archive().kind()).isEqualTo(Outcome.Kind.UNCHANGED);
      assertThat(flushes.below(root)).isEmpty();
    }
  }

  @Test
  void whatAKilledRunHadBegunToCopyGoes() throws IOException {
    compactor(root).compact(PARTITION, OVER);
    Path begun = folder(archive).resolve(".part-of-another-day.parquet.archiving");
    Files.createDirectories(folder(archive));
    Files.createFile(begun);
    assertThat(archive().kind()).isEqualTo(Outcome.Kind.COMPACTED);
    assertThat(begun).doesNotExist();
  }

  @Test
  void whatIsNotSealedIsRefused() throws IOException {
    assertThat(archive().reason()).isEqualTo("it is not compacted yet");
    Path intent = Files.writeString(folder(root).resolve(Intents.NAME), "cut short");
    assertThat(archive().reason()).isEqualTo("it is not compacted yet");
    Files.delete(intent);
    compactor(root).compact(PARTITION, OVER);
    Samples.write(root, candle(BTC, DAY + 17 * MINUTE, 0));
    assertThat(archive().reason()).contains("files came after it was compacted");
    compactor(root).compact(PARTITION, OVER);
    Path file = DataFiles.in(folder(root)).get(0);
    byte[] bytes = Files.readAllBytes(file);
    bytes[50] ^= 1;
    Files.write(file, bytes);
    assertThat(archive().reason()).contains("file is not the one that was sealed");
    assertThat(archive.toFile().list()).isEmpty();
  }

  @Test
  void anotherVersionInTheArchiveIsNotOverwritten() throws IOException {
    compactor(root).compact(PARTITION, OVER);
    Lakes.fill(archive, 1);
    Samples.write(archive, candle(BTC, DAY + 17 * MINUTE, 0));
    compactor(archive).compact(PARTITION, OVER);
    Map<String, String> there = content(archive);
    assertThat(archive().reason()).contains("the archive has another version of this partition");
    assertThat(content(archive)).isEqualTo(there);
    assertThat(candles(root)).hasSize(59);
  }

  /** Killed when the archive has its manifest, and nothing of that is noted here. */
  private static void copyHalfDone(Path here, Path there) {
    killed(Step.WRITTEN, here, there);
  }

  private static void killed(Step step, Path here, Path there) {
    Archiver archiver =
        new Archiver(
            new LakeLayout(here),
            new LakeLayout(there),
            reached -> {
              if (reached == step) {
                throw new Kill();
              }
            });
    assertThatThrownBy(() -> archiver.archive(PARTITION)).isInstanceOf(Kill.class);
  }

  /** What coverage has learnt since. */
  private static DayKnowledge lost(long openTimeMs) {
    Intervals lost = Intervals.of(openTimeMs, openTimeMs + MINUTE);
    return new DayKnowledge(
        Intervals.empty(), lost, Intervals.empty(), Long.MAX_VALUE, OVER.nowMs());
  }

  @Test
  void aCopyThatWasHalfDoneIsReplacedWhenThePartitionWasResealedSince() throws IOException {
    compactor(root).compact(PARTITION, OVER);
    copyHalfDone(root, archive);
    List<Candle> truth = candles(root);
    DayKnowledge later = lost(DAY + 17 * MINUTE);
    assertThat(compactor(root).compact(PARTITION, later).kind()).isEqualTo(Outcome.Kind.RESEALED);
    Manifest resealed = Manifests.read(folder(root), PARTITION).orElseThrow();
    assertThat(archive().kind()).isEqualTo(Outcome.Kind.COMPACTED);
    assertThat(Manifests.read(folder(archive), PARTITION)).contains(resealed);
    assertThat(candles(archive)).isEqualTo(truth);
    assertThat(DataFiles.in(folder(root))).isEmpty();
  }

  @Test
  void aCopyThatWasHalfDoneIsReplacedWhenAFileCameSinceWhereverItIsKilled(@TempDir Path lakes)
      throws IOException {
    Samples.write(root, candle(BTC, DAY + 17 * MINUTE, 0));
    Samples.write(root, Folder.REVISIONS, List.of(candle(BTC, DAY + 18 * MINUTE, 1)));
    compactor(root).compact(PARTITION, OVER);
    List<Candle> truth = candles(root);
    archive();
    Map<String, String> whole = content(archive);
    int step = 0;
    for (boolean killed = true; killed; step++) {
      Path here = lakes.resolve("lake-" + step);
      Path there = lakes.resolve("archive-" + step);
      Lakes.fill(here, step);
      compactor(here).compact(PARTITION, OVER);
      copyHalfDone(here, there);
      Samples.write(here, candle(BTC, DAY + 17 * MINUTE, 0));
      Samples.write(here, Folder.REVISIONS, List.of(candle(BTC, DAY + 18 * MINUTE, 1)));
      compactor(here).compact(PARTITION, OVER);
      killed = killedAt(step, here, there);
      List<Candle> left = candles(here);
      assertThat(left.isEmpty() ? candles(there) : left).as("step %d", step).isEqualTo(truth);
      Outcome healed = new Archiver(new LakeLayout(here), new LakeLayout(there)).archive(PARTITION);
      assertThat(healed.reason()).as("step %d", step).isEmpty();
      assertThat(content(there)).as("step %d", step).isEqualTo(whole);
      assertThat(DataFiles.in(folder(here))).isEmpty();
    }
    assertThat(step).isGreaterThan(7);
  }

  @Test
  void aCopyOfTheSameVersionOfWhichAFileIsGoneIsCopiedAgain() throws IOException {
    compactor(root).compact(PARTITION, OVER);
    List<Candle> truth = candles(root);
    copyHalfDone(root, archive);
    Files.delete(DataFiles.in(folder(archive)).get(0));
    assertThat(archive().reason()).isEmpty();
    assertThat(candles(archive)).isEqualTo(truth);
    assertThat(DataFiles.in(folder(root))).isEmpty();
  }

  @Test
  void aCopyOfWhichAFileIsGoneOrMovedOnIsNotReplaced(@TempDir Path other) throws IOException {
    compactor(root).compact(PARTITION, OVER);
    copyHalfDone(root, archive);
    compactor(root).compact(PARTITION, lost(DAY + 17 * MINUTE));
    Path file = DataFiles.in(folder(archive)).get(0);
    Path aside = Files.move(file, file.resolveSibling("_aside"));
    assertThat(archive().reason()).contains("names a file that is gone: file=" + file);
    Files.move(aside, file);
    new Archiver(new LakeLayout(archive), new LakeLayout(other)).archive(PARTITION);
    assertThat(archive().reason()).contains("the archive has another version of this partition");
    assertThat(candles(root)).hasSize(59);
  }

  @Test
  void aCopyThatIsBeingCompactedIsLeftAlone() throws IOException {
    compactor(root).compact(PARTITION, OVER);
    try (PartitionLock lock =
        PartitionLock.tryTake(new LakeLayout(archive), PARTITION).orElseThrow()) {
      assertThat(archive().reason()).isEqualTo("the archive's copy is being compacted");
    }
    Files.createDirectories(folder(archive));
    Path intent = Files.createFile(folder(archive).resolve(Intents.NAME));
    assertThat(archive().reason()).contains("a compaction of the archive was interrupted");
    Files.delete(intent);
    assertThat(archive().kind()).isEqualTo(Outcome.Kind.COMPACTED);
  }
}
