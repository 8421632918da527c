package dev.candles.lake.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DurableTest {
  private static final byte[] OLD = {1, 2, 3};
  private static final byte[] NEW = {4, 5};

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void old() throws IOException {
    file = folder.resolve("manifest.json");
    Durable.write(file, OLD);
  }

  @Test
  void whatIsWrittenIsThereAloneAndWhole() throws IOException {
    Durable.write(file, NEW);
    assertThat(Files.readAllBytes(file)).isEqualTo(NEW);
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void whatCannotBeClearedAwayDoesNotHideWhy() throws IOException {
    Files.createDirectories(Durable.temporary(file).resolve("not-empty"));
    assertThatThrownBy(() -> Durable.write(file, NEW))
        .isInstanceOf(FileSystemException.class)
        .hasMessageContaining("Is a directory")
        .satisfies(
            e ->
                assertThat(e.getSuppressed())
                    .singleElement()
                    .isInstanceOf(DirectoryNotEmptyException.class));
    assertThat(Files.readAllBytes(file)).isEqualTo(OLD);
  }

  @Test
  void whatCannotGetItsNameLeavesNothingBehind() throws IOException {
    Path taken = Files.createDirectories(folder.resolve("taken/not-empty")).getParent();
    assertThatThrownBy(() -> Durable.write(taken, NEW)).isInstanceOf(IOException.class);
    assertThat(Durable.temporary(taken)).doesNotExist();
    assertThat(taken.resolve("not-empty")).isDirectory();
  }

  @Test
  void foldersAreMadeBelowAnyTopAndMayBeThereAlready() throws IOException {
    Path top = folder.resolve("archive");
    Path made = top.resolve("candles/../candles/venue=x");
    Durable.createFolders(top, made);
    assertThat(made).isDirectory();
    Durable.createFolders(top, made);
    Durable.createFolders(top, top);
    assertThatThrownBy(() -> Durable.createFolders(top, file.resolve("in a file")))
        .isInstanceOf(FileSystemException.class);
  }
}
