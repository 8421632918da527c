package dev.candles.cli.embedded;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.apache.flink.runtime.jobmaster.JobResult;

/** A job as {@link JobWatch} sees it. */
interface RunningJob {
  /** Completes when the job has ended, however it did. */
  CompletableFuture<JobResult> result();

  /**
   * Whether a checkpoint of this run is complete.
   *
   * @throws ExecutionException if Flink does not answer
   */
  boolean hasCheckpoint() throws ExecutionException, InterruptedException;

  /**
   * What last made the job fail and start again; empty if nothing did, or the job has ended.
   *
   * @throws ExecutionException if Flink does not answer
   */
  Optional<Throwable> lastFailure() throws ExecutionException, InterruptedException;
}
