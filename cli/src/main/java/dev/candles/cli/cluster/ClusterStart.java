package dev.candles.cli.cluster;

import dev.candles.cli.embedded.RefusedException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.channels.FileChannel;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.flink.runtime.messages.webmonitor.JobDetails;

/**
 * Starts a cluster of separate JVMs on 127.0.0.1. In this order:
 *
 * <ol>
 *   <li>nothing is started while one runs in the folder, a port is taken or the configuration
 *       cannot be used: all command lines are made before the first process;
 *   <li>ZooKeeper if a JobManager shall wait, JobManagers, TaskManagers, each with a pid file
 *       before the next;
 *   <li>it waits until all its TaskManagers are registered. If one ends or the time is over, all
 *       are ended again, also when this process is told to end.
 * </ol>
 */
public final class ClusterStart {
  private static final Duration READY = Duration.ofMinutes(3);

  private final ClusterPlan plan;
  private final ClusterFolder folder;
  private final PrintWriter out;
  private final Started started;

  public ClusterStart(ClusterPlan plan, ClusterFolder folder, PrintWriter out) {
    this.plan = plan;
    this.folder = folder;
    this.out = out;
    this.started = new Started(folder, out);
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
      requireNone();
      ClusterSettings settings = ClusterSettings.of(plan, folder);
      JavaCommand java = new JavaCommand(settings, folder, home.classPath());
      List<JavaCommand.Planned> planned = java.all(plan);
      settings.write(plan.conf());
      Address address = new Address(Ports.LOOPBACK, settings.restPorts().get(0));
      try (FlinkRest rest = FlinkRest.of(settings.flink(), address)) {
        return start(java, planned, rest);
      }
    }
  }

  private void requireNone() throws IOException, RefusedException {
    List<Member> members = folder.members();
    long alive = members.stream().filter(Member::isAlive).count();
    if (alive > 0) {
      throw new RefusedException(
          String.format(
              Locale.ROOT,
              "a cluster runs in %s, %d of %d processes; see ./candles cluster status, or name"
                  + " another folder: --cluster-dir DIR",
              folder.root(),
              alive,
              members.size()));
    }
    for (Member dead : members) {
      folder.remove(dead);
    }
  }

  private int start(JavaCommand java, List<JavaCommand.Planned> planned, FlinkRest rest)
      throws InterruptedException {
    Thread hook = new Thread(this::toldToEnd, "end-cluster");
    if (!hooked(() -> Runtime.getRuntime().addShutdownHook(hook))) {
      return 1;
    }
    Optional<String> fault = Optional.of("interrupted");
    try {
      for (JavaCommand.Planned each : planned) {
        started.start(java, each);
      }
      fault = ready(java.resourceIds(plan), rest);
    } catch (IOException e) {
      fault = Optional.of(String.valueOf(e.getMessage()));
    } finally {
      boolean told = !hooked(() -> Runtime.getRuntime().removeShutdownHook(hook));
      if (!told && fault.isPresent()) {
        undo(fault.get());
      }
      fault = told ? Optional.of("told to end") : fault;
    }
    if (fault.isPresent()) {
      return 1;
    }
    say("Cluster started, in " + folder.root());
    say("Web UI: " + rest.address());
    return 0;
  }

  /** Whether it could be done; not if this JVM is ending already. */
  private static boolean hooked(Runnable hooks) {
    try {
      hooks.run();
      return true;
    } catch (IllegalStateException ending) {
      return false;
    }
  }

  /** On a thread of the JVM's end. */
  private void toldToEnd() {
    say(
        started
            .end()
            .map(left -> "Told to end, but not all of the cluster was: " + left)
            .orElse("Told to end: the cluster was ended again"));
  }

  private void undo(String fault) {
    say(
        started
            .end()
            .map(left -> "The cluster was not ready: " + fault + "; and is not ended: " + left)
            .orElse("The cluster was not ready and was ended: " + fault));
  }

  /** Why it is not ready; empty if it is. */
  private Optional<String> ready(Set<String> taskManagers, FlinkRest rest)
      throws IOException, InterruptedException {
    AtomicReference<String> last = new AtomicReference<>("waiting for the JobManager");
    boolean inTime =
        new Patience(out)
            .until(
                () -> started.dead().isPresent() || registered(taskManagers, rest, last),
                READY,
                last::get);
    Optional<String> fault =
        inTime ? started.dead() : Optional.of("not in " + READY.toSeconds() + " s: " + last.get());
    if (fault.isEmpty() && plan.standby()) {
      nameRevived(rest);
    }
    return fault;
  }

  /** Others may be registered too: of a cluster that was ended by force, for a while. */
  static boolean registered(Set<String> taskManagers, FlinkRest rest, AtomicReference<String> last)
      throws InterruptedException {
    try {
      Set<String> there = new HashSet<>(rest.taskManagers());
      there.retainAll(taskManagers);
      last.set(there.size() + " of " + taskManagers.size() + " TaskManagers");
      return there.size() == taskManagers.size();
    } catch (UnreachableException e) {
      last.set(String.valueOf(e.getMessage()));
      return false;
    }
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
