package dev.candles.lake.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafeReaderTest {
  @TempDir Path folder;
  private final SafeReader reader = new SafeReader(file -> {});

  @Test
  void aFileThatVanishesForItsSuccessorIsFoundUnderItsNewName() throws IOException {
    Path input = Files.writeString(folder.resolve("a.parquet"), "rows");
    Path output = folder.resolve("b.parquet");
    assertThat(
            reader.readAll(
                folder,
                file -> {
                  if (file.equals(input)) {
                    Files.move(input, output); // as a compaction would, between list and open
                  }
                  return Files.readString(file);
                }))
        .containsExactly("rows");
  }

  @Test
  void whatAMergeMadeOfAFileThatWasNotListedIsReadToo() throws IOException {
    Path second = Files.writeString(folder.resolve("b.parquet"), "b");
    assertThat(
            reader.readAll(
                folder,
                file -> {
                  String rows = Files.readString(file);
                  if (file.equals(second)) { // a.parquet was gone before the listing came to it
                    Files.writeString(folder.resolve("part.parquet"), "a+b");
                    Files.delete(second);
                  }
                  return rows;
                }))
        .containsExactly("b", "a+b");
  }

  @Test
  void aFolderThatGrowsAllTheTimeIsReadSoFar() throws IOException {
    Files.writeString(folder.resolve("0.parquet"), "0");
    AtomicLong files = new AtomicLong();
    assertThat(
            reader.readAll(
                folder,
                file ->
                    Files.writeString(folder.resolve(files.incrementAndGet() + ".parquet"), "")))
        .hasSizeBetween(2, 100);
  }

  @Test
  void aFolderWhoseFilesKeepVanishingIsAnErrorThatNamesIt() throws IOException {
    Files.writeString(folder.resolve("a.parquet"), "rows");
    assertThatThrownBy(
            () ->
                reader.readAll(
                    folder,
                    file -> {
                      throw new NoSuchFileException(file.toString());
                    }))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("keep vanishing")
        .hasMessageContaining(folder.toString());
  }
}
