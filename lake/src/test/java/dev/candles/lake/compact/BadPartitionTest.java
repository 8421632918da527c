package dev.candles.lake.compact;

import static dev.candles.lake.Samples.BTC;
import static dev.candles.lake.Samples.DAY;
import static dev.candles.lake.Samples.ETH;
import static dev.candles.lake.Samples.MINUTE;
import static dev.candles.lake.Samples.candle;
import static dev.candles.lake.compact.Lakes.OVER;
import static dev.candles.lake.compact.Lakes.PARTITION;
import static dev.candles.lake.compact.Lakes.compactor;
import static dev.candles.lake.compact.Lakes.content;
import static dev.candles.lake.compact.Lakes.folder;
import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.candle.Candle;
import dev.candles.lake.Samples;
import dev.candles.lake.layout.DataFiles;
import dev.candles.lake.layout.Folder;
import dev.candles.lake.layout.LakeLayout;
import dev.candles.lake.manifest.Manifests;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A partition of which something is wrong is refused, with the reason, and nothing is changed. */
class BadPartitionTest {
  @TempDir Path root;
  @TempDir Path elsewhere;

  @BeforeEach
  void fill() throws IOException {
    Lakes.fill(root, 1);
  }

  private Path newFile() {
    return folder(root).resolve("c-bad-0.parquet");
  }

  private void refused(String why) throws IOException {
    Map<String, String> before = content(root);
    Outcome outcome = compactor(root).compact(PARTITION, OVER);
    assertThat(outcome.kind()).isEqualTo(Outcome.Kind.REFUSED);
    assertThat(outcome.reason()).contains(why);
    assertThat(content(root)).as("untouched").isEqualTo(before);
  }

  private void refusedFile(String why) throws IOException {
    refused(why);
    assertThat(compactor(root).compact(PARTITION, OVER).reason())
        .as("names the file")
        .contains(newFile().toString());
  }

  @Test
  void anEmptyFile() throws IOException {
    Files.createFile(newFile());
    refusedFile("UnreadableFileException: not a readable file of the lake");
  }

  @Test
  void aFileCutShort() throws IOException {
    byte[] bytes = Files.readAllBytes(DataFiles.in(folder(root)).get(0));
    Files.write(newFile(), Arrays.copyOf(bytes, bytes.length - 9));
    refusedFile("not a readable file of the lake");
  }

  @Test
  void aFileOfSomethingElse() throws IOException {
    Files.write(newFile(), "symbol,price\n".repeat(99).getBytes(StandardCharsets.UTF_8));
    refusedFile("not a readable file of the lake");
  }

  @Test
  void aFileWithABrokenPage() throws IOException {
    byte[] bytes = Files.readAllBytes(DataFiles.in(folder(root)).get(0));
    Arrays.fill(bytes, 40, 120, (byte) 0x5a);
    Files.write(newFile(), bytes);
    refusedFile("not a readable file of the lake");
  }

  @Test
  void aFileInTheWrongFolder() throws IOException {
    Path other = Samples.write(elsewhere, candle(ETH, DAY, 0));
    Files.copy(other, newFile());
    refusedFile("file is of another venue: path=coinbase, file=okx");
  }

  @Test
  void aFileOfAnotherDay() throws IOException {
    Path other = Samples.write(elsewhere, candle(BTC, DAY - MINUTE, 0));
    Files.copy(other, newFile());
    refusedFile("file is of another date: path=2026-01-09, file=2026-01-08");
  }

  @Test
  void aFileWhoseNameIsNoText() throws Exception {
    String file = DataFiles.in(folder(root)).get(0).toString();
    String script = "cp \"$0\" \"$1\"/c-$'\\xff'.parquet"; // Java has no such name
    Process copy = new ProcessBuilder("bash", "-c", script, file, folder(root).toString()).start();
    assertThat(copy.waitFor()).isZero();
    refused("file has a name that a lake cannot note: file=" + folder(root));
    assertThat(compactor(root).isDone(PARTITION, OVER)).isFalse();
  }

  @Test
  void aFileWhoseNameReadsAsAFolderElsewhere() throws IOException {
    Path odd = folder(root).resolve("c-a\\b.parquet");
    Files.copy(DataFiles.in(folder(root)).get(0), odd);
    refused("file has a name that a lake cannot note: file=" + odd);
  }

  @Test
  void aCrowdOfFiles() throws IOException {
    int here = DataFiles.in(folder(root)).size();
    for (int i = here; i <= DataFiles.MAX_FILES; i++) {
      Files.createFile(folder(root).resolve("c-crowd-" + i + ".parquet"));
    }
    refused("too many files in one partition: file=" + folder(root) + ", more than 20000 files");
  }

  @Test
  void aFileWithAColumnThatWouldBeLost() throws Exception {
    duckdb(
        "select *, 'coinbase' as venue from read_parquet('"
            + DataFiles.in(folder(root)).get(0)
            + "', hive_partitioning = false)");
    refusedFile("column is not one of the lake's: venue");
  }

  @Test
  void aFileOfOtherColumns() throws Exception {
    duckdb("select 1 as one");
    refusedFile("column is missing: open_time_ms");
  }

  private void duckdb(String query) throws SQLException {
    try (var connection = DriverManager.getConnection("jdbc:duckdb:");
        var statement = connection.createStatement()) {
      statement.execute("copy (" + query + ") to '" + newFile() + "' (format parquet)");
    }
  }

