package dev.candles.cli.cluster;

import dev.candles.cli.embedded.RefusedException;
import dev.candles.text.Counted;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
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
   * @param force whether also while jobs run
   * @return the exit code: 0 if all have ended, 1 if not
   * @throws RefusedException if there is none, or jobs run and {@code force} is not set
   */
  public int run(boolean force) throws IOException, RefusedException, InterruptedException {
    if (!Files.exists(folder.temporary())) {
      requireSome(folder.members()); // before a folder is made for the lock
    }
    List<Member> members;
    try (FileChannel lock = folder.lock()) {
      members = folder.members();
      if (members.isEmpty()) {
        ClusterEnd.requireNoUnknown(folder);
      }
      requireSome(members);
      if (!force && hasLivingJobManager(members)) {
        requireIdle();
      }
      new ClusterEnd(folder, out).end(members);
    } catch (StillAliveException e) {
      out.println("Not stopped: " + e.getMessage());
      out.flush();
      return 1;
    }
    out.printf(
        Locale.ROOT, "Cluster stopped: %s%n", Counted.of(members.size(), "process", "processes"));
    out.flush();
    return 0;
  }

  private void requireSome(List<Member> members) throws RefusedException {
    if (members.isEmpty()) {
      throw new RefusedException("no cluster was started in " + folder.root());
    }
  }

  private static boolean hasLivingJobManager(List<Member> members) {
    return members.stream().anyMatch(each -> each.isJobManager() && each.isAlive());
  }

  private void requireIdle() throws IOException, RefusedException, InterruptedException {
    for (JobDetails job : jobs()) {
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

  private Collection<JobDetails> jobs() throws IOException, RefusedException, InterruptedException {
    try (FlinkRest rest = Target.ofFolder(folder).connect()) {
      return rest.jobs();
    } catch (UnreachableException | RefusedException e) {
      throw new RefusedException(
          "whether jobs run cannot be told: " + e.getMessage() + "; --force ends the processes", e);
    }
  }
}
