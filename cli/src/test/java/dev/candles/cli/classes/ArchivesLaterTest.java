package dev.candles.cli.classes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What follows a stop that went well. The maker that is started finds no program and ends. */
class ArchivesLaterTest {
  @TempDir private Path program;
  private ClassArchives archives;

  @BeforeEach
  void name() {
    archives = new ClassArchives(program, Runtime.version().feature());
  }

  @Test
  void aMakerIsStarted() {
    start(0);

    assertThat(archives.folder().resolve("making.log")).exists();
  }

  @Test
  void noneIsStartedOnAFullDisk() {
    start(Long.MAX_VALUE);

    assertThat(archives.folder()).doesNotExist();
  }

  @Test
  void whatGoesWrongFailsNoStop() throws Exception {
    Files.writeString(program.resolve("classes"), "in the way");

    assertThatCode(() -> start(0)).doesNotThrowAnyException();
    assertThatCode(
            () ->
                ArchivesLater.start(
                    "cluster",
                    () -> {
                      throw new IOException("unreadable");
                    },
                    0))
        .doesNotThrowAnyException();
  }

  private void start(long freeBytes) {
    ArchivesLater.start("commands", () -> Optional.of(archives), freeBytes);
  }
}
