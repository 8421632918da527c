package dev.candles.lake.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SmallFileTest {
  @TempDir Path folder;

  @Test
  void aFileIsReadUpToItsBoundAndNotBeyond() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "12345");
    assertThat(SmallFile.text(file, 5)).contains("12345");
    assertThat(SmallFile.bytes(file, 4)).isEmpty();
    assertThat(SmallFile.text(Files.writeString(file, ""), 5)).contains("");
  }

  @Test
  void whatIsNoRegularFileIsNotOpened() throws IOException {
    assertThat(SmallFile.bytes(folder, 5)).isEmpty();
  }

  @Test
  void oneThatIsNotThereIsToldFromOneThatIsNoGood() {
    assertThatThrownBy(() -> SmallFile.bytes(folder.resolve("absent"), 5))
        .isInstanceOf(NoSuchFileException.class);
  }
}
