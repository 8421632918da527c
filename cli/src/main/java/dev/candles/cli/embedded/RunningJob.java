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
   * Takes a checkpoint.
   *
   * @return where it is, once it is complete; fails if the job does not run yet, for example
   */
  CompletableFuture<String> checkpoint();

  /**
   * What last made the job fail and start again; empty if nothing did, or the job has ended.
   *
   * @throws ExecutionException if Flink does not answer
   */
  Optional<Throwable> lastFailure() throws ExecutionException, InterruptedException;
}
