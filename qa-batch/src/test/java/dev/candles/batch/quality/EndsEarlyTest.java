package dev.candles.batch.quality;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.batch.quality.check.Finding;
import dev.candles.batch.quality.check.FindingType;
import dev.candles.lake.layout.Partition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stream that stops is told, also where a damaged day leaves open when exactly it stopped. */
class EndsEarlyTest {
  private static final int DAYS = 5;
  private static final String FILE = "c-1.parquet";

  @TempDir Path root;
  private TestLake lake;

  @BeforeEach
  void fill() throws IOException {
    lake = new TestLake(root).fill(DAYS).commit();
  }

  private static long start(int day) {
    return TestLake.FIRST + day * TestLake.DAY;
  }

  private Path folder(int day) {
    return lake.folder(TestLake.MINUTES, day);
  }

  private void delete(int day) throws IOException {
    Files.delete(folder(day).resolve("c-2.parquet"));
    Files.delete(folder(day).resolve(FILE));
    Files.delete(folder(day));
  }

  /** All that the day has is a file that cannot be read. */
  private void damage(int day) throws IOException {
    Files.delete(folder(day).resolve("c-2.parquet"));
    Damage.flip(folder(day).resolve(FILE));
  }

  private void found(String... expected) throws Exception {
    assertThat(PlainQa.run(root).findings())
        .allMatch(finding -> finding.stream().equals(TestLake.MINUTES.id()))
        .extracting(EndsEarlyTest::line)
        .containsExactlyInAnyOrder(expected);
  }

  private static String line(Finding finding) {
    return finding.kind() + " " + finding.openTimeMs();
  }

  private static String line(FindingType kind, long openTimeMs) {
    return kind + " " + openTimeMs;
  }

  @Test
  void inADamagedDayItCanEndAtMidnightAtMost() throws Exception {
    damage(1);
    for (int day = 2; day < DAYS; day++) {
      delete(day);
    }
    found(line(FindingType.UNREADABLE, start(1)), line(FindingType.ENDS_EARLY, start(2)));
  }

  @Test
  void aDamagedDayThatIsTheNewestIsFoundOnce() throws Exception {
    damage(DAYS - 1);
    found(line(FindingType.UNREADABLE, start(DAYS - 1)));
  }

  @Test
  void aStreamOfDamagedDaysEndsWithTheLastOfThem() throws Exception {
    for (int day = 0; day < DAYS; day++) {
      if (day < 2) {
        damage(day);
      } else {
        delete(day);
      }
    }
    found(
        line(FindingType.UNREADABLE, start(0)),
        line(FindingType.UNREADABLE, start(1)),
        line(FindingType.ENDS_EARLY, start(2)));
  }

  @Test
  void aDamagedDayFarLaterDoesNotHideTheEnd() throws Exception {
    for (int day = 2; day < DAYS; day++) {
      delete(day);
    }
    long farMs = start(20_000);
    Path far = lake.folder(Partition.of(TestLake.MINUTES, farMs));
    Files.createDirectories(far);
    Files.writeString(far.resolve(FILE), "from nowhere");
    found(line(FindingType.UNREADABLE, farMs), line(FindingType.ENDS_EARLY, start(2)));
  }
}
