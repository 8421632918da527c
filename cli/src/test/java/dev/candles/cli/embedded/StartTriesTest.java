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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartTriesTest {
  private static final String FULL = "No space left on device";

  private Duration waited = Duration.ZERO;
  private final StartTries tries = new StartTries(length -> waited = waited.plus(length));

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
      StartTries waiting =
          new StartTries(
              length -> {
                waited = waited.plus(length);
                room(disk);
              });
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
