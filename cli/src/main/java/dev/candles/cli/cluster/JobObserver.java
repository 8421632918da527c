package dev.candles.cli.cluster;

import dev.candles.cli.embedded.RefusedException;
import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.checkpoint.CheckpointStatsStatus;
import org.apache.flink.runtime.execution.ExecutionState;
import org.apache.flink.runtime.messages.webmonitor.JobDetails;
import org.apache.flink.runtime.rest.messages.checkpoints.CheckpointStatistics;
import org.apache.flink.runtime.rest.messages.job.JobDetailsInfo;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the one job of a cluster, or of a collector's own JVM, whose processes come and go
 * meanwhile. Its instants are those that Flink noted itself, so that it does not matter how often
 * it is looked at. For one thread.
 */
public final class JobObserver implements AutoCloseable {
  private static final Duration ANSWER = Duration.ofSeconds(3);

  private final Where where;
  private @Nullable FlinkRest rest;

  /** Where the cluster answers now. */
  @FunctionalInterface
  private interface Where {
    Target target() throws IOException, RefusedException;
  }

  /**
   * How a job is; instants are real time, epoch ms.
   *
   * @param runningSinceMs since when it runs in this attempt; 0 if it does not
   * @param allTasksRun whether all its tasks do
   * @param checkpoints the newest that are complete, ascending by their start
   */
  public record Seen(long runningSinceMs, boolean allTasksRun, List<Checkpoint> checkpoints) {}

  /**
   * A checkpoint; instants are real time, epoch ms.
   *
   * @param startedMs when it was triggered
   * @param completedMs when the last task had taken part
   */
  public record Checkpoint(long startedMs, long completedMs) {}

  private JobObserver(Where where) {
    this.where = where;
  }

  /** Of the cluster in a folder, by whichever JobManager is there. */
  public static JobObserver ofFolder(ClusterFolder folder) {
    return new JobObserver(() -> Target.ofFolder(folder));
  }

  /** Of the JVM with its web UI on this port of 127.0.0.1. */
  public static JobObserver ofPort(int port) {
    Target target = Target.of(new Configuration(), List.of(new Address(Ports.LOOPBACK, port)));
    return new JobObserver(() -> target);
  }

  /** Looks; empty if nobody answers soon, or there is no job. */
  public Optional<Seen> look() throws IOException, InterruptedException {
    try {
      FlinkRest asked = rest;
      if (asked == null) {
        asked = where.target().connect(ANSWER);
        rest = asked;
      }
      for (JobDetails job : asked.jobs()) {
        if (!job.getStatus().isGloballyTerminalState()) {
          return Optional.of(seen(asked, job.getJobId()));
        }
      }
      return Optional.empty();
    } catch (UnreachableException | RefusedException gone) {
      close(); // another one may answer the next time
      return Optional.empty();
    }
  }

  private static Seen seen(FlinkRest rest, JobID job)
      throws UnreachableException, InterruptedException {
    JobDetailsInfo details = rest.details(job);
    boolean runs = details.getJobStatus() == JobStatus.RUNNING;
    List<Checkpoint> checkpoints =
        rest.checkpointing(job).getHistory().stream()
            .filter(each -> each.getStatus() == CheckpointStatsStatus.COMPLETED)
            .sorted(Comparator.comparingLong(CheckpointStatistics::getTriggerTimestamp))
            .map(each -> new Checkpoint(each.getTriggerTimestamp(), each.getLatestAckTimestamp()))
            .toList();
    return new Seen(
        runs ? details.getTimestamps().getOrDefault(JobStatus.RUNNING, 0L) : 0,
        runs
            && details.getJobVertexInfos().stream()
                .allMatch(
                    vertex ->
                        vertex.getTasksPerState().getOrDefault(ExecutionState.RUNNING, 0)
                            == vertex.getParallelism()),
        checkpoints);
  }

  @Override
  public void close() {
    FlinkRest open = rest;
    rest = null;
    if (open != null) {
      open.close();
    }
  }
}
