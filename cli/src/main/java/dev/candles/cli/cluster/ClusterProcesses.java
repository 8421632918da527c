package dev.candles.cli.cluster;

import dev.candles.cli.embedded.RefusedException;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.client.deployment.StandaloneClusterId;
import org.apache.flink.client.program.rest.RestClusterClient;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.HighAvailabilityOptions;

/** The processes of a cluster of this machine by what they do in it now. */
public final class ClusterProcesses {
  private final ClusterFolder folder;

  public ClusterProcesses(ClusterFolder folder) {
    this.folder = folder;
  }

  /** All of them, also dead ones. */
  public List<Member> all() throws IOException, RefusedException {
    return folder.members();
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
