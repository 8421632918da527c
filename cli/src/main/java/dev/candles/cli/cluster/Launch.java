package dev.candles.cli.cluster;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Starts processes of a cluster and waits until they are ready. If one ends or the time is over,
 * all that it started are ended again, also when this process is told to end.
 */
final class Launch {
  private static final Duration READY = Duration.ofMinutes(3);

  private final PrintWriter out;
  private final Started started;
  private final String what;
  private final AfterEnd afterEnd;

  /**
   * @param what is started, in the words of a sentence
   * @param afterEnd is called when what was started has been ended again, whoever ended it
   */
  Launch(ClusterFolder folder, PrintWriter out, String what, AfterEnd afterEnd) {
    this.out = out;
    this.started = new Started(folder, out);
    this.what = what;
    this.afterEnd = afterEnd;
  }

  /** What is to be put right. */
  @FunctionalInterface
  interface AfterEnd {
    void run() throws IOException;
  }

  /** Whether the processes are ready. */
  @FunctionalInterface
  interface Ready {
    /**
     * Asks.
     *
     * @param last gets what is waited for
     */
    boolean holds(AtomicReference<String> last) throws IOException, InterruptedException;
  }

  /** Starts them; whether they became ready. */
  boolean run(JavaCommand java, List<JavaCommand.Planned> planned, Ready ready)
      throws InterruptedException {
    Thread hook = new Thread(this::toldToEnd, "end-cluster");
    if (!hooked(() -> Runtime.getRuntime().addShutdownHook(hook))) {
      return false;
    }
    Optional<String> fault = Optional.of("interrupted");
    try {
      for (JavaCommand.Planned each : planned) {
        started.start(java, each);
      }
      fault = fault(ready);
    } catch (IOException e) {
      fault = Optional.of(String.valueOf(e.getMessage()));
    } finally {
      boolean told = !hooked(() -> Runtime.getRuntime().removeShutdownHook(hook));
      if (!told && fault.isPresent()) {
        undo(fault.get());
      }
      fault = told ? Optional.of("told to end") : fault;
    }
    return fault.isEmpty();
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
        end()
            .map(left -> "Told to end, but not all of " + what + " was: " + left)
            .orElse("Told to end: " + what + " was ended again"));
  }

  /** Ends what was started; what is left of it, or what could not be put right. */
  private Optional<String> end() {
    Optional<String> left = started.end();
    try {
      afterEnd.run();
      return left;
    } catch (IOException e) {
      String fault = String.valueOf(e.getMessage());
      return Optional.of(left.map(processes -> processes + "; " + fault).orElse(fault));
    }
  }

  private void undo(String fault) {
    say(
        end()
            .map(left -> "Not ready: " + fault + "; and " + what + " is not ended: " + left)
            .orElse("Not ready, " + what + " was ended again: " + fault));
  }

  /** Why it is not ready; empty if it is. */
  private Optional<String> fault(Ready ready) throws IOException, InterruptedException {
    AtomicReference<String> last = new AtomicReference<>("waiting for the JobManager");
    boolean inTime =
        new Patience(out)
            .until(() -> started.dead().isPresent() || ready.holds(last), READY, last::get);
    return inTime
        ? started.dead()
        : Optional.of("not in " + READY.toSeconds() + " s: " + last.get());
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

  private void say(String line) {
    out.println(line);
    out.flush();
  }
}
