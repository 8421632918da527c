package dev.candles.lake.reject;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.lake.layout.LakeLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RejectFilesTest {
  private static final long DAY = 86_400_000;
  private static final long NEWEST = Instant.parse("2026-01-09T00:00:00Z").toEpochMilli();
  private static final long TEN_YEARS = 3_653 * DAY;

  @TempDir private Path root = Path.of("");

  @BeforeEach
  void fill() throws IOException {
    for (String day : List.of("date=2026-01-07", "date=2026-01-08", "date=2026-01-09", "x")) {
      Files.createDirectories(root.resolve("rejects").resolve(day));
      Files.writeString(root.resolve("rejects").resolve(day).resolve("c-1-0.jsonl"), "{}\n");
    }
  }

  private RejectFiles atStart(long keptMs, long nowMs) {
    return RejectFiles.atStart(new LakeLayout(root), keptMs, nowMs);
  }

  private List<String> left() throws IOException {
    try (Stream<Path> left = Files.list(root.resolve("rejects"))) {
      return left.map(path -> String.valueOf(path.getFileName())).sorted().toList();
    }
  }

  @Test
  void daysThatAreOldEnoughGoWholeAndNothingElse() throws IOException {
    Files.createDirectories(root.resolve("coverage/date=2026-01-01"));
    RejectFiles rejects = atStart(2 * DAY, NEWEST);
    assertThat(rejects.sweep(NEWEST + DAY - 1, DAY - 1)).isZero();
    assertThat(rejects.sweep(NEWEST + DAY, DAY)).isEqualTo(1);
    assertThat(rejects.sweep(NEWEST + 2 * DAY + 1, 2 * DAY + 1)).isEqualTo(1);
    assertThat(left()).containsExactly("date=2026-01-09", "x");
    assertThat(root.resolve("coverage/date=2026-01-01")).isDirectory();
    RejectFiles none = RejectFiles.atStart(new LakeLayout(root.resolve("none")), DAY, NEWEST);
    assertThat(none.sweep(NEWEST + TEN_YEARS, TEN_YEARS)).isZero();
  }

  @Test
  void aStartWithAClockThatIsAheadDeletesNothing() throws IOException {
    RejectFiles rejects = atStart(2 * DAY, NEWEST + TEN_YEARS);
    Files.createDirectories(root.resolve("coverage/date=2036-01-09")); // by that clock
    assertThat(rejects.sweep(NEWEST + TEN_YEARS, 1_000)).isZero();
    assertThat(left()).hasSize(4);
  }

  @Test
  void aClockThatIsSetAheadDuringARunDeletesNoMoreThanTheTimeThatPassed() throws IOException {
    RejectFiles rejects = atStart(2 * DAY, NEWEST);
    assertThat(rejects.sweep(NEWEST + TEN_YEARS, DAY)).isEqualTo(1);
    assertThat(left()).contains("date=2026-01-08", "date=2026-01-09");
  }

  /** The log of coverage has a day for each that was collected, rejects or not. */
  @Test
  void whatIsOlderThanTheNewestDayOfCoverageGoesAtTheStart() throws IOException {
    Files.createDirectories(root.resolve("coverage/date=2026-03-01"));
    assertThat(atStart(2 * DAY, NEWEST + 60 * DAY).sweep(NEWEST + 60 * DAY, 0)).isEqualTo(3);
    assertThat(left()).containsExactly("x");
  }

  @Test
  void daysThatCannotBeListedAtTheStartStay() throws IOException {
    Path coverage = Files.createFile(root.resolve("coverage"));
    RejectFiles rejects = atStart(2 * DAY, NEWEST + TEN_YEARS);
    Files.delete(coverage);
    assertThat(rejects.sweep(NEWEST + TEN_YEARS, TEN_YEARS)).isZero();
    assertThat(left()).hasSize(4);
  }
}
