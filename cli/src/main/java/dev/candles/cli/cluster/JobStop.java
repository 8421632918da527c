package dev.candles.cli.cluster;

import dev.candles.cli.embedded.RefusedException;
import dev.candles.cli.embedded.Through;
import dev.candles.core.lake.LakeKeeper;
import dev.candles.job.CollectorMain;
import dev.candles.job.config.CollectorConfig;
import dev.candles.job.sink.FlinkPath;
import dev.candles.lake.layout.LakeLayout;
import dev.candles.lake.state.LakeLock;
import dev.candles.lake.state.StateFiles;
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
 *   <li>a savepoint is taken in the lake, and the job stops behind it; forming candles are dropped;
 *   <li>it waits until the job has finished, with all final candles committed;
 *   <li>the savepoint is signed as this lake's, what is unfinished is deleted, and the lake says
 *       how far each stream is accounted for.
 * </ol>
 */
public final class JobStop {
  private static final Duration STOP = Duration.ofMinutes(5);
  private static final Duration RUNS = Duration.ofSeconds(60);
  private static final Duration AGAIN = Duration.ofSeconds(1);

  private final CollectorConfig config;
  private final PrintWriter out;
  private final StateFiles state;

  public JobStop(CollectorConfig config, PrintWriter out) {
    this.config = config;
    this.out = out;
    this.state = new StateFiles(new LakeLayout(config.lake()));
  }

  /**
   * Stops it.
   *
   * @param force whether to cancel a job that does not run, without a savepoint
   * @return the exit code: 0 if it was stopped, 1 if not
   * @throws RefusedException if no job collects into the lake, or it does not run
   */
  public int run(Target target, boolean force) throws Exception {
    try (FlinkRest rest = target.connect()) {
      List<JobDetails> jobs = Jobs.running(rest.jobs(), CollectorMain.jobName(config));
      if (jobs.isEmpty()) {
        throw new RefusedException(
            String.format(
                Locale.ROOT,
                "no job collects into %s on the cluster at %s",
                config.dataDir(),
                rest.address()));
      }
      JobDetails job = jobs.get(0);
      JobProgress progress = new JobProgress(rest, job.getJobId());
      if (force && job.getStatus() != JobStatus.RUNNING) {
        return cancel(rest, job.getJobId(), progress);
      }
      // one that starts again after a crash runs soon
      if (!new Patience(out).until(progress::runs, RUNS, progress::text)) {
        throw new RefusedException(
            Jobs.line(job)
                + ", no savepoint can be taken: "
                + progress.text()
                + "; --force cancels it, its last checkpoint stays");
      }
      return stop(rest, job.getJobId(), progress);
    } catch (UnreachableException e) {
      out.println(e.getMessage());
      out.flush();
      return 1;
    }
  }

  private int stop(FlinkRest rest, JobID job, JobProgress progress) throws Exception {
    out.println("Stopping job " + job + ": final candles are committed, forming ones dropped");
    out.flush();
    Patience patience = new Patience(out);
    Optional<String> savepoint = savepoint(rest, job, patience, progress);
    if (savepoint.isEmpty()) {
      return 1;
    }
    Path folder = FlinkPath.folder(savepoint.get());
    if (!patience.until(progress::ended, STOP, progress::text) || !progress.hasFinished()) {
      out.println("Savepoint taken, but not finished: " + folder + "; " + progress.text());
      out.flush();
      return 1;
    }
    tidy(folder);
    out.println("Savepoint: " + folder);
    out.println("Collector stopped");
    out.flush();
    return 0;
  }

  /** Tries again while tasks are still on their way; empty if none can be taken. */
  private Optional<String> savepoint(
      FlinkRest rest, JobID job, Patience patience, JobProgress progress) throws Exception {
    long deadline = System.nanoTime() + RUNS.toNanos();
    String why;
    do {
      CompletableFuture<String> asked = rest.stop(job, FlinkPath.text(state.savepoints()));
      // where it has finished, the answer about the savepoint is still on its way
      patience.until(
          () -> asked.isDone() || (progress.ended() && !progress.hasFinished()),
          STOP,
          progress::text);
      if (asked.isDone() && !asked.isCompletedExceptionally()) {
        return Optional.of(asked.get());
      }
      why = asked.isDone() ? why(asked) : "no answer";
    } while (System.nanoTime() < deadline
        && !patience.until(progress::ended, AGAIN, progress::text));
    out.println("Not stopped with a savepoint: " + progress.text() + ": " + why);
    out.flush();
    return Optional.empty();
  }

  private static String why(CompletableFuture<String> failed) throws InterruptedException {
    try {
      return failed.get();
    } catch (ExecutionException e) {
      return Answers.why(e);
    }
  }

  private int cancel(FlinkRest rest, JobID job, JobProgress progress) throws Exception {
    rest.cancel(job);
    boolean done = new Patience(out).until(progress::ended, STOP, progress::text);
    out.println(
        done ? "Cancelled, without a savepoint: " + job : "Not cancelled: " + progress.text());
    out.flush();
    return done ? 0 : 1;
  }

  /** The savepoint is what counts; a full disk must not make a good stop look bad. */
  private void tidy(Path savepoint) {
    try (LakeKeeper.Hold hold = new LakeLock(config.dataDir()).acquire()) {
      state.signSavepoint(savepoint);
      new LakeLock(config.dataDir()).sweepInProgress();
      int streams = new Through(config).write();
      out.println("Accounted for: " + streams + " streams say how far, in coverage");
    } catch (IOException e) {
      out.println("The lake does not say how far its streams are accounted for: " + e.getMessage());
    }
  }
}
