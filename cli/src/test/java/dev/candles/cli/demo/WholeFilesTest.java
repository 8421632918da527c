package dev.candles.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeFilesTest {
  private static final String DAY = "candles/venue=okx/symbol=A-B/timeframe=1m/date=2026-03-01";

  @Test
  void aFileThatIsNotWholeIsReportedAndATemporaryOneIsNot(@TempDir Path lake) throws Exception {
    Path folder = Files.createDirectories(lake.resolve(DAY));
    Files.writeString(folder.resolve("c-1.parquet"), "PAR1 and nothing more");
    Files.writeString(folder.resolve(".c-2.parquet.inprogress.1"), "PAR1 and nothing more");
    try (WholeFiles files = new WholeFiles(lake)) {
      files.again();
      assertThat(files.broken()).isNotEmpty().allMatch(file -> file.contains("c-1.parquet"));
    }
  }
}
