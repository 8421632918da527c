package dev.candles.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.cli.LakeContent;
import dev.candles.core.candle.Candle;
import dev.candles.lake.compact.CompactionPass;
import dev.candles.lake.layout.DataFiles;
import dev.candles.lake.layout.Folder;
import dev.candles.lake.layout.LakeLayout;
import dev.candles.lake.layout.Partition;
import dev.candles.lake.partition.Intents;
import dev.candles.lake.view.DoubledKeys;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * {@code kill -9} of {@code compact --all}, which runs as a process of its own, after so many
 * changes in the lake as the seed says. More kills: {@code -Dcandles.kills=20}; others: {@code
 * -Dcandles.seed}.
 */
@Execution(ExecutionMode.CONCURRENT)
class KilledCompactTest {
  private static final long SEED = Long.getLong("candles.seed", 1);
  private static final int KILLS = Integer.getInteger("candles.kills", 3);

  /** Only what hangs takes as long, however busy the machine is. */
  private static final Duration END = Duration.ofMinutes(15);

  /** So often it may be through before the kill, on a machine that leaves us no time. */
  private static final int MOST_DRILLS = 4;

  private static final int KILLED = 128 + 9;

  private enum Kill {
    /** It had ended by itself. */
    MISSED,
    /** No partition was half done. */
    BETWEEN,
    /** A partition was left in the middle of its work. */
    INSIDE
  }

  @TempDir Path work;
  private Path lake;
  private LakeLayout layout;
  private int processes;

  private void fill(int drill) throws IOException {
    lake = work.resolve("lake-" + drill);
    layout = new LakeLayout(lake);
    ScatteredLake.fill(lake, SEED);
  }

  private CollectorProcess compact() throws IOException {
    processes++;
    return CollectorProcess.command(
        work.resolve("compact-" + processes + ".out"),
        "compact",
        "--all",
        "--data-dir",
        lake.toString());
  }

  @Test
  void killedWhileItWorksAgainAndAgainItEndsAsIfItNeverWas() throws Exception {
    int drill = 0;
    do {
      assertThat(drill).as("drills in which it was through before a kill").isLessThan(MOST_DRILLS);
      fill(drill);
      drill++;
    } while (!everyKillHits());

    Path twin = work.resolve("twin");
    ScatteredLake.fill(twin, SEED);
    new CompactionPass(new LakeLayout(twin), () -> true, new CountDownLatch(1), System::nanoTime)
        .run(Long.MIN_VALUE, System.currentTimeMillis());
    assertThat(LakeContent.of(lake)).isEqualTo(LakeContent.of(twin));
    assertThat(LakeContent.of(lake).keySet()).noneMatch(KilledCompactTest::halfDone);
  }

  /** Kills, and lets it end at last; or stops where it was through before it could be killed. */
  private boolean everyKillHits() throws Exception {
    List<Candle> truth = ScatteredLake.read(lake);
    SplittableRandom random = new SplittableRandom(SEED);
    int inside = 0;
    try (GlobReader glob = new GlobReader(lake)) {
      for (int kill = 0; kill < KILLS; kill++) {
        String at = kill % 2 == 0 ? Intents.NAME : "";
        Kill hit = kill(random.nextLong(1, filesLeft() / (KILLS - kill + 1)), at);
        assertThat(ScatteredLake.read(lake)).as("after kill %d", kill).isEqualTo(truth);
        assertThat(GlobReader.keys(lake)).as("after kill %d", kill).isEqualTo(truth.size());
        if (hit == Kill.MISSED) {
          return false;
        }
        inside += hit == Kill.INSIDE ? 1 : 0;
      }
      CollectorProcess whole = compact();
      assertThat(whole.ended(END)).as(whole.tail()).contains(0);
      assertThat(whole.last("✓ Compaction complete")).as(whole.tail()).isPresent();
      glob.close();
      System.out.printf("%d of %d kills left a partition half done; %s%n", inside, KILLS, glob);
      assertThat(glob.broken()).isEmpty();
      assertThat(glob.fewest()).as("keys that a glob sees").isEqualTo(truth.size());
    }
    assertThat(inside).as("kills in the middle of a partition").isPositive();
    assertThat(ScatteredLake.read(lake)).isEqualTo(truth);
    assertThat(DoubledKeys.count(lake)).isZero();
    return true;
  }

  /** Kills after so many changes, and then one of a file of this name. */
  private Kill kill(long changes, String at) throws Exception {
    Set<String> before = LakeContent.of(lake).keySet();
    try (FolderChanges seen = new FolderChanges(lake.resolve("candles"))) {
      CollectorProcess process = compact();
      long count = seen.await(changes, at, process::isAlive);
      process.kill();
      int exit = process.ended(END).orElseThrow();
      if (exit != KILLED) {
        assertThat(exit).as("ended before it was killed:\n" + process.tail()).isZero();
        System.out.printf("ended after %d changes, before it was killed%n", count);
        return Kill.MISSED;
      }
      Set<String> after = LakeContent.of(lake).keySet();
      long halfDone = after.stream().filter(KilledCompactTest::halfDone).count();
      System.out.printf(
          "kill -9 %d after %d changes %s: %d files before, %d after, %d of them in the making%n",
          process.pid(), count, at, before.size(), after.size(), halfDone);
      assertThat(after).as("names, once it had begun").isNotEqualTo(before);
      assertThat(filesLeft() + halfDone).as("work that is left").isPositive();
      return halfDone > 0 ? Kill.INSIDE : Kill.BETWEEN;
    }
  }

  /** Intents, and what has a temporary name. */
  private static boolean halfDone(String path) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    return name.startsWith(".") || name.equals(Intents.NAME);
  }

  /** Files of candles in partitions that are not compacted yet. */
  private long filesLeft() throws IOException {
    long left = 0;
    for (Partition partition : layout.partitions(Folder.CANDLES).partitions()) {
      int files = DataFiles.in(layout.partition(Folder.CANDLES, partition)).size();
      left += files > 1 ? files : 0;
    }
    return left;
  }
}
