package dev.candles.cli.cluster;

import dev.candles.cli.embedded.RefusedException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.flink.configuration.IllegalConfigurationException;
import org.apache.flink.runtime.messages.webmonitor.ClusterOverview;

/**
 * Starts a cluster of separate JVMs on 127.0.0.1. In this order:
 *
 * <ol>
 *   <li>nothing is started while one runs in the folder, a port is taken or the configuration
 *       cannot be used;
 *   <li>ZooKeeper if a JobManager shall wait, JobManagers, TaskManagers, each with a pid file
 *       before the next;
 *   <li>it waits until all TaskManagers are registered. If one ends or the time is over, all are
 *       ended again, also when this process is told to end.
 * </ol>
 */
public final class ClusterStart {
  private static final Duration READY = Duration.ofMinutes(3);

  private final ClusterPlan plan;
  private final ClusterFolder folder;
  private final PrintWriter out;
  private final List<Member> started = new ArrayList<>();

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
    try (FileChannel lock = folder.lock()) {
      requireNone();
      ClusterSettings settings = ClusterSettings.of(plan, folder);
      settings.write(plan.conf());
      return start(settings, new JavaCommand(settings, folder, home.classPath()));
    }
  }

  private void requireNone() throws IOException, RefusedException {
    List<Member> members = folder.members();
    long alive =
        members.stream().filter(each -> each.process().state() != OsProcess.State.DEAD).count();
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

  private int start(ClusterSettings settings, JavaCommand java) throws Exception {
    Thread undo = new Thread(this::undo, "end-cluster");
    Runtime.getRuntime().addShutdownHook(undo);
    Optional<String> fault = Optional.of("interrupted");
    try {
      startAll(settings, java);
      fault = ready(settings);
    } catch (IllegalConfigurationException e) { // sizes that do not fit, as Flink says it
      throw new RefusedException(
          "the configuration of Flink in " + plan.conf() + ": " + Answers.why(e), e);
    } finally {
      Runtime.getRuntime().removeShutdownHook(undo);
      if (fault.isPresent()) {
        undo();
      }
    }
    if (fault.isPresent()) {
      out.println("The cluster was not ready and was ended: " + fault.get());
      out.flush();
      return 1;
    }
    out.println("Cluster started, in " + folder.root());
    out.println("Web UI: " + new Address(Ports.LOOPBACK, settings.restPorts().get(0)));
    out.flush();
    return 0;
  }

  private void startAll(ClusterSettings settings, JavaCommand java) throws IOException {
    if (settings.hasZookeeper()) {
      start(Member.ZOOKEEPER, 0, java, java.zookeeper(Member.ZOOKEEPER));
    }
    for (int i = 0; i < settings.restPorts().size(); i++) {
      String role = Member.JOB_MANAGER + (i + 1);
      int port = settings.restPorts().get(i);
      start(role, port, java, java.jobManager(role, port));
    }
    for (int i = 1; i <= plan.taskManagers(); i++) {
      String role = Member.TASK_MANAGER + i;
      start(role, 0, java, java.taskManager(role));
    }
  }

  private void start(String role, int port, JavaCommand java, List<String> command)
      throws IOException {
    Process process = java.start(role, command);
    OsProcess identity =
        OsProcess.of(process.pid())
            .orElseThrow(() -> new IOException(role + " ended at once: " + said(role)));
    Member member = new Member(role, identity, port);
    started.add(member);
    folder.add(member);
    out.printf(
        Locale.ROOT, "%s: pid %d, log %s%n", role, process.pid(), folder.log(role).toString());
    out.flush();
  }

  /** Why it is not ready; empty if it is. */
  private Optional<String> ready(ClusterSettings settings) throws Exception {
    AtomicReference<String> last = new AtomicReference<>("waiting for the JobManager");
    Address address = new Address(Ports.LOOPBACK, settings.restPorts().get(0));
    try (FlinkRest rest = FlinkRest.of(settings.flink(), address)) {
      boolean inTime =
          new Patience(out)
              .until(() -> dead().isPresent() || registered(rest, last), READY, last::get);
      return inTime
          ? dead().map(role -> role + " ended: " + said(role))
          : Optional.of("not in " + READY.toSeconds() + " s: " + last.get());
    }
  }

  private boolean registered(FlinkRest rest, AtomicReference<String> last)
      throws InterruptedException {
    try {
      ClusterOverview now = rest.overview();
      last.set(now.getNumTaskManagersConnected() + " of " + plan.taskManagers() + " TaskManagers");
      return now.getNumTaskManagersConnected() >= plan.taskManagers();
    } catch (UnreachableException e) {
      last.set(String.valueOf(e.getMessage()));
      return false;
    }
  }

  private Optional<String> dead() {
    return started.stream()
        .filter(member -> member.process().state() == OsProcess.State.DEAD)
        .map(Member::role)
        .findFirst();
  }

  /** The last that a process logged or printed, and where there is more. */
  private String said(String role) {
    for (Path file : List.of(folder.log(role), folder.out(role))) {
      try {
        if (Files.isRegularFile(file) && Files.size(file) > 0) {
          return LogTail.last(file) + " (" + file + ")";
        }
      } catch (IOException e) {
        return "its log cannot be read: " + e;
      }
    }
    return "it said nothing";
  }

  private void undo() {
    try {
      new ClusterEnd(folder, out).end(started);
    } catch (IOException e) {
      out.println("cannot tidy up " + folder.root() + ": " + e);
      out.flush();
    }
  }
}
