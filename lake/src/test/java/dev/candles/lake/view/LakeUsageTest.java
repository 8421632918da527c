package dev.candles.lake.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.lake.disk.DiskSpace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LakeUsageTest {
  private static final LocalDate DAY = LocalDate.parse("2026-01-09");

  @TempDir private Path root;

  private void put(String name, int bytes, long writtenMs) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, new byte[bytes]);
    Files.setLastModifiedTime(file, FileTime.fromMillis(writtenMs));
  }

  @Test
  void allBytesThoseOfTheDayAndTheNewestCompactionAreTold() throws Exception {
    put("candles/venue=okx/symbol=A/timeframe=1m/date=2026-01-09/c-1.parquet", 10, 9_000);
    put("candles/venue=okx/symbol=A/timeframe=1m/date=2026-01-08/part-1.parquet", 20, 5_000);
    put("candles/venue=okx/symbol=A/timeframe=1m/date=2026-01-07/part-2.parquet", 40, 3_000);
    put("candles/venue=okx/symbol=A/timeframe=1m/date=2026-01-07/part-3.tmp", 80, 8_000);
    put("coverage/date=2026-01-09/c-2.parquet", 160, 9_000);
    put(".state/checkpoints/1/_metadata", 320, 9_000);
    assertThat(LakeUsage.of(root, DAY)).isEqualTo(new LakeUsage(630, 170, 5_000));
  }

  @Test
  void ofALakeThatIsAboutToBeMadeTheDiskIsThatOfItsFolder() throws Exception {
    DiskSpace here = DiskSpace.of(root);
    DiskSpace later = DiskSpace.of(root.resolve("not/yet"));
    assertThat(later.totalBytes()).isPositive().isEqualTo(here.totalBytes());
    assertThat(here.freeBytes()).isBetween(1L, here.totalBytes());
  }
}
