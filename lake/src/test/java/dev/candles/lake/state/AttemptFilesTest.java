package dev.candles.lake.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.lake.LakeWriteAccess;
import dev.candles.lake.layout.LakeLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AttemptFilesTest {
  private static final long START = 1_700_000_000_000L;
  private static final String DAY =
      "candles/venue=okx/symbol=BTC-USDT/timeframe=1m/date=2026-01-09/";

  @TempDir Path root;
  private long fileClockMs = START;
  private long passedMs;

  @BeforeEach
  void make() throws IOException {
    Files.createDirectories(root.resolve("candles"));
  }

  private LakeWriteAccess.Attempt start() throws IOException {
    return AttemptFiles.start(
        new LakeLayout(root), folder -> fileClockMs, () -> passedMs * 1_000_000);
  }

  private void pass(long ms) {
    passedMs += ms;
    fileClockMs += ms;
  }

  @Test
  void oldTemporaryFilesAreSweptAndNothingElse() throws IOException {
    long old = START - 60_001;
    Path oldPart = file(DAY + ".c-1-0.parquet.inprogress.9", old);
    Path oldOwn = file("coverage/date=2026-01-09/.c-2-0.tmp", old);
    Path rejects = file("rejects/date=2026-01-09/.c-5-0.jsonl.inprogress.2", old);
    Path young = file(DAY + ".c-3-0.parquet.inprogress.9", START - 60_000);
    Path finished = file(DAY + "c-4-0.parquet", old);
    Path others = file("revisions/notes.tmp", old);
    Path state = file(".state/checkpoints/.x.inprogress.1", old);
    LakeWriteAccess.Leftovers noted = start().leftovers();
    Path live = file(DAY + ".c-6-0.parquet.inprogress.3", old);
    assertThat(noted.sweep()).isEqualTo(3);
    assertThat(List.of(oldPart, oldOwn, rejects)).noneMatch(Files::exists);
    assertThat(List.of(young, finished, others, state, live)).allMatch(Files::exists);
    assertThat(noted.sweep()).as("again").isZero();
  }

  /** Compaction writes each day's manifest under one temporary name. */
  @Test
  void aLeftoverWhoseNameIsInUseAgainStays() throws IOException {
    file(DAY + "._manifest.json.tmp", START - 600_000);
    Path killed = file(DAY + ".c-1-0.parquet.inprogress.9", START - 600_000);
    LakeWriteAccess.Leftovers noted = start().leftovers();
    Path live = file(DAY + "._manifest.json.tmp", START + 5_000);
    assertThat(noted.sweep()).isEqualTo(1);
    assertThat(killed).doesNotExist();
    assertThat(live).exists();
  }

  /** The walk is long, and the sinks write. */
  @Test
  void whatIsWrittenByAClockThatWasSetBackStays() throws IOException {
    Path old = file(DAY + ".c-1-0.parquet.inprogress.9", START - 600_000);
    LakeWriteAccess.Attempt attempt = start();
    fileClockMs -= 120_000;
    Path own = file(DAY + ".c-2-0.parquet.inprogress.9", fileClockMs);
    pass(90_000);
    assertThat(attempt.leftovers().sweep()).isZero();
    assertThat(List.of(old, own)).allMatch(Files::exists);
  }

  /** The first checkpoint is awaited meanwhile. */
  @Test
  void nothingIsSweptByAClockThatWasSetBackSinceTheWalk() throws IOException {
    Path old = file(DAY + ".c-1-0.parquet.inprogress.9", START - 600_000);
    LakeWriteAccess.Leftovers noted = start().leftovers();
    fileClockMs -= 61_000;
    assertThat(noted.sweep()).isZero();
    assertThat(old).exists();
  }

  @Test
  void aClockThatIsSetBackByLessThanTheMarginMisleadsNobody() throws IOException {
    Path old = file(DAY + ".c-1-0.parquet.inprogress.9", START - 600_000);
    LakeWriteAccess.Attempt attempt = start();
    fileClockMs -= 59_000;
    Path own = file(DAY + ".c-2-0.parquet.inprogress.9", fileClockMs);
    pass(90_000);
    assertThat(attempt.leftovers().sweep()).isEqualTo(1);
    assertThat(old).doesNotExist();
    assertThat(own).exists();
  }

  /** Ours says something else altogether. */
  @Test
  void theClockOfTheFilesDecides() throws IOException {
    fileClockMs = System.currentTimeMillis() - 86_400_000;
    LakeWriteAccess.Attempt attempt = start();
    Path own = file(DAY + ".c-2-0.parquet.inprogress.9", fileClockMs);
    assertThat(attempt.leftovers().sweep()).isZero();
    assertThat(own).exists();
  }

  @Test
  void aFolderThatTheAttemptMadeHasNoLeftovers() throws IOException {
    LakeWriteAccess.Attempt attempt = start();
    Path own = file("coverage/date=2026-01-09/.c-2-0.tmp", START - 600_000);
    assertThat(attempt.leftovers().sweep()).isZero();
    assertThat(own).exists();
  }

  /** Without a fake: each folder is asked what time a new file gets, and nothing stays of it. */
  @Test
  void aFolderOnAnotherDiskIsSweptToo() throws IOException {
    Path disk = Files.createDirectories(root.resolve("disk"));
    Files.delete(root.resolve("candles"));
    Files.createSymbolicLink(root.resolve("candles"), disk);
    Path old = file("disk/.c-1-0.parquet.inprogress.9", 1_000);
    Path killed = file("disk/.clock-1.tmp", 1_000);
    Path young = file("disk/.c-2-0.parquet.inprogress.9", System.currentTimeMillis());
    assertThat(new LakeLock(root.toString()).startAttempt().leftovers().sweep()).isEqualTo(2);
    assertThat(List.of(old, killed)).noneMatch(Files::exists);
    assertThat(young).exists();
  }

  /** An attempt may start while the leftovers of the last one are still looked for. */
  @Test
  void severalThreadsMayAskForTheTimeOfAFolder() throws Exception {
    Callable<Void> asking =
        () -> {
          for (int i = 0; i < 2_000; i++) {
            AttemptFiles.stampedMs(root);
          }
          return null;
        };
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      for (Future<Void> asked : threads.invokeAll(List.of(asking, asking))) {
        asked.get();
      }
    } finally {
      threads.shutdownNow();
    }
    try (Stream<Path> files = Files.list(root)) {
      assertThat(files).containsExactly(root.resolve("candles"));
    }
  }

  private Path file(String path, long modifiedMs) throws IOException {
    Path file = root.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "x");
    return Files.setLastModifiedTime(file, FileTime.fromMillis(modifiedMs));
  }
}
