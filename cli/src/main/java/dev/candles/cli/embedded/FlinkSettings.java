package dev.candles.cli.embedded;

import dev.candles.job.config.CollectorConfig;
import dev.candles.job.sink.FlinkPath;
import dev.candles.lake.layout.LakeLayout;
import dev.candles.lake.state.StateFiles;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ClusterOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.MetricOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.core.execution.RecoveryClaimMode;

/** Flink's settings for one JVM. The sizes were measured: they hold 45 streams in 300 MB. */
final class FlinkSettings {
  private static final String LOOPBACK = "127.0.0.1";

  private FlinkSettings() {}

  /**
   * @param restore the checkpoint or savepoint to start from
   * @param temporary a folder of this process's own
   */
  static Configuration of(CollectorConfig config, Optional<Path> restore, Path temporary) {
    Configuration flink = new Configuration();
    web(flink, config.uiPort());
    memory(flink);
    temporary(flink, temporary);
    gauges(flink);
    checkpoints(flink, config);
    restart(flink);
    restore.ifPresent(
        path -> {
          flink.set(StateRecoveryOptions.SAVEPOINT_PATH, FlinkPath.text(path));
          flink.set(StateRecoveryOptions.RESTORE_MODE, RecoveryClaimMode.NO_CLAIM);
          // a venue that left the configuration leaves its source's state behind
          flink.set(StateRecoveryOptions.SAVEPOINT_IGNORE_UNCLAIMED_STATE, true);
        });
    flink.set(CoreOptions.DEFAULT_PARALLELISM, 1);
    flink.set(PipelineOptions.MAX_PARALLELISM, 128);
    flink.set(PipelineOptions.GENERIC_TYPES, false);
    flink.set(PipelineOptions.OBJECT_REUSE, true);
    return flink;
  }

  private static void web(Configuration flink, int port) {
    flink.set(RestOptions.ADDRESS, LOOPBACK);
    flink.set(RestOptions.BIND_ADDRESS, LOOPBACK);
    flink.set(RestOptions.PORT, port);
    flink.set(RestOptions.BIND_PORT, String.valueOf(port));
    flink.set(WebOptions.SUBMIT_ENABLE, false);
    flink.set(WebOptions.CANCEL_ENABLE, false);
    String log = System.getProperty("candles.log");
    if (log != null) {
      flink.set(WebOptions.LOG_PATH, log + ".log");
      flink.set(TaskManagerOptions.TASK_MANAGER_LOG_PATH, log + ".log");
    }
  }

  /**
   * RocksDB keeps a log for each operator, beside its files. Not where {@code log.file} is, the
   * system property that the web UI looks at first, because there it is named after the whole path,
   * and cannot be opened where that is longer than a file name may be.
   */
  private static void temporary(Configuration flink, Path folder) {
    flink.set(CoreOptions.TMP_DIRS, folder.toString());
    flink.set(WebOptions.TMP_DIR, folder.toString());
    flink.setString("state.backend.rocksdb.log.level", "WARN_LEVEL");
    flink.setString("state.backend.rocksdb.log.max-file-size", "1mb");
    flink.setString("state.backend.rocksdb.log.file-num", "1");
  }

  private static void gauges(Configuration flink) {
    flink.set(MetricOptions.REPORTERS_LIST, "live");
    flink.setString("metrics.reporter.live.factory.class", LiveGaugesFactory.class.getName());
  }

  private static void memory(Configuration flink) {
    flink.set(TaskManagerOptions.NETWORK_MEMORY_MIN, MemorySize.ofMebiBytes(8));
    flink.set(TaskManagerOptions.NETWORK_MEMORY_MAX, MemorySize.ofMebiBytes(8));
    flink.set(TaskManagerOptions.MEMORY_SEGMENT_SIZE, new MemorySize(16 << 10));
    flink.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(32));
    flink.set(ClusterOptions.CLUSTER_IO_EXECUTOR_POOL_SIZE, 4);
  }

  private static void checkpoints(Configuration flink, CollectorConfig config) {
    StateFiles state = new StateFiles(new LakeLayout(config.lake()));
    flink.set(StateBackendOptions.STATE_BACKEND, "rocksdb");
    flink.set(CheckpointingOptions.INCREMENTAL_CHECKPOINTS, true);
    flink.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, config.checkpointInterval());
    flink.set(CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE, CheckpointingMode.EXACTLY_ONCE);
    flink.set(CheckpointingOptions.CHECKPOINTING_TIMEOUT, Duration.ofMinutes(10));
    flink.set(CheckpointingOptions.TOLERABLE_FAILURE_NUMBER, 3);
    flink.set(CheckpointingOptions.MAX_RETAINED_CHECKPOINTS, 2);
    flink.set(
        CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
        ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
    flink.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, FlinkPath.text(state.checkpoints()));
    flink.set(CheckpointingOptions.SAVEPOINT_DIRECTORY, FlinkPath.text(state.savepoints()));
  }

  /** For ever: a venue, a disk or a network that comes back must find the collector trying. */
  private static void restart(Configuration flink) {
    flink.set(RestartStrategyOptions.RESTART_STRATEGY, "exponential-delay");
    flink.set(
        RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_INITIAL_BACKOFF,
        Duration.ofSeconds(1));
    flink.set(
        RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_MAX_BACKOFF,
        Duration.ofSeconds(30));
    flink.set(
        RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_RESET_BACKOFF_THRESHOLD,
        Duration.ofMinutes(5));
  }
}
