package dev.candles.cli.embedded;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.flink.runtime.jobmaster.JobResult;

/** A job as {@link JobWatch} sees it. */
interface RunningJob {
  /** Completes when the job has ended, however it did. */
  CompletableFuture<JobResult> result();

  /**
   * Takes a checkpoint and waits for it.
   *
   * @return where it is
   * @throws ExecutionException if it failed: the job does not run yet, for example
   */
  String checkpoint(Duration wait)
      throws ExecutionException, InterruptedException, TimeoutException;

  /**
   * What last made the job fail and start again; empty if nothing did, or the job has ended.
   *
   * @throws ExecutionException if Flink does not answer
   */
  Optional<Throwable> lastFailure() throws ExecutionException, InterruptedException;
}
