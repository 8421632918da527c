package dev.candles.cli.embedded;

import dev.candles.job.CollectorJob;
import dev.candles.job.CollectorMain;
import dev.candles.job.config.CollectorConfig;
import dev.candles.job.sink.FlinkPath;
import dev.candles.lake.state.StateFiles;
import java.net.BindException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.StreamSupport;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.execution.ExecutionState;
import org.apache.flink.runtime.executiongraph.AccessExecutionGraph;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.util.ExceptionUtils;

/** The collector's job on a Flink of its own in this JVM. */
final class FlinkJob implements RunningJob, AutoCloseable {
  private final MiniCluster cluster;
  private final JobID id;
  private final CompletableFuture<JobResult> result;

  private FlinkJob(MiniCluster cluster, JobID id) {
    this.cluster = cluster;
    this.id = id;
    this.result = cluster.requestJobResult(id); // each question is kept until the job ends
  }

  /**
   * Starts Flink and submits the job; does not wait until it runs.
   *
   * @param state gets the job's name before its first checkpoint
   * @throws RefusedException if the port of the web UI is taken
   */
  static FlinkJob start(CollectorConfig config, Configuration flink, StateFiles state)
      throws Exception {
    StreamExecutionEnvironment env = new StreamExecutionEnvironment(flink);
    CollectorJob.build(env, config);
    StreamGraph graph = env.getStreamGraph();
    graph.setJobName(CollectorMain.jobName(config));
    MiniCluster cluster =
        new MiniCluster(
            new MiniClusterConfiguration.Builder()
                .setConfiguration(flink)
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(env.getParallelism())
                .build());
    try {
      cluster.start();
      JobGraph job = graph.getJobGraph();
      state.sign(job.getJobID().toString());
      state.webUi(cluster.getRestAddress().get().getPort());
      return new FlinkJob(cluster, cluster.submitJob(job).get().getJobID());
    } catch (Exception e) {
      cluster.closeAsync().get();
      if (ExceptionUtils.findThrowable(e, BindException.class).isPresent()) {
        throw UiPort.taken(config.webUi().port(), e); // taken since the check
      }
      throw e;
    }
  }

  /** Flink's id of the job, 32 hexadecimal digits. */
  String id() {
    return id.toString();
  }

  /** Address of the web UI. */
  URI ui() throws ExecutionException, InterruptedException {
    return cluster.getRestAddress().get();
  }

  @Override
  public CompletableFuture<JobResult> result() {
    return result;
  }

  @Override
  public boolean runs() throws ExecutionException, InterruptedException {
    AccessExecutionGraph job = cluster.getExecutionGraph(id).get();
    return job.getState() == JobStatus.RUNNING
        && StreamSupport.stream(job.getAllExecutionVertices().spliterator(), false)
            .allMatch(task -> task.getExecutionState() == ExecutionState.RUNNING);
  }

  @Override
  public Optional<Throwable> lastFailure() throws ExecutionException, InterruptedException {
    if (result.isDone()) {
      return Optional.empty();
    }
    return Optional.ofNullable(cluster.getExecutionGraph(id).get().getFailureInfo())
        .map(failure -> failure.getException().deserializeError(getClass().getClassLoader()));
  }

  @Override
  public CompletableFuture<String> checkpoint() {
    return cluster.triggerCheckpoint(id);
  }

  /**
   * Stops the job behind a savepoint; what is not final is dropped.
   *
   * @return where the savepoint is
   * @throws ExecutionException if it failed; the job goes on
   */
  Path stop(Duration wait) throws ExecutionException, InterruptedException, TimeoutException {
    String savepoint =
        cluster
            .stopWithSavepoint(id, null, false, SavepointFormatType.NATIVE)
            .get(wait.toMillis(), TimeUnit.MILLISECONDS);
    return FlinkPath.folder(savepoint);
  }

  /** Ends Flink; a job that still runs is cancelled, its checkpoints stay. */
  @Override
  public void close() throws ExecutionException, InterruptedException {
    cluster.closeAsync().get();
  }
}
