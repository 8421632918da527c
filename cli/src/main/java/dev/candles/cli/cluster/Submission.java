package dev.candles.cli.cluster;

import dev.candles.cli.embedded.HalfForgotten;
import dev.candles.cli.embedded.LakeHold;
import dev.candles.cli.embedded.RefusedException;
import dev.candles.cli.embedded.RestorePoints;
import dev.candles.job.CollectorMain;
import dev.candles.job.JobSettings;
import dev.candles.job.config.CollectorConfig;
import dev.candles.job.config.PathText;
import dev.candles.lake.layout.LakeLayout;
import dev.candles.lake.state.LakeLease;
import dev.candles.lake.state.StateFiles;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptionsInternal;
import org.apache.flink.runtime.messages.webmonitor.JobDetails;
import org.apache.flink.util.FlinkException;

/**
 * Brings the collector to a cluster. In this order:
 *
 * <ol>
 *   <li>nothing is submitted while another job collects into the lake, slots are missing, or what
 *       shall be restored cannot be; nothing is made in the lake, which may not be mounted here;
 *   <li>the job is submitted under an id that was chosen here: an answer that is lost does not make
 *       it nobody's. The cluster has it from then on, whatever becomes of this process;
 *   <li>it waits until all tasks run and a first checkpoint is complete;
 *   <li>where this process sees the lake of the job, the checkpoints of earlier jobs are deleted,
 *       and savepoints beyond those that are kept: nothing needs them any more.
 * </ol>
 */
public final class Submission {
  /** Restores what is newest in the lake. */
  public static final String NEWEST = "newest";

  private static final String OBJECT_STORE = "s3://";
  private static final Duration RUNNING = Duration.ofMinutes(5);
  private static final Duration LOST = Duration.ofSeconds(10);

  private final CollectorConfig config;
  private final StateFiles state;
  private final PrintWriter out;
  private final LakeLease lease;
  private final Duration running;

  public Submission(CollectorConfig config, PrintWriter out) {
    this(config, out, LakeHold.lease(config), RUNNING);
  }

  /**
   * @param running how long a job is given to collect
   */
  Submission(CollectorConfig config, PrintWriter out, LakeLease lease, Duration running) {
    this.running = running;
    this.config = config;
    this.lease = lease;
    this.state = new StateFiles(new LakeLayout(config.lake().path()));
    this.out = out;
  }

  /**
   * Submits it and waits.
   *
   * @param restore the checkpoint or savepoint to start from; {@code none} for none, {@link
   *     #NEWEST} for the newest of the lake
   * @return the exit code: 0 if it collects, 1 if it does not
   * @throws RefusedException if nothing was submitted
   */
  public int run(Target target, String restore, int parallelism) throws Exception {
    try (FlinkRest rest = target.connect()) {
      requireAlone(rest);
      Optional<String> from = restorePoint(restore);
      JobID job = new JobID();
      try (ClientContext context =
          ClientContext.open(target, rest, parallelism, settings(job, from))) {
        CollectorMain.submit(config);
      } catch (FlinkException e) {
        if (!wasSubmitted(new JobProgress(rest, job), job, e)) {
          return 1;
        }
      }
      say("Submitted: job " + job + ", restores " + from.orElse("none"));
      say("Web UI: " + rest.address() + "/#/job/running/" + job + "/overview");
      return collects(rest, job) ? 0 : 1;
    } catch (UnreachableException e) {
      throw new RefusedException(String.valueOf(e.getMessage()), e);
    }
  }

  /** What Flink is given to restore; one in an object store is for Flink to judge. */
  Optional<String> restorePoint(String restore) throws IOException, RefusedException {
    if (restore.startsWith(OBJECT_STORE)) {
      return Optional.of(restore);
    }
    boolean newest = restore.equals(NEWEST);
    if (newest && config.checkpoints().directory() != null) {
      say(
          "Starts without state, which is safe: nothing is looked for in "
              + config.checkpoints().directory()
              + "; --restore s3://… names a checkpoint or savepoint");
      return Optional.empty();
    }
    Optional<Path> from = new RestorePoints(state, newest ? null : path(restore)).next();
    if (newest && from.isEmpty()) {
      say("No checkpoint or savepoint that can be restored is in " + state.folder());
    }
    return from.map(Path::toString);
  }

