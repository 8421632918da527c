package dev.candles.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.candles.cli.demo.ClusterDrill.Said;
import dev.candles.core.candle.Timeframe;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Checkpoints and savepoints of a cluster of separate JVMs in a bucket, as docs/CLUSTER.md says.
 * Only with {@code -Dcandles.object.store=true}: it takes minutes.
 */
class ObjectStoreIT {
  private static final long START_MS = Instant.parse("2026-03-01T20:30:00Z").toEpochMilli();
  private static final double SPEED = 30;
  private static final String BUCKET = "s3://candles/";
  private static final Scope SCOPE =
      Scope.of("okx", List.of("BTC-USDT", "DOGE-USDT"), List.of(Timeframe.M1, Timeframe.M5));

  @Test
  void aKilledTaskManagersJobAndASavepointGoOnFromTheBucket(@TempDir Path folder) throws Exception {
    assumeTrue(Boolean.getBoolean("candles.object.store"), "-Dcandles.object.store=true runs it");
    String settings = "checkpoint_dir: " + BUCKET + "state\n";
    try (ClusterDrill drill =
            ClusterDrill.open(
                "object-store", SCOPE, Duration.ofHours(1), settings, START_MS, SPEED);
        ObjectStore store =
            ObjectStore.start(
                Files.createDirectories(drill.cluster().resolve("plugins")),
                folder.resolve("store.log"))) {
      Said started =
          drill.candles(
              "cluster",
              "start",
              "--taskmanagers=2",
              "-Drest.port=0",
              "-Djobmanager.rpc.port=0",
              "-Ds3.endpoint=" + store.endpoint,
              "-Ds3.path-style-access=true",
              "-Ds3.region=us-east-1",
              "-Ds3.access-key=any",
              "-Ds3.secret-key=any");
      assertThat(started.code()).isZero();
      String ui = started.after("Web UI: ");
      assertThat(drill.ofLake("submit", "run").code()).isZero();
      drill.awaitAccounted(START_MS);

      drill.killTaskManager("taskmanager-1", ui);
      assertThat(drill.restoredFrom(ui)).startsWith(BUCKET).contains("/chk-");
      drill.awaitEqual(Timeframe.M5.ceil(drill.simulator.now()));
      Said stopped = drill.ofLake("stop");
      assertThat(stopped.code()).isZero();
      String savepoint = stopped.after("Savepoint: ");
      assertThat(savepoint).startsWith(BUCKET);

      assertThat(drill.ofLake("submit", "run", "--restore", savepoint).code()).isZero();
      assertThat(drill.restoredFrom(ui)).isEqualTo(savepoint);
      drill.equalsTruth(Timeframe.M5.ceil(drill.simulator.now()));
      assertThat(drill.lake.resolve(".state/checkpoints")).doesNotExist();
    }
  }
}
