package dev.candles.job;

import dev.candles.core.lake.LakeWriteAccess;
import dev.candles.job.config.CollectorConfig;
import dev.candles.job.sink.FlinkPath;
import dev.candles.lake.layout.LakeLayout;
import dev.candles.lake.state.LakeLock;
import dev.candles.lake.state.StateFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.MetricOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.metrics.prometheus.PrometheusReporterFactory;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;

/** The real job on a MiniCluster in this JVM, to be crashed and started again. */
final class TestCollector implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(4);

  private final CollectorConfig config;
  private final LakeWriteAccess access;
  private final StateFiles state;
  private final Configuration more = new Configuration();
  private @Nullable JobClient job;

  TestCollector(CollectorConfig config) {
    this(config, new LakeLock(config.lake().directory()));
  }

  TestCollector(CollectorConfig config, LakeWriteAccess access) {
    this.config = config;
    this.access = access;
    this.state = new StateFiles(new LakeLayout(config.lake().path()));
  }

  /** Shows its metrics to Prometheus at a port of this machine. */
  TestCollector reportingAt(int port) {
    more.set(MetricOptions.REPORTERS_LIST, "prom");
    more.setString(
        "metrics.reporter.prom.factory.class", PrometheusReporterFactory.class.getName());
    more.setString("metrics.reporter.prom.port", String.valueOf(port));
    more.setString("metrics.reporter.prom.filterLabelValueCharacters", "false");
    return this;
  }

  /** Starts from the newest checkpoint or savepoint, if there is one. */
  void start() throws Exception {
    start(state.newest(System.currentTimeMillis()).map(StateFiles.Snapshot::folder));
  }

  void start(Optional<Path> restore) throws Exception {
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironment(settings(restore));
    CollectorJob.build(env, config, access);
    job = env.executeAsync("collector");
  }

  /** Waits until a checkpoint is complete. */
  void awaitCheckpoint() throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (state.newest(System.currentTimeMillis()).isEmpty()) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("no checkpoint in time");
      }
      LockSupport.parkNanos(50_000_000L);
    }
  }

  /** Waits until a checkpoint is complete that is not now. */
  void awaitAnotherCheckpoint() throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    long before = newestCheckpoint();
    while (newestCheckpoint() == before) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("no other checkpoint in time");
      }
      LockSupport.parkNanos(20_000_000L);
    }
  }

  private long newestCheckpoint() throws IOException {
    return state.complete(System.currentTimeMillis()).stream()
        .mapToLong(StateFiles.Snapshot::number)
        .max()
        .orElse(0);
  }

  /** Ends the job without a savepoint: all that is left are its checkpoints. */
  void crash() throws Exception {
    running().cancel().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    awaitEnd();
  }

  /** Ends the job if it has not ended. */
  @Override
  public void close() throws Exception {
    if (job != null) {
      crash();
    }
  }

  /** Stops with a savepoint, as soon as all tasks run, and returns its path. */
  Path stop() throws Exception {
    Path savepoint =
        savepoint(() -> running().stopWithSavepoint(false, null, SavepointFormatType.NATIVE));
    awaitEnd();
    return savepoint;
  }

  /** Takes a savepoint that any backend can restore, as soon as all tasks run; goes on. */
  Path savepoint() throws Exception {
    return savepoint(() -> running().triggerSavepoint(null, SavepointFormatType.CANONICAL));
  }

  private static Path savepoint(Supplier<CompletableFuture<String>> taking) throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try {
        return FlinkPath.folder(taking.get().get(PATIENCE.toSeconds(), TimeUnit.SECONDS));
      } catch (ExecutionException e) {
        boolean notYet =
            e.toString().contains("Not all required tasks are currently running")
                || e.toString().contains("is not being executed at the moment");
        if (!notYet || System.nanoTime() > deadline) {
          throw e;
        }
        LockSupport.parkNanos(50_000_000L);
      }
    }
  }

  /** Waits until the job ends by itself, which it does not do well. */
  Throwable awaitFailure() throws Exception {
    try {
      running().getJobExecutionResult().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      job = null;
      return e;
    }
    throw new IllegalStateException("the job has ended well");
  }

  private JobClient running() {
    if (job == null) {
      throw new IllegalStateException("not started");
    }
    return job;
  }

  private void awaitEnd() throws Exception {
    try {
      running().getJobExecutionResult().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (!e.toString().contains("cancel")) {
        throw e;
      }
    }
    job = null;
  }

  private Configuration settings(Optional<Path> restore) {
    Configuration flink = new Configuration(more);
    flink.set(CoreOptions.DEFAULT_PARALLELISM, 1);
    flink.set(PipelineOptions.MAX_PARALLELISM, 128);
    flink.set(PipelineOptions.GENERIC_TYPES, false);
    flink.set(PipelineOptions.OBJECT_REUSE, true);
    flink.set(StateBackendOptions.STATE_BACKEND, "rocksdb");
    flink.set(CheckpointingOptions.INCREMENTAL_CHECKPOINTS, true);
    flink.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, config.checkpoints().interval());
    flink.set(
        CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
        ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
    Path folder = config.lake().path().resolve(".state");
    flink.set(
        CheckpointingOptions.CHECKPOINTS_DIRECTORY, FlinkPath.text(folder.resolve("checkpoints")));
    flink.set(
        CheckpointingOptions.SAVEPOINT_DIRECTORY, FlinkPath.text(folder.resolve("savepoints")));
    flink.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
    flink.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(200));
    restore.ifPresent(p -> flink.set(StateRecoveryOptions.SAVEPOINT_PATH, FlinkPath.text(p)));
    return flink;
  }
}
