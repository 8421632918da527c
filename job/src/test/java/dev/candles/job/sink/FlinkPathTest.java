package dev.candles.job.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.flink.api.common.JobID;
import org.apache.flink.core.fs.local.LocalFileSystem;
import org.apache.flink.runtime.state.storage.FileSystemCheckpointStorage;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FlinkPathTest {
  /** What a URI, a shell, a pattern or YAML reads as something else. */
  private static final String ODD = " !\"#$%&'()*+,;<=>?@[]^`{|}~:ü日%20%2F";

  @TempDir private Path folder = Path.of("");

  @ParameterizedTest
  @ValueSource(strings = {"my lake", "50%", "a%20b", "a#b", "a?b=c", "a+b", "Müll", ODD})
  void checkpointsGoIntoTheFolderThatWasNamed(String name) throws Exception {
    Path lake = folder.resolve(name);
    JobID job = new JobID();
    new FileSystemCheckpointStorage(FlinkPath.text(lake))
        .createCheckpointStorage(job)
        .initializeBaseLocationsForCheckpoint();
    assertThat(lake.resolve(job.toString()).resolve("shared")).isDirectory();
    assertThat(folder).isDirectoryContaining(lake::equals);
    try (var all = Files.list(folder)) {
      assertThat(all).containsExactly(lake);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"my lake", "50%", "a%20b", "a#b", "a?b=c", "a+b", "Müll", ODD})
  void sinksWriteBelowTheFolderThatWasNamed(String name) {
    Path lake = folder.resolve(name);
    org.apache.flink.core.fs.Path day =
        new org.apache.flink.core.fs.Path(FlinkPath.of(lake), "venue=okx/date=2026-01-09");
    assertThat(new LocalFileSystem().pathToFile(day).toPath())
        .isEqualTo(lake.resolve("venue=okx/date=2026-01-09"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"my lake", "50%", "a%20b", "a#b", "a?b=c", "a+b", "Müll", ODD})
  void whatFlinkNamesIsFoundAgain(String name) {
    Path lake = folder.resolve(name);
    assertThat(FlinkPath.folder(FlinkPath.text(lake))).isEqualTo(lake);
    assertThat(FlinkPath.folder(lake.toString())).isEqualTo(lake);
  }
}
