package dev.candles.cli.cluster;

import dev.candles.cli.embedded.RefusedException;
import dev.candles.text.Counted;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.channels.FileChannel;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.flink.runtime.messages.webmonitor.JobDetails;

/**
 * Starts a cluster of separate JVMs on 127.0.0.1. In this order:
 *
 * <ol>
 *   <li>nothing is started while one runs in the folder, a port is taken or the configuration
 *       cannot be used: all command lines are made before the first process, and before those that
 *       died are forgotten, whom {@link ClusterRevival} could bring back;
 *   <li>ZooKeeper if a JobManager shall wait, JobManagers, TaskManagers, each with a pid file
 *       before the next;
 *   <li>it waits until all its TaskManagers are registered. If one ends or the time is over, all
 *       are ended again, also when this process is told to end.
 * </ol>
 */
public final class ClusterStart {
  private final ClusterPlan plan;
  private final ClusterFolder folder;
  private final PrintWriter out;

  public ClusterStart(ClusterPlan plan, ClusterFolder folder, PrintWriter out) {
    this.plan = plan;
    this.folder = folder;
    this.out = out;
  }

  /**
   * Starts it and waits.
   *
   * @return the exit code: 0 if it is ready, 1 if it is not and was ended
   * @throws RefusedException if nothing was started
   */
  public int run(FlinkHome home) throws Exception {
    folder.members(); // another machine's are refused before a folder is made for the lock
    try (FileChannel lock = folder.lock()) {
      List<Member> dead = requireNoneAlive();
      Unknowns.requireNone(folder);
      ClusterSettings settings = ClusterSettings.of(plan, folder);
      JavaCommand java = new JavaCommand(settings, folder, home.classPath());
      List<JavaCommand.Planned> planned = java.all(plan);
      for (Member member : dead) {
        folder.remove(member); // nothing refuses from here on: until now they could come back
      }
      settings.write(plan.conf());
      Address address = new Address(Ports.LOOPBACK, settings.restPorts().get(0));
      try (FlinkRest rest = FlinkRest.of(settings.flink(), address)) {
        return start(java, planned, rest);
      }
    }
  }

  /** The dead of an earlier start. */
  private List<Member> requireNoneAlive() throws IOException, RefusedException {
    List<Member> members = folder.members();
    long alive = members.stream().filter(Member::isAlive).count();
    if (alive > 0) {
      throw new RefusedException(
          String.format(
              Locale.ROOT,
              "a cluster runs in %s, %d of %s; see ./candles cluster status, or name"
                  + " another folder: --cluster-dir DIR",
              folder.root(),
              alive,
              Counted.of(members.size(), "process", "processes")));
    }
    return members;
  }

  private int start(JavaCommand java, List<JavaCommand.Planned> planned, FlinkRest rest)
      throws UnreachableException, InterruptedException {
    Set<String> taskManagers = java.resourceIds(planned);
    Launch launch = new Launch(folder, out, "the cluster", () -> {});
    if (!launch.run(java, planned, last -> Launch.registered(taskManagers, rest, last))) {
      return 1;
    }
    if (plan.standby()) {
      nameRevived(rest);
    }
    say("Cluster started, in " + folder.root());
    say("Web UI: " + rest.address());
    return 0;
  }

  /** Those that the JobManagers of an earlier start handed over. */
  private void nameRevived(FlinkRest rest) throws UnreachableException, InterruptedException {
    for (JobDetails job : rest.jobs()) {
      if (!job.getStatus().isGloballyTerminalState()) {
        say("Goes on: " + Jobs.line(job));
      }
    }
  }

  private void say(String line) {
    out.println(line);
    out.flush();
  }
}
