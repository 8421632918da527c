package dev.candles.cli.cluster;

import dev.candles.cli.embedded.RefusedException;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.apache.flink.runtime.messages.webmonitor.ClusterOverview;
import org.apache.flink.runtime.messages.webmonitor.JobDetails;

/** Tells how a cluster of this machine is. */
public final class ClusterStatus {
  private static final int MOST_JOBS = 20;

  private final ClusterFolder folder;
  private final PrintWriter out;

  public ClusterStatus(ClusterFolder folder, PrintWriter out) {
    this.folder = folder;
    this.out = out;
  }

  /**
   * Prints processes, slots and jobs.
   *
   * @return the exit code: 0 if all of it is up, 1 if something is not
   * @throws RefusedException if no cluster was started in the folder
   */
  public int run() throws IOException, RefusedException, InterruptedException {
    List<Member> members = folder.members();
    if (members.isEmpty()) {
      throw new RefusedException(
          "no cluster was started in " + folder.root() + "; start one: ./candles cluster start");
    }
    boolean up = true;
    for (Member member : members) {
      OsProcess.State state = member.process().state();
      up &= state == OsProcess.State.ALIVE;
      out.printf(
          Locale.ROOT,
          "%-16s pid %-8d %s%n",
          member.role(),
          member.process().pid(),
          state.name().toLowerCase(Locale.ROOT));
    }
    long taskManagers = members.stream().filter(Member::isTaskManager).count();
    up &= cluster(taskManagers);
    out.flush();
    return up ? 0 : 1;
  }

  private boolean cluster(long taskManagers) throws IOException, InterruptedException {
    try (FlinkRest rest = Target.ofFolder(folder).connect()) {
      ClusterOverview now = rest.overview();
      out.println("Web UI: " + rest.address());
      out.printf(
          Locale.ROOT,
          "TaskManagers: %d of %d registered, slots: %d of %d free%n",
          now.getNumTaskManagersConnected(),
          taskManagers,
          now.getNumSlotsAvailable(),
          now.getNumSlotsTotal());
      jobs(rest.jobs());
      return now.getNumTaskManagersConnected() >= taskManagers;
    } catch (UnreachableException | RefusedException e) {
      out.println(e.getMessage());
      return false;
    }
  }

  private void jobs(Collection<JobDetails> jobs) {
    if (jobs.isEmpty()) {
      out.println("no jobs");
    }
    jobs.stream()
        .sorted(Comparator.comparingLong(JobDetails::getStartTime).reversed())
        .limit(MOST_JOBS)
        .map(Jobs::line)
        .forEach(out::println);
    if (jobs.size() > MOST_JOBS) {
      out.println("and " + (jobs.size() - MOST_JOBS) + " older ones");
    }
  }
}
