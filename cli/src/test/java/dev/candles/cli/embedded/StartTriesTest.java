package dev.candles.cli.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.candles.cli.demo.SmallDisk;
import dev.candles.core.lake.LakeWriteAccess;
import dev.candles.job.CollectorMain;
import dev.candles.job.config.CollectorConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartTriesTest {
  private static final String FULL = "No space left on device";

  private Duration waited = Duration.ZERO;
  private final StartTries tries = tries(() -> {});

  /** A clock that goes on by the pauses, and by what a test adds. */
  private StartTries tries(Runnable meanwhile) {
    return new StartTries(
        length -> {
          waited = waited.plus(length);
          meanwhile.run();
          return false;
        },
        () -> waited.toNanos());
  }

  @Test
  void aDiskThatStaysFullIsWaitedForAndThenEndsWithWhatASupervisorStartsAgain() {
    assertThatThrownBy(
            () ->
                tries.until(
                    "cannot collect",
                    () -> {
                      throw new RefusedException("no folder", new IOException("/x: " + FULL));
                    }))
        .isInstanceOf(PassingException.class)
        .hasMessage("cannot collect: /x: " + FULL);
    assertThat(waited).isEqualTo(StartTries.LONGEST);
  }

  /** As one that watches the lease of another machine before it finds the disk full. */
  @Test
  void triesThatTakeLongAndAllStepsOfAStartShareTheOneTime() throws Exception {
    Duration longTry = Duration.ofSeconds(15);
    List<Boolean> isFull = new ArrayList<>(Collections.nCopies(8, true));
    StartTries.Step<Boolean> step =
        () -> {
          if (!isFull.isEmpty() && isFull.remove(0)) {
            waited = waited.plus(longTry);
            throw new IOException(FULL);
          }
          return true;
        };
    assertThat(tries.until("cannot collect", step)).isTrue();
    assertThat(waited).isEqualTo(longTry.plus(StartTries.PAUSE).multipliedBy(8));
    isFull.addAll(Collections.nCopies(100, true));
    assertThatThrownBy(() -> tries.until("cannot collect", step))
        .isInstanceOf(PassingException.class);
    assertThat(waited)
        .isBetween(StartTries.LONGEST, StartTries.LONGEST.plus(longTry.multipliedBy(2)));
  }

  @Test
  void whoIsAskedToStopMeanwhileWaitsForNoDisk() {
    AtomicInteger tried = new AtomicInteger();
    StartTries stopped = new StartTries(CompletableFuture.completedFuture(true));
    assertThatThrownBy(
            () ->
                stopped.until(
                    "cannot collect",
                    () -> {
                      throw new IOException(tried.incrementAndGet() == 1 ? FULL : "tried again");
                    }))
        .isInstanceOf(StartTries.StopAskedException.class);
    assertThat(tried).hasValue(1);
  }

  @Test
  void whatIsNoFaultOfTheDiskIsNotWaitedFor() {
    assertThatThrownBy(
            () ->
                tries.until(
                    "cannot collect",
                    () -> {
                      throw new IOException("lake has a writer already");
                    }))
        .isInstanceOf(IOException.class)
        .hasMessage("lake has a writer already");
    assertThat(waited).isZero();
  }

  /** The name of the holder of the lock needs room; somebody else has filled the disk. */
  @Test
  void aLakeOnADiskWithoutAByteIsTakenOnceThereIsRoom(@TempDir Path folder) throws Exception {
    Path root = Files.createDirectory(folder.resolve("lake"));
    Path file =
        Files.writeString(
            folder.resolve("c.yaml"),
            "venues: [okx]\nsymbols: [BTC-USDT]\ndata_dir: " + root + "\n");
    CollectorConfig config = CollectorMain.configuration(file, warning -> {});
    try (SmallDisk disk = SmallDisk.mount(root, 1024)) {
      LakeHold.take(config, "before", lost -> {}).close();
      disk.leave(0);
      StartTries waiting = tries(() -> room(disk));
      try (LakeWriteAccess.Hold hold =
          waiting.until("cannot collect", () -> LakeHold.take(config, "next", lost -> {}))) {
        hold.check();
      }
    }
    assertThat(waited).isEqualTo(StartTries.PAUSE);
  }

  private static void room(SmallDisk disk) {
    try {
      disk.leave(256 << 10);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
