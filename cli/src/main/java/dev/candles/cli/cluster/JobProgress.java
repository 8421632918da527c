package dev.candles.cli.cluster;

import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.jspecify.annotations.Nullable;

/**
 * How far a job of a cluster is. A cluster that does not answer for a while is no news: it is told,
 * and asked again. One that answers that it knows no such job has lost it. For one thread.
 */
final class JobProgress {
  private final FlinkRest rest;
  private final JobID job;
  private @Nullable JobStatus status;
  private boolean lost;
  private boolean answered;
  private String text = "asking the cluster";

  JobProgress(FlinkRest rest, JobID job) {
    this.rest = rest;
    this.job = job;
  }

  /** What is known, with what last made it fail if it does not run. */
  String text() {
    return text;
  }

  /** Whether the cluster has it, however it is. */
  boolean isKnown() throws InterruptedException {
    return look() && !lost;
  }

  /** Whether it comes to no other end any more. */
  boolean ended() throws InterruptedException {
    return look() && hasEnded();
  }

  boolean runs() throws InterruptedException {
    return look() && status == JobStatus.RUNNING;
  }

  /** {@link #ended}, by what was last seen. */
  boolean hasEnded() {
    return lost || (status != null && status.isGloballyTerminalState());
  }

  /** Whether all that it wrote is committed, by what was last seen. */
  boolean hasFinished() {
    return status == JobStatus.FINISHED;
  }

  /** Whether the cluster answered when it was last asked: else nobody can tell how the job is. */
  boolean wasAnswered() {
    return answered;
  }

  /** Whether it runs and a checkpoint of its own is complete. */
  boolean hasCheckpoint() throws InterruptedException {
    try {
      return runs() && rest.checkpoints(job) > 0;
    } catch (UnreachableException e) {
      answered = false;
      text = String.valueOf(e.getMessage());
      return false;
    }
  }

  /** Whether there was an answer. */
  private boolean look() throws InterruptedException {
    answered = ask();
    return answered;
  }

  private boolean ask() throws InterruptedException {
    try {
      JobStatus now = rest.status(job);
      status = now;
      lost = false;
      boolean well = now == JobStatus.RUNNING || now == JobStatus.FINISHED;
      text =
          "the job is " + now + (well ? "" : rest.lastFailure(job).map(w -> ": " + w).orElse(""));
      return true;
    } catch (UnknownJobException e) {
      status = null;
      lost = true;
      text = String.valueOf(e.getMessage());
      return true;
    } catch (UnreachableException e) {
      text = String.valueOf(e.getMessage());
      return false;
    }
  }
}
