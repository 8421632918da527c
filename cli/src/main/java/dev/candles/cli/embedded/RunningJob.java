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
   * Whether all of its tasks run. A checkpoint that is asked for earlier is one that failed, in the
   * list that people look at.
   *
   * @throws ExecutionException if Flink does not answer
   */
  boolean runs() throws ExecutionException, InterruptedException;

  /**
   * Takes a checkpoint.
   *
   * @return where it is, once it is complete
   */
  CompletableFuture<String> checkpoint();

  /**
   * What last made the job fail and start again; empty if nothing did, or the job has ended.
   *
   * @throws ExecutionException if Flink does not answer
   */
  Optional<Throwable> lastFailure() throws ExecutionException, InterruptedException;
}
