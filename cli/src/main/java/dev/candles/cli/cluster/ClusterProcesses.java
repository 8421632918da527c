package dev.candles.cli.cluster;

import dev.candles.cli.embedded.RefusedException;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.flink.client.deployment.StandaloneClusterId;
import org.apache.flink.client.program.rest.RestClusterClient;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.HighAvailabilityOptions;

/** The processes of a cluster of this machine by what they do in it now. */
public final class ClusterProcesses {
  private static final long LOOK_MS = 50;

  private final ClusterFolder folder;

  public ClusterProcesses(ClusterFolder folder) {
    this.folder = folder;
  }

  /** All of them, also dead ones. */
  public List<Member> all() throws IOException, RefusedException {
    return folder.members();
  }

  /**
   * Sends SIGKILL to all, which reaches frozen ones too.
   *
   * @throws RefusedException if a pid file does not tell which process of this machine it is
   */
  public void killAll() throws IOException, RefusedException {
    for (Member member : all()) {
      member.process().kill();
    }
  }

  /**
   * Kills all when this JVM ends, however it is told to: once they are ready, no command that
   * started them does.
   *
   * @param log is told what may be left
   * @throws IllegalStateException if this JVM is ending already
   */
  public void killAtExit(PrintWriter log) {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> killLogged(log), "kill-cluster"));
  }

  private void killLogged(PrintWriter log) {
    try {
      killAll();
    } catch (IOException | RefusedException e) {
      log.println("processes of the cluster may be left: " + e.getMessage());
      log.flush();
    }
  }

  /** Waits until all have ended; whether they have. */
  public boolean ended(Duration wait) throws IOException, RefusedException, InterruptedException {
    long deadline = System.nanoTime() + wait.toNanos();
    while (all().stream().anyMatch(Member::isAlive)) {
      if (System.nanoTime() >= deadline) {
        return false;
      }
      TimeUnit.MILLISECONDS.sleep(LOOK_MS);
    }
    return true;
  }

  /**
   * The TaskManagers that have a part of a job; a job that restarted on what was left lets others
   * idle.
   *
   * @throws RefusedException if no JobManager answers
   */
  public List<Member> busyTaskManagers()
      throws IOException, RefusedException, InterruptedException {
    try (FlinkRest rest = Target.ofFolder(folder).connect()) {
      Set<String> busy = rest.busyTaskManagers();
      return folder.members().stream()
          .filter(Member::isTaskManager)
          .filter(member -> busy.stream().anyMatch(name -> name.startsWith(member.role() + "-")))
          .toList();
    } catch (UnreachableException e) {
      throw new RefusedException(String.valueOf(e.getMessage()), e);
    }
  }

  /**
   * The JobManager that leads, as ZooKeeper says it; the only one where there is no standby.
   *
   * @return empty if none of them leads now
   */
  public Optional<Member> leader() throws IOException, RefusedException {
    List<Member> jobManagers = folder.members().stream().filter(Member::isJobManager).toList();
    Configuration flink = Target.ofFolder(folder).flink();
    if (flink.getOptional(HighAvailabilityOptions.HA_MODE).isEmpty()) {
      return jobManagers.stream().filter(Member::isAlive).findFirst();
    }
    int port = leaderPort(flink);
    return jobManagers.stream().filter(member -> member.restPort() == port).findFirst();
  }

  private static int leaderPort(Configuration flink) throws IOException {
    try (RestClusterClient<StandaloneClusterId> client =
        new RestClusterClient<>(flink, StandaloneClusterId.getInstance())) {
      return URI.create(client.getWebInterfaceURL()).getPort();
    } catch (Exception e) { // Flink's constructor throws anything
      throw new IOException("nobody can tell which JobManager leads: " + Answers.why(e), e);
    }
  }
}
