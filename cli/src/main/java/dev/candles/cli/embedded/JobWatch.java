package dev.candles.cli.embedded;

import dev.candles.job.codec.UnreadableStateException;
import dev.candles.text.LogValue;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.apache.flink.util.SerializedThrowable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits for the job, and tells what starting it again cannot mend: an error of the machine ends the
 * collector, a state that cannot be read ends this way to start.
 */
final class JobWatch {
  private static final Logger LOG = LoggerFactory.getLogger(JobWatch.class);
  private static final Duration FIRST_CHECKPOINT = Duration.ofSeconds(60);
  private static final Duration PAUSE = Duration.ofMillis(300);
  private static final int HURRIED_TRIES = 100;
  private static final Duration LOOK = Duration.ofSeconds(5);

  /** Flink's words for a state that is not what it should be. */
  private static final Set<String> UNREADABLE =
      Set.of(
          "org.apache.flink.runtime.state.BackendBuildingException",
          "org.apache.flink.util.StateMigrationException",
          UnreadableStateException.class.getName());

  private final RunningJob job;
  private final CompletableFuture<Boolean> stopAsked;
  private final Duration look;
  private final CompletableFuture<JobResult> result;

  /** Asked for once: what waits for a future that has not ended stays with it. */
  private final CompletableFuture<Object> end;

  JobWatch(RunningJob job, CompletableFuture<Boolean> stopAsked) {
    this(job, stopAsked, LOOK);
  }

  /**
   * @param look how often a job that runs is asked for its last failure, real time
   */
  JobWatch(RunningJob job, CompletableFuture<Boolean> stopAsked, Duration look) {
    this.job = job;
    this.stopAsked = stopAsked;
    this.look = look;
    this.result = job.result();
    this.end = CompletableFuture.anyOf(stopAsked, result);
  }

  /**
   * Tries until one is complete.
   *
   * @param points is told if what was restored cannot be read
   * @return false if the job ended, is to stop, or has to be started in another way
   * @throws LastingException if it met an error of the machine, or cannot read what it was told to
   *     restore
   */
  boolean firstCheckpoint(RestorePoints points) throws Exception {
    for (int tries = 0; !stopAsked.isDone() && !result.isDone(); tries++) {
      if (isTaken()) {
        return true;
      }
      Optional<Throwable> failure = failure();
      if (failure.filter(JobWatch::unreadable).isPresent()) {
        if (!points.another()) {
          throw unreadableForEver(failure.get());
        }
        points.fault(failure.get());
        return false;
      }
      pause(tries < HURRIED_TRIES ? PAUSE : look); // Flink logs each that fails
    }
    if (!stopAsked.isDone()) {
      Optional<SerializedThrowable> error = result.get().getSerializedThrowable();
      if (error.isPresent()) {
        refuseLasting(error.get());
        points.fault(error.get());
      }
    }
    return false;
  }

  /** Takes one if the job runs; false where that failed, or the collector is to stop. */
  private boolean isTaken() throws InterruptedException {
    try {
      if (job.runs()) {
        CompletableFuture<String> taken = job.checkpoint();
        CompletableFuture.anyOf(taken, end).get(FIRST_CHECKPOINT.toMillis(), TimeUnit.MILLISECONDS);
        if (taken.isDone()) {
          LOG.debug("event=checkpoint_complete path={}", LogValue.of(taken.get()));
          return true;
        } // else the stop, which has its own savepoint, or the end of the job
      }
    } catch (ExecutionException | TimeoutException e) {
      LOG.debug("event=checkpoint_not_yet error={}", LogValue.of(e));
    }
    return false;
  }

  /**
   * Returns when the collector is to stop or the job has ended.
   *
   * @throws LastingException if it met an error of the machine, or a state that cannot be read
   */
  void untilTheEnd() throws Exception {
    while (!stopAsked.isDone() && !result.isDone()) {
      Optional<Throwable> failure = failure();
      if (failure.filter(JobWatch::unreadable).isPresent()) {
        throw unreadableForEver(failure.get());
      }
      pause(look);
    }
  }

  /** What last made the job start again; nothing counts any more once it is to stop. */
  private Optional<Throwable> failure() throws Exception {
    Optional<Throwable> failure = stopAsked.isDone() ? Optional.empty() : job.lastFailure();
    if (failure.isPresent()) {
      refuseLasting(failure.get());
    }
    return failure;
  }

  private static void refuseLasting(Throwable failure) throws LastingException {
    Optional<String> remedy = Remedy.of(failure);
    if (remedy.isPresent()) {
      throw new LastingException(remedy.get(), Remedy.exitCode(failure), failure);
    }
  }

  /** Flink would try for ever what nothing mends. */
  private static LastingException unreadableForEver(Throwable failure) {
    String why =
        Causes.chain(failure).stream()
            .filter(cause -> UNREADABLE.contains(Remedy.name(cause)))
            .reduce((outer, inner) -> inner)
            .map(cause -> String.valueOf(cause.getMessage()))
            .orElse("");
    String line = why.lines().findFirst().orElse("");
    return new LastingException(
        line.contains(UnreadableStateException.WAY_OUT)
            ? line
            : "state cannot be read: " + line + "; " + UnreadableStateException.WAY_OUT,
        2,
        failure);
  }

  private static boolean unreadable(Throwable failure) {
    var chain = Causes.chain(failure);
    return chain.stream().map(Remedy::name).anyMatch(UNREADABLE::contains)
        && !Causes.ofTheDisk(failure); // Flink wraps alike whatever a backend meets
  }

  /** Until it is to stop or has ended, at most so long. */
  private void pause(Duration most) throws InterruptedException, ExecutionException {
    try {
      end.get(most.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      LOG.trace("event=job_runs");
    }
  }
}
