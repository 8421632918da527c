package dev.candles.cli.cluster;

import dev.candles.cli.embedded.AfterStop;
import dev.candles.cli.embedded.LakeHold;
import dev.candles.cli.embedded.RefusedException;
import dev.candles.core.lake.LakeWriteAccess;
import dev.candles.job.JobSettings;
import dev.candles.job.config.CollectorConfig;
import dev.candles.job.sink.FlinkPath;
import dev.candles.lake.layout.LakeLayout;
import dev.candles.lake.state.LakeLease;
import dev.candles.lake.state.StateFiles;
import dev.candles.text.Counted;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.runtime.messages.webmonitor.JobDetails;

/**
 * Stops the collector on a cluster. In this order:
 *
 * <ol>
 *   <li>nothing is stopped where this process does not see the lake of the job;
 *   <li>a savepoint is taken in the lake, and the job stops behind it; forming candles are dropped;
 *   <li>it waits until the job has finished, with all final candles committed;
 *   <li>the savepoint is signed as this lake's, and, unless another job has the lake since, what is
 *       unfinished is deleted and the lake says how far each stream is accounted for.
 * </ol>
 */
public final class JobStop {
  /** By then the cluster itself has given up a savepoint that takes too long. */
  private static final Duration STOP = JobSettings.CHECKPOINT_TIMEOUT.plusMinutes(1);

  private static final Duration RUNS = Duration.ofSeconds(60);
  private static final Duration AGAIN = Duration.ofSeconds(1);
  private static final Duration ANSWER = Duration.ofSeconds(10);

  private final CollectorConfig config;
  private final PrintWriter out;
  private final LakeLease lease;
  private final Duration runs;
  private final StateFiles state;

  public JobStop(CollectorConfig config, PrintWriter out) {
    this(config, out, LakeHold.lease(config), RUNS);
  }

  /**
   * @param runs how long a job is given to run, and then to take a savepoint at all
   */
  JobStop(CollectorConfig config, PrintWriter out, LakeLease lease, Duration runs) {
    this.config = config;
    this.out = out;
    this.lease = lease;
    this.runs = runs;
    this.state = new StateFiles(new LakeLayout(config.lake().path()));
  }

  /**
   * What came of asking for a savepoint.
   *
   * @param place empty if there was no answer that says so
   * @param why there is none
   * @param answered whether the cluster said that there is none
   */
  private record Asked(Optional<String> place, String why, boolean answered) {}

  /**
   * Stops it.
   *
   * @param force whether to cancel a job that does not come to run or of which no savepoint can be
   *     taken
   * @return the exit code: 0 if it was stopped, 1 if not
   * @throws RefusedException if no job collects into the lake, it does not run, or the lake is not
   *     seen here
   */
  public int run(Target target, boolean force) throws Exception {
    try (FlinkRest rest = target.connect()) {
      JobDetails job = job(rest);
      JobID id = job.getJobId();
      JobProgress progress = new JobProgress(rest, id);
      if (force && job.getStatus() != JobStatus.RUNNING) {
        return cancel(rest, id, progress);
      }
      Optional<IOException> unseen = unseen(id); // one that has finished has given its lease back
      // one that starts again after a crash runs soon
      boolean ready =
          new Patience(out)
              .until(() -> progress.runs() || progress.hasEnded(), runs, progress::text);
      if (!ready && force) {
        return cancel(rest, id, progress);
      }
      if (!ready) {
        throw new RefusedException(
            Jobs.line(job)
                + ", no savepoint can be taken: "
                + progress.text()
                + "; --force cancels it, its last checkpoint stays");
      }
      if (progress.hasFinished()) { // another command has stopped it
        return finished(id, Optional.empty(), unseen.isEmpty());
      }
      if (progress.hasEnded()) {
        say("Not stopped, it has ended by itself: " + progress.text());
        return 1;
      }
      boolean seen = seesLake(unseen, force);
      say("Stopping job " + id + ": final candles are committed, forming ones dropped");
      return stop(rest, id, progress, seen, force);
    } catch (UnreachableException e) {
      say(String.valueOf(e.getMessage()));
      return 1;
    }
  }

  private JobDetails job(FlinkRest rest)
      throws RefusedException, UnreachableException, InterruptedException {
    List<JobDetails> jobs = Jobs.running(rest.jobs(), config.lake().path());
    if (jobs.isEmpty()) {
      throw new RefusedException(
          String.format(
              Locale.ROOT,
              "no job collects into %s on the cluster at %s",
              config.lake().directory(),
              rest.address()));
    }
    return jobs.get(0);
  }

  /** Why this process does not see the lake of the job; empty if it does. */
  private Optional<IOException> unseen(JobID job) {
    try {
      lease.prove(job.toHexString());
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(e);
    }
  }

