package dev.candles.cli.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.candles.lake.layout.LakeLayout;
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
  void itLiesBelowTheLakeAndIsGoneAfterwards() throws Exception {
    LakeLayout lake = new LakeLayout(folder);
    try (TemporaryFolder temporary = TemporaryFolder.below(lake)) {
      assertThat(temporary.folder()).isDirectory().hasParent(lake.temporary());
      assertThat(TemporaryFolder.current()).isEqualTo(temporary.folder().toString());
    }
    assertThat(lake.temporary()).isEmptyDirectory();
    assertThat(TemporaryFolder.current()).doesNotContain(folder.toString());
  }

  @Test
  void whereTheLakeCannotBeUsedItIsElsewhere() throws Exception {
    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    Path file = Files.createFile(folder.resolve("file"));
    for (Path lake : new Path[] {file, folder.resolve("a,b"), folder.resolve("a:b")}) {
      try (TemporaryFolder temporary = TemporaryFolder.below(new LakeLayout(lake), elsewhere)) {
        assertThat(temporary.folder()).isDirectory().hasParent(elsewhere);
      }
      assertThat(elsewhere).isEmptyDirectory();
      assertThat(Files.exists(lake.resolve(".state"))).isFalse();
    }
  }

  @Test
  void whereThereIsNoneAllAreNamedWithTheRemedy() throws IOException {
    Path gone = folder.resolve("gone");
    Path file = Files.createFile(folder.resolve("file"));
    assertThatThrownBy(() -> TemporaryFolder.below(new LakeLayout(file), gone))
        .isInstanceOf(RefusedException.class)
        .hasMessageContainingAll(
            "from a temporary folder: " + file.resolve(".state"), "; " + gone + ": ")
        .hasMessageEndingWith("Name another: CANDLES_JAVA_OPTS=-Djava.io.tmpdir=DIR");
  }
}
