package dev.candles.cli.cluster;

import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.jspecify.annotations.Nullable;

/**
 * How far a job of a cluster is. A cluster that does not answer for a while is no news: it is told,
 * and asked again. For one thread.
 */
final class JobProgress {
  private final FlinkRest rest;
  private final JobID job;
  private @Nullable JobStatus status;
  private String text = "asking the cluster";

  JobProgress(FlinkRest rest, JobID job) {
    this.rest = rest;
    this.job = job;
  }

  /** What is known, with what last made it fail if it does not run. */
  String text() {
    return text;
  }

  boolean ended() throws InterruptedException {
    return look() && status != null && status.isGloballyTerminalState();
  }

  boolean runs() throws InterruptedException {
    return look() && status == JobStatus.RUNNING;
  }

  /** Whether all that it wrote is committed. */
  boolean hasFinished() {
    return status == JobStatus.FINISHED;
  }

  /** Whether it runs and a checkpoint of its own is complete. */
  boolean hasCheckpoint() throws InterruptedException {
    try {
      return runs() && rest.checkpoints(job) > 0;
    } catch (UnreachableException e) {
      text = String.valueOf(e.getMessage());
      return false;
    }
  }

  /** Whether there was an answer. */
  private boolean look() throws InterruptedException {
    try {
      JobStatus now = rest.status(job);
      status = now;
      boolean well = now == JobStatus.RUNNING || now == JobStatus.FINISHED;
      text =
          "the job is " + now + (well ? "" : rest.lastFailure(job).map(w -> ": " + w).orElse(""));
      return true;
    } catch (UnreachableException e) {
      text = String.valueOf(e.getMessage());
      return false;
    }
  }
}
