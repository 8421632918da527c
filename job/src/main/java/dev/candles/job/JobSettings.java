package dev.candles.job;

import dev.candles.job.config.CollectorConfig;
import dev.candles.job.sink.FlinkPath;
import dev.candles.lake.layout.LakeLayout;
import dev.candles.lake.state.StateFiles;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.core.execution.RecoveryClaimMode;

/** Flink's settings that belong to the collector's job, wherever it runs. */
public final class JobSettings {
  /** After this long a checkpoint or savepoint that is not complete is given up. */
  public static final Duration CHECKPOINT_TIMEOUT = Duration.ofMinutes(10);

  private JobSettings() {}

  /**
   * Settings to hand to the job's environment; checkpoints and savepoints lie in the lake, or where
   * it says.
   */
  public static Configuration of(CollectorConfig config) {
    Configuration flink = new Configuration();
    checkpoints(flink, config);
    rocksLog(flink);
    restart(flink);
    // a venue that left the configuration leaves its source's state behind
    flink.set(StateRecoveryOptions.SAVEPOINT_IGNORE_UNCLAIMED_STATE, true);
    flink.set(PipelineOptions.MAX_PARALLELISM, 128);
    flink.set(PipelineOptions.GENERIC_TYPES, false);
    flink.set(PipelineOptions.OBJECT_REUSE, true);
    return flink;
  }

  /** Has the job start from a checkpoint or savepoint, which stays as it is. */
  public static void restore(Configuration flink, Path snapshot) {
    restore(flink, FlinkPath.text(snapshot));
  }

  /** The same for one that may be in an object store, by the address that Flink knows. */
  public static void restore(Configuration flink, String address) {
    flink.set(StateRecoveryOptions.SAVEPOINT_PATH, address);
    flink.set(StateRecoveryOptions.RESTORE_MODE, RecoveryClaimMode.NO_CLAIM);
  }

  /** Where savepoints are taken, as Flink names it. */
  public static String savepoints(CollectorConfig config) {
    String elsewhere = config.checkpoints().directory();
    return elsewhere == null
        ? FlinkPath.text(new StateFiles(new LakeLayout(config.lake().path())).savepoints())
        : elsewhere + "/savepoints";
  }

  private static String checkpoints(CollectorConfig config) {
    String elsewhere = config.checkpoints().directory();
    return elsewhere == null
        ? FlinkPath.text(new StateFiles(new LakeLayout(config.lake().path())).checkpoints())
        : elsewhere + "/checkpoints";
  }

  private static void checkpoints(Configuration flink, CollectorConfig config) {
    flink.set(StateBackendOptions.STATE_BACKEND, "rocksdb");
    flink.set(CheckpointingOptions.INCREMENTAL_CHECKPOINTS, true);
    flink.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, config.checkpoints().interval());
    flink.set(CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE, CheckpointingMode.EXACTLY_ONCE);
    flink.set(CheckpointingOptions.CHECKPOINTING_TIMEOUT, CHECKPOINT_TIMEOUT);
    flink.set(CheckpointingOptions.TOLERABLE_FAILURE_NUMBER, 3);
    flink.set(CheckpointingOptions.MAX_RETAINED_CHECKPOINTS, 2);
    flink.set(
        CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
        ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
    flink.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, checkpoints(config));
    flink.set(CheckpointingOptions.SAVEPOINT_DIRECTORY, savepoints(config));
  }

  /**
   * RocksDB keeps a log for each operator. Where a process names its own log by the system property
   * {@code log.file}, as Flink's scripts and image do, it is beside that one, where a killed
   * process leaves it: by default up to 100 MB of each operator and start. In one JVM it is with
   * the database, and goes with it.
   */
  private static void rocksLog(Configuration flink) {
    flink.setString("state.backend.rocksdb.log.level", "WARN_LEVEL");
    flink.setString("state.backend.rocksdb.log.max-file-size", "1mb");
    flink.setString("state.backend.rocksdb.log.file-num", "1");
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
