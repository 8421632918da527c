package dev.candles.cli.cluster;

import dev.candles.cli.embedded.RefusedException;
import dev.candles.cli.embedded.RestorePoints;
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
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.RecoveryClaimMode;
import org.apache.flink.runtime.messages.webmonitor.JobDetails;
import org.jspecify.annotations.Nullable;

/**
 * Brings the collector to a cluster. In this order:
 *
 * <ol>
 *   <li>nothing is submitted while another job collects into the lake, slots are missing, or what
 *       shall be restored cannot be;
 *   <li>the job is submitted; the cluster has it from then on, whatever becomes of this process;
 *   <li>it waits until all tasks run and a first checkpoint is complete, then the checkpoints of
 *       earlier jobs are deleted: nothing needs them any more.
 * </ol>
 */
public final class Submission {
  private static final Duration RUNNING = Duration.ofMinutes(5);

  private final CollectorConfig config;
  private final StateFiles state;
  private final PrintWriter out;

  public Submission(CollectorConfig config, PrintWriter out) {
    this.config = config;
    this.state = new StateFiles(new LakeLayout(config.lake()));
    this.out = out;
  }

  /**
   * Submits it and waits.
   *
   * @param restore the checkpoint or savepoint to start from; {@code none} for none, null for the
   *     newest
   * @return the exit code: 0 if it collects, 1 if it does not
   * @throws RefusedException if nothing was submitted
   */
  public int run(Target target, @Nullable Path restore, int parallelism) throws Exception {
    try (FlinkRest rest = target.connect()) {
      requireAlone(rest);
      Optional<Path> from = new RestorePoints(state, restore).next();
      JobID job;
      try (ClientContext context = ClientContext.open(target, rest, parallelism, restored(from))) {
        job = CollectorMain.submit(config).getJobID();
      }
      out.printf(
          Locale.ROOT,
          "Submitted: job %s, restores %s%n",
          job,
          from.map(Path::toString).orElse("none"));
      out.println("Web UI: " + rest.address() + "/#/job/running/" + job + "/overview");
      out.flush();
      return collects(rest, job) ? 0 : 1;
    } catch (UnreachableException e) {
      throw new RefusedException(String.valueOf(e.getMessage()), e);
    }
  }

  private void requireAlone(FlinkRest rest)
      throws RefusedException, UnreachableException, InterruptedException {
    List<JobDetails> others = Jobs.running(rest.jobs(), CollectorMain.jobName(config));
    if (!others.isEmpty()) {
      throw new RefusedException(
          "another job collects into this lake: "
              + Jobs.line(others.get(0))
              + "; ./candles stop ends it with a savepoint");
    }
    // one in a JVM of its own, or on another cluster of this machine
    try {
      new LakeLock(config.dataDir()).acquire().close();
    } catch (IOException e) {
      throw new RefusedException(
          "cannot collect into the lake " + config.dataDir() + ": " + e.getMessage(), e);
    }
  }

  private static Configuration restored(Optional<Path> from) {
    Configuration flink = new Configuration();
    from.ifPresent(
        path -> {
          flink.set(StateRecoveryOptions.SAVEPOINT_PATH, FlinkPath.text(path));
          flink.set(StateRecoveryOptions.RESTORE_MODE, RecoveryClaimMode.NO_CLAIM);
        });
    return flink;
  }

  private boolean collects(FlinkRest rest, JobID job) throws Exception {
    JobProgress progress = new JobProgress(rest, job);
    boolean inTime =
        new Patience(out)
            .until(() -> progress.hasCheckpoint() || progress.ended(), RUNNING, progress::text);
    if (inTime && progress.hasCheckpoint()) {
      tidy(job);
      out.println("Collecting: all tasks run, the first checkpoint is complete");
      out.flush();
      return true;
    }
    out.printf(
        Locale.ROOT,
        "Not collecting: %s%s%n",
        progress.text(),
        inTime ? "" : "; the cluster goes on trying, ./candles stop --force ends the job");
    out.flush();
    return false;
  }

  /** The job collects: a folder that cannot be deleted must not look as if it did not. */
  private void tidy(JobID job) {
    try {
      state.deleteOthersThan(job.toHexString());
    } catch (IOException e) {
      out.println("Checkpoints of earlier jobs are left in " + state.checkpoints() + ": " + e);
    }
  }
}