  @Test
  void aManifestThatLies() throws IOException {
    compactor(root).compact(PARTITION, OVER);
    Samples.write(root, candle(BTC, DAY + 17 * MINUTE, 0));
    Path manifest = folder(root).resolve(Manifests.NAME);
    Files.writeString(
        manifest, Files.readString(manifest).replace("\"rows\" : 59", "\"rows\" : 58"));
    refused("manifest cannot be believed");
  }

  @Test
  void aSealedFileThatIsGone() throws IOException {
    compactor(root).compact(PARTITION, OVER);
    Path file = DataFiles.in(folder(root)).get(0);
    Files.delete(file);
    refused("names a file that is gone: file=" + file + ", 59 rows");
    assertThat(compactor(root).isDone(PARTITION, OVER)).isFalse();
  }

  @Test
  void aSealedFileOfAnotherLength() throws IOException {
    compactor(root).compact(PARTITION, OVER);
    Path file = DataFiles.in(folder(root)).get(0);
    Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 500));
    refused("file has another length than the manifest says: file=" + file);
    assertThat(compactor(root).isDone(PARTITION, OVER)).isFalse();
  }

  @Test
  void aSealedFileOfRevisionsThatIsGone() throws IOException {
    compactor(root).compact(PARTITION, OVER);
    Path file = DataFiles.in(Lakes.revisions(root)).get(0);
    Files.delete(file);
    refused("names a file that is gone: file=" + file);
  }

  @Test
  void aFolderThatCannotBeListed() throws IOException {
    compactor(root).compact(PARTITION, OVER);
    Path revisions = Lakes.revisions(root);
    for (Path file : DataFiles.in(revisions)) {
      Files.delete(file);
    }
    Files.delete(revisions);
    Files.writeString(revisions, "a file in a folder's place");
    assertThat(compactor(root).isDone(PARTITION, OVER)).isFalse();
    refused("Not a directory");
    Archiver archiver = new Archiver(new LakeLayout(root), new LakeLayout(elsewhere));
    assertThat(archiver.archive(PARTITION).reason())
        .contains("NotDirectoryException: " + revisions);
  }

  /** No reader of ours opens it, so nothing of it gets lost; QA reports it. */
  @Test
  void aFileThatIsNotTheLakesStopsNothing() throws IOException {
    Path note = Files.writeString(folder(root).resolve("notes.txt"), "whose?");
    Path hidden = Files.writeString(folder(root).resolve("._c-1-0.parquet"), "a file manager's");
    assertThat(compactor(root).compact(PARTITION, OVER).kind()).isEqualTo(Outcome.Kind.COMPACTED);
    assertThat(compactor(root).isDone(PARTITION, OVER)).isTrue();
    assertThat(compactor(root).compact(PARTITION, OVER).kind()).isEqualTo(Outcome.Kind.UNCHANGED);
    assertThat(note).hasContent("whose?");
    assertThat(hidden).hasContent("a file manager's");
  }

  @Test
  void aSealedFileThatWasReplacedBeforeItIsMerged() throws IOException {
    compactor(root).compact(PARTITION, OVER);
    Path file = DataFiles.in(folder(root)).get(0);
    byte[] bytes = Files.readAllBytes(file);
    bytes[60] ^= 1;
    Files.write(file, bytes);
    Samples.write(root, candle(BTC, DAY + 17 * MINUTE, 0));
    refused("file is not the one that was sealed");
  }

  @Test
  void moreVersionsOfACandleThanAVenueMakes() throws IOException {
    List<Candle> many = new ArrayList<>();
    for (int revision = 1; revision <= 300; revision++) {
      many.add(candle(BTC, DAY, revision));
    }
    Samples.write(root, Folder.REVISIONS, many);
    refused("too many versions of one candle: open_time_ms=" + DAY + ", max=200");
  }

  @Test
  void aFolderThatCannotBeWritten() throws IOException {
    // also for root, whom permissions do not stop: a folder lies where the merged file would
    Files.createDirectories(MergedFile.temporary(folder(root)).resolve("in the way"));
    refused("DirectoryNotEmptyException");
  }

  @Test
  void aMergedFileThatIsNotWhatWasWritten() throws IOException {
    Path whole = DataFiles.in(folder(root)).get(0); // a good file, of other rows
    Map<String, String> before = content(root);
    Compactor disturbed =
        new Compactor(
            new LakeLayout(root),
            step -> {
              if (step == Step.WRITTEN) {
                replace(MergedFile.temporary(folder(root)), whole);
              }
            });
    Outcome outcome = disturbed.compact(PARTITION, OVER);
    assertThat(outcome.kind()).isEqualTo(Outcome.Kind.REFUSED);
    assertThat(outcome.reason()).contains("merged file differs from what was written: rows=59");
    assertThat(content(root)).as("untouched").isEqualTo(before);
  }

  private static void replace(Path file, Path by) {
    try {
      Files.copy(by, file, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aLakeThatHasNoPlaceForLocks() throws IOException {
    Files.writeString(root.resolve(".state"), "a file in a folder's place");
    refused("FileAlreadyExistsException");
  }

  @Test
  void whereItIsMendedItGoesOn() throws IOException {
    Files.createFile(newFile());
    refused("not a readable file of the lake");
    Files.delete(newFile());
    assertThat(compactor(root).compact(PARTITION, OVER).kind()).isEqualTo(Outcome.Kind.COMPACTED);
  }
}
