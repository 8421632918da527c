package dev.candles.cli.cluster;

import dev.candles.cli.embedded.RefusedException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.channels.FileChannel;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.apache.flink.runtime.messages.webmonitor.JobDetails;

/** Stops a cluster of this machine. */
public final class ClusterStop {
  private final ClusterFolder folder;
  private final PrintWriter out;

  public ClusterStop(ClusterFolder folder, PrintWriter out) {
    this.folder = folder;
    this.out = out;
  }

  /**
   * Ends all processes and removes their pid files.
   *
   * @param target the cluster
   * @param force whether also while jobs run
   * @return the exit code, 0
   * @throws RefusedException if there is none, or jobs run and {@code force} is not set
   */
  public int run(Target target, boolean force)
      throws IOException, RefusedException, InterruptedException {
    List<Member> members = folder.members();
    if (members.isEmpty()) {
      throw new RefusedException("no cluster was started in " + folder.root());
    }
    try (FileChannel lock = folder.lock()) {
      if (!force && hasLivingJobManager(members)) {
        requireIdle(target);
      }
      new ClusterEnd(folder, out).end(members);
    }
    out.printf(Locale.ROOT, "Cluster stopped: %d processes%n", members.size());
    out.flush();
    return 0;
  }

  private static boolean hasLivingJobManager(List<Member> members) {
    return members.stream()
        .anyMatch(each -> each.isJobManager() && each.process().state() != OsProcess.State.DEAD);
  }

  private static void requireIdle(Target target) throws RefusedException, InterruptedException {
    for (JobDetails job : jobs(target)) {
      if (!job.getStatus().isGloballyTerminalState()) {
        throw new RefusedException(
            String.format(
                Locale.ROOT,
                "%s; stop it first, a collector with ./candles stop, or --force to end it as a"
                    + " crash would",
                Jobs.line(job)));
      }
    }
  }

  private static Collection<JobDetails> jobs(Target target)
      throws RefusedException, InterruptedException {
    try (FlinkRest rest = target.connect()) {
      return rest.jobs();
    } catch (UnreachableException | RefusedException e) {
      throw new RefusedException(
          "whether jobs run cannot be told: " + e.getMessage() + "; --force ends the processes", e);
    }
  }
}
