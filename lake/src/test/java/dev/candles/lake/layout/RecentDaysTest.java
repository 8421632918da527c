package dev.candles.lake.layout;

import static dev.candles.lake.Samples.BTC;
import static dev.candles.lake.Samples.DAY;
import static dev.candles.lake.Samples.DAY_MILLIS;
import static dev.candles.lake.Samples.ETH;
import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.candle.StreamKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RecentDaysTest {
  private static final LocalDate TODAY = LocalDate.of(2026, 1, 9);

  @TempDir Path root;

  static LongStream seeds() {
    return LongStream.range(0, 50);
  }

  private void days(int from, int count) throws IOException {
    for (int i = from; i < from + count; i++) {
      Files.createDirectories(root.resolve("date=" + TODAY.minusDays(i)));
    }
  }

  @Test
  void ofYearsOfDaysOnlyTheNewestAndTheOldestAreLookedAt() throws IOException {
    days(0, 800);
    List<Path> asked = new ArrayList<>();
    RecentDays days =
        RecentDays.in(
            root,
            "date=2026-01-08",
            path -> {
              asked.add(path);
              return Folders.isFolder(path);
            });
    assertThat(days.dates()).containsExactly(TODAY.minusDays(1), TODAY);
    assertThat(days.oldest()).contains(TODAY.minusDays(799));
    assertThat(asked).hasSize(3);
  }

  @Test
  void theOldestDayIsAFolderOfADay() throws IOException {
    days(3, 2);
    Files.createFile(root.resolve("date=2025-01-01"));
    Files.createDirectories(root.resolve("date=2025-01-02 copy"));
    Files.createDirectories(root.resolve("date=2025-02-30"));
    Files.createSymbolicLink(root.resolve("date=2025-01-03"), root);
    Files.createSymbolicLink(root.resolve("date=2026-01-09"), root);
    RecentDays days = RecentDays.in(root, "date=2026-01-08", Folders::isFolder);
    assertThat(days.dates()).isEmpty();
    assertThat(days.oldest()).contains(TODAY.minusDays(4));
  }

  @Test
  void anAbsentFolderHasNoDays() throws IOException {
    assertThat(RecentDays.in(root.resolve("absent"), "date=2026-01-08", Folders::isFolder))
        .isEqualTo(new RecentDays(List.of(), Optional.empty()));
  }

  /** What is asked since {@code Long.MIN_VALUE} is all. */
  @ParameterizedTest
  @MethodSource("seeds")
  void theRecentPartitionsAreThoseOfTheWholeListing(long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    LakeLayout layout = new LakeLayout(root);
    for (StreamKey stream : List.of(BTC, ETH)) {
      for (int i = random.nextInt(8); i > 0; i--) {
        Partition partition = Partition.of(stream, DAY - random.nextInt(10) * DAY_MILLIS);
        Files.createDirectories(layout.partition(Folder.CANDLES, partition));
      }
    }
    Files.createDirectories(layout.stream(Folder.CANDLES, BTC).resolve("date=today"));
    Files.createDirectories(layout.folder(Folder.CANDLES).resolve("backup/symbol=X/timeframe=1m"));
    Files.createDirectories(
        layout.folder(Folder.CANDLES).resolve("venue=okx/symbol=X/timeframe=7m/date=2026-01-09"));
    long fromMs = random.nextInt(4) == 0 ? Long.MIN_VALUE : DAY - random.nextLong(12 * DAY_MILLIS);

    LakeLayout.Recent recent = layout.recent(Folder.CANDLES, fromMs);

    assertThat(recent.partitions())
        .isEqualTo(
            layout.partitions(Folder.CANDLES).partitions().stream()
                .filter(partition -> partition.toMs() > fromMs)
                .toList());
    Map<StreamKey, LocalDate> oldest = new HashMap<>();
    for (StreamKey stream : List.of(BTC, ETH)) {
      layout.dates(Folder.CANDLES, stream).dates().forEach(date -> oldest.put(stream, date));
    }
    assertThat(recent.oldest()).isEqualTo(oldest);
  }
}
