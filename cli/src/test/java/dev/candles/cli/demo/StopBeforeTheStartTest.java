package dev.candles.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.cli.embedded.LakeHold;
import dev.candles.job.CollectorMain;
import dev.candles.job.config.CollectorConfig;
import dev.candles.lake.layout.LakeLayout;
import dev.candles.lake.state.LakeLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A collector that is stopped while it waits for what it needs to start: that is no failure. */
@Execution(ExecutionMode.CONCURRENT)
class StopBeforeTheStartTest {
  private static final Duration DEADLINE = Duration.ofMinutes(4);

  @TempDir private Path folder = Path.of("");

  private Path lake = Path.of("");
  private Path config = Path.of("");

  @BeforeEach
  void configure() throws Exception {
    lake = Files.createDirectory(folder.resolve("lake"));
    config =
        Files.writeString(
            folder.resolve("c.yaml"),
            "venues: [okx]\nsymbols: [BTC-USDT]\nui_port: 0\npage_port: off\ndata_dir: "
                + lake
                + "\n");
  }

  @Test
  void whoWaitsForADiskStopsAsAsked() throws Exception {
    CollectorConfig read = CollectorMain.configuration(config, warning -> {});
    try (SmallDisk disk = SmallDisk.mount(lake, 1024)) {
      LakeHold.take(read, "before", lost -> {}).close();
      disk.leave(0);
      CollectorProcess collector = start();
      stops(collector, () -> collector.last("event=start_waits").isPresent());
    }
  }

  /** As long as the one that was left behind may be of a job that lives. */
  @Test
  void whoWatchesALeaseStopsAsAsked() throws Exception {
    leftLease();
    CollectorProcess collector = start();
    stops(collector, this::isLocked);
    assertThat(collector.last("event=starting")).isEmpty();
  }

  /** It would be refused now, and a supervisor would call that a failure. */
  @Test
  void whoFindsTheLeaseKeptAfterItWasAskedToStopStopsAsAsked() throws Exception {
    Path file = leftLease();
    CollectorProcess collector = start();
    try {
      await(collector, this::isLocked);
      collector.askToStop();
      await(collector, () -> collector.last("event=stop_requested").isPresent());
      long signs = System.currentTimeMillis();
      for (long deadline = deadline(); collector.isAlive(); signs += 10) {
        assertThat(System.nanoTime()).as(collector.tail()).isLessThan(deadline);
        Files.setLastModifiedTime(file, FileTime.fromMillis(signs));
        TimeUnit.MILLISECONDS.sleep(50);
      }
      assertThat(collector.ended(DEADLINE)).as(collector.tail()).contains(0);
      assertThat(collector.last("another job writes into this lake")).isPresent();
    } finally {
      collector.kill();
    }
  }

  /** The lease of a job of which nobody can tell whether it is alive. */
  private Path leftLease() throws Exception {
    Path file = new LakeLayout(lake).state().resolve("lease");
    String left;
    try (var lease = LakeHold.lease(lake).take("another", false, lost -> {})) {
      lease.check();
      left = Files.readString(file);
    }
    return Files.writeString(file, left);
  }

  private boolean isLocked() throws Exception {
    return new LakeLock(lake.toString()).liveHolder().isPresent();
  }

  private CollectorProcess start() throws Exception {
    return CollectorProcess.start(config, folder.resolve("out"));
  }

  private static void stops(CollectorProcess collector, Callable<Boolean> waits) throws Exception {
    try {
      await(collector, waits);
      assertThat(collector.stop(DEADLINE)).as(collector.tail()).contains(0);
      assertThat(collector.last("Collector stopped")).isPresent();
    } finally {
      collector.kill();
    }
  }

  private static void await(CollectorProcess collector, Callable<Boolean> what) throws Exception {
    long deadline = deadline();
    while (!what.call()) {
      assertThat(collector.isAlive()).as(collector.tail()).isTrue();
      assertThat(System.nanoTime()).as(collector.tail()).isLessThan(deadline);
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  private static long deadline() {
    return System.nanoTime() + DEADLINE.toNanos();
  }
}
