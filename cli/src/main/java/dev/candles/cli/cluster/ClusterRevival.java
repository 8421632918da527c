package dev.candles.cli.cluster;

import dev.candles.cli.embedded.RefusedException;
import dev.candles.text.Counted;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Starts those processes of a cluster again that died, as a supervisor would: with the settings
 * that the cluster was started with, under the same names and ports. Those that live are left as
 * they are, a frozen one too. What does not become ready is ended again, and stays missing.
 */
public final class ClusterRevival {
  private final ClusterFolder folder;
  private final PrintWriter out;

  public ClusterRevival(ClusterFolder folder, PrintWriter out) {
    this.folder = folder;
    this.out = out;
  }

  /**
   * Starts them and waits.
   *
   * @return the exit code: 0 if all of the cluster is there, 1 if what was started was not ready
   * @throws RefusedException if nothing was started
   */
  public int run(FlinkHome home) throws Exception {
    requireSome(folder.members()); // before a folder is made for the lock
    try (FileChannel lock = folder.lock()) {
      List<Member> members = folder.members();
      requireSome(members);
      List<Member> missing = members.stream().filter(member -> !member.isAlive()).toList();
      if (missing.isEmpty()) {
        say("Nothing is missing: " + Counted.of(members.size(), "process", "processes"));
        return 0;
      }
      Unknowns.requireNone(folder);
      ClusterSettings settings = ClusterSettings.ofFolder(folder, missing);
      JavaCommand java = new JavaCommand(settings, folder, home.classPath());
      List<JavaCommand.Planned> planned = java.again(missing);
      if (missing.size() == members.size()) {
        folder.prepare();
      }
      return start(java, planned, missing);
    }
  }

  private void requireSome(List<Member> members) throws RefusedException {
    if (members.isEmpty()) {
      throw new RefusedException(
          "no cluster was started in " + folder.root() + "; start one: ./candles cluster start");
    }
  }

  private int start(JavaCommand java, List<JavaCommand.Planned> planned, List<Member> missing)
      throws IOException, InterruptedException {
    Set<String> taskManagers = java.resourceIds(planned);
    List<Address> jobManagers =
        planned.stream()
            .filter(each -> each.restPort() > 0)
            .map(each -> new Address(Ports.LOOPBACK, each.restPort()))
            .toList();
    Launch launch = new Launch(folder, out, "what was missing", () -> restore(missing));
    if (!launch.run(java, planned, last -> ready(taskManagers, jobManagers, last))) {
      return 1;
    }
    say(
        String.format(
            Locale.ROOT,
            "Started again: %s",
            String.join(", ", planned.stream().map(JavaCommand.Planned::role).toList())));
    return 0;
  }

  /** TaskManagers are registered with whoever leads, JobManagers answer. */
  private boolean ready(
      Set<String> taskManagers, List<Address> jobManagers, AtomicReference<String> last)
      throws IOException, InterruptedException {
    try {
      Target target = Target.ofFolder(folder);
      for (Address address : jobManagers) {
        Target.of(target.flink(), List.of(address)).connect().close();
      }
      if (taskManagers.isEmpty()) {
        return true;
      }
      try (FlinkRest rest = target.connect()) {
        return Launch.registered(taskManagers, rest, last);
      }
    } catch (RefusedException e) {
      last.set(String.valueOf(e.getMessage()));
      return false;
    }
  }

  /** The next try must know them too. */
  private void restore(List<Member> missing) throws IOException {
    List<String> known = new ArrayList<>();
    try {
      folder.members().forEach(member -> known.add(member.role()));
    } catch (RefusedException e) {
      throw new IOException("the folder of the cluster was changed meanwhile", e);
    }
    for (Member member : missing) {
      if (!known.contains(member.role())) {
        folder.add(member);
      }
    }
  }

  private void say(String line) {
    out.println(line);
    out.flush();
  }
}