  private static Path path(String restore) throws RefusedException {
    try {
      return PathText.parse(restore);
    } catch (InvalidPathException e) {
      throw new RefusedException(
          String.format(
              Locale.ROOT, "--restore: found '%s', expected %s", e.getInput(), e.getReason()),
          e);
    }
  }

  void requireAlone(FlinkRest rest)
      throws RefusedException, UnreachableException, InterruptedException {
    List<JobDetails> others = Jobs.running(rest.jobs(), config.lake().path());
    if (!others.isEmpty()) {
      throw new RefusedException(
          "another job collects into this lake: "
              + Jobs.line(others.get(0))
              + "; ./candles stop ends it with a savepoint");
    }
    HalfForgotten.requireNoneOf(config.streams(), new LakeLayout(config.lake().path()));
    try {
      LakeHold.requireFree(config, lease);
    } catch (IOException e) {
      throw new RefusedException(
          "cannot collect into the lake " + config.lake().directory() + ": " + e.getMessage(), e);
    }
  }

  private static Configuration settings(JobID job, Optional<String> from) {
    Configuration flink = new Configuration();
    flink.set(PipelineOptionsInternal.PIPELINE_FIXED_JOB_ID, job.toHexString());
    from.ifPresent(
        snapshot -> {
          if (snapshot.startsWith(OBJECT_STORE)) {
            JobSettings.restore(flink, snapshot);
          } else {
            JobSettings.restore(flink, Path.of(snapshot));
          }
        });
    return flink;
  }

  /** Asks the cluster: it may have the job, and only its answer was lost. */
  boolean wasSubmitted(JobProgress progress, JobID job, FlinkException error) throws Exception {
    if (new Patience(out).until(progress::isKnown, LOST, progress::text)) {
      return true;
    }
    say(
        progress.hasEnded()
            ? "Not submitted: " + Answers.why(error)
            : String.format(
                Locale.ROOT,
                "Nobody can tell whether job %s was submitted: %s; ./candles cluster status or the"
                    + " web UI lists it if it was",
                job,
                Answers.why(error)));
    return false;
  }

  /** Waits until the job collects. */
  boolean collects(FlinkRest rest, JobID job) throws Exception {
    JobProgress progress = new JobProgress(rest, job);
    boolean inTime =
        new Patience(out)
            .until(() -> progress.hasCheckpoint() || progress.hasEnded(), running, progress::text);
    if (inTime && !progress.hasEnded()) {
      return seesLake(job);
    }
    String next = "";
    if (!inTime) {
      next =
          progress.wasAnswered()
              ? "; the cluster goes on trying, ./candles stop --force ends the job"
              : ". " + Answers.nobodyCanTell(job);
    }
    say("Not collecting: " + progress.text() + next);
    return false;
  }

  /** A folder of the same name on a machine that did not mount the lake must not look like it. */
  private boolean seesLake(JobID job) {
    try {
      lease.prove(job.toHexString());
    } catch (IOException e) {
      say(
          "The job collects, but not into the lake that is seen here: "
              + e.getMessage()
              + "; nothing was restored from that lake or deleted there. ./candles stop --force ends"
              + " the job, to be submitted where the lake is mounted");
      return false;
    }
    tidy(job);
    say("Collecting: all tasks run, the first checkpoint is complete");
    return true;
  }

  /** The job collects: a folder that cannot be deleted must not look as if it did not. */
  private void tidy(JobID job) {
    int kept = config.checkpoints().keptSavepoints();
    StateFiles.Tidied tidied = state.tidy(job.toHexString(), kept, System.currentTimeMillis());
    tidied.savepoints().forEach(gone -> say("Deleted, beyond keep_savepoints: " + gone));
    tidied.left().forEach(left -> say("An earlier checkpoint or savepoint is left: " + left));
  }

  private void say(String line) {
    out.println(line);
    out.flush();
  }
}