  /** A folder of the same name on a machine that did not mount the lake must not be tidied. */
  private boolean seesLake(Optional<IOException> unseen, boolean force) throws RefusedException {
    if (unseen.isEmpty()) {
      return true;
    }
    String why = unseen.get().getMessage();
    if (force) {
      say("The lake will not be tidied: " + why);
      return false;
    }
    throw new RefusedException(
        "nothing was stopped: "
            + why
            + "; stop it where the lake is mounted, or --force stops it without tidying the lake",
        unseen.get());
  }

  private int stop(FlinkRest rest, JobID job, JobProgress progress, boolean seen, boolean force)
      throws Exception {
    Patience patience = new Patience(out);
    Asked asked = savepoint(rest, job, patience, progress);
    if (asked.place().isPresent()) {
      patience.until(progress::ended, STOP, progress::text);
    }
    boolean known = progress.isKnown();
    if (progress.hasFinished()) {
      return finished(job, asked.place(), seen);
    }
    say(
        asked
            .place()
            .map(place -> "Savepoint taken, but not finished: " + place + "; " + progress.text())
            .orElse("Not stopped with a savepoint: " + progress.text() + ": " + asked.why()));
    if (progress.hasEnded()) {
      return 1;
    }
    if (force) {
      return cancel(rest, job, progress);
    }
    if (!known) {
      say(Answers.nobodyCanTell(job));
      return 1;
    }
    say(
        (asked.answered() ? "The job goes on" : "It may still end by itself")
            + "; ./candles stop --force cancels it, its last checkpoint stays");
    return 1;
  }

  /** Tries again while tasks are still on their way. */
  private Asked savepoint(FlinkRest rest, JobID job, Patience patience, JobProgress progress)
      throws Exception {
    long deadline = System.nanoTime() + runs.toNanos();
    Asked last;
    do {
      CompletableFuture<String> asked = rest.stop(job, JobSettings.savepoints(config));
      patience.until(() -> asked.isDone() || progress.ended(), STOP, progress::text);
      if (progress.hasFinished()) { // the answer about the savepoint may still be on its way
        patience.until(asked::isDone, ANSWER, () -> "asking where the savepoint is");
      }
      last = asked.isDone() ? outcome(asked) : new Asked(Optional.empty(), "no answer", false);
      if (last.place().isPresent()) {
        return last;
      }
    } while (System.nanoTime() < deadline
        && !patience.until(progress::ended, AGAIN, progress::text));
    return last;
  }

  private static Asked outcome(CompletableFuture<String> asked) throws InterruptedException {
    try {
      return new Asked(Optional.of(asked.get()), "", true);
    } catch (ExecutionException e) {
      return new Asked(Optional.empty(), Answers.why(e), Answers.isOfCluster(e));
    }
  }

  /** All is committed; where the answer was lost the savepoint is found by the job's name. */
  int finished(JobID job, Optional<String> place, boolean seen) throws IOException {
    if (!seen) {
      say("Savepoint: " + place.orElse("of job " + job + ", the answer where it is was lost"));
      say("Stopped, but the lake is not seen here: it was not tidied");
      return 1;
    }
    if (config.checkpoints().directory() != null) {
      return finishedElsewhere(job, place);
    }
    Optional<Path> savepoint =
        place.isPresent()
            ? place.map(FlinkPath::folder)
            : state.newestSavepointOf(job.toHexString(), System.currentTimeMillis());
    if (savepoint.isEmpty()) {
      say("Stopped, but no savepoint of job " + job + " is in " + state.savepoints());
      return 1;
    }
    new AfterStop(config, this::say).sign(savepoint.get());
    tidy(job);
    say("Savepoint: " + savepoint.get());
    say("Collector stopped");
    return 0;
  }

  /** A savepoint in an object store is not signed: who names it means it. */
  private int finishedElsewhere(JobID job, Optional<String> place) {
    tidy(job);
    say(
        place
            .map(address -> "Savepoint: " + address)
            .orElse(
                "Stopped, but the answer where the savepoint is was lost: it is the newest of job "
                    + job
                    + " in "
                    + JobSettings.savepoints(config)));
    say("Collector stopped");
    return place.isPresent() ? 0 : 1;
  }

  /** In the name of the job that has ended: its lease may still be there, and is shared then. */
  private void tidy(JobID job) {
    AfterStop after = new AfterStop(config, this::say);
    try (LakeWriteAccess.Hold hold = LakeHold.take(config, job.toHexString(), why -> {})) {
      hold.check();
      after.sweep();
      hold.check();
      after
          .through()
          .ifPresent(
              streams ->
                  say(
                      "Accounted for: "
                          + Counted.of(streams, "stream")
                          + ", coverage says how far"));
    } catch (IOException e) {
      say("The savepoint is complete, but the lake cannot be tidied: " + e.getMessage());
    }
  }

  private int cancel(FlinkRest rest, JobID job, JobProgress progress) throws Exception {
    rest.cancel(job);
    boolean done = new Patience(out).until(progress::ended, STOP, progress::text);
    say(
        done
            ? "Cancelled, without a savepoint, its checkpoints stay: " + job
            : "Not cancelled: " + progress.text());
    return done ? 0 : 1;
  }

  private void say(String line) {
    out.println(line);
    out.flush();
  }
}
