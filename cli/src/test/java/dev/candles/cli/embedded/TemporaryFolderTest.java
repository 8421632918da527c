package dev.candles.cli.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemporaryFolderTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void aFolderThatCanBeUsedIsLeftAsItWas() {
    assertThat(TemporaryFolder.fault(folder)).isEmpty();
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aFolderThatIsGoneIsNamedWithTheRemedy() throws IOException {
    Path gone = folder.resolve("gone");
    assertThat(TemporaryFolder.fault(gone).orElseThrow())
        .contains("from the temporary folder " + gone + ": ", "NoSuchFileException")
        .endsWith("Name another: CANDLES_JAVA_OPTS=-Djava.io.tmpdir=DIR");
    Files.createFile(gone);
    assertThat(TemporaryFolder.fault(gone)).isPresent();
  }
}
