package dev.candles.cli.cluster;

import dev.candles.cli.embedded.Access;
import dev.candles.cli.embedded.RefusedException;
import dev.candles.job.sink.FlinkPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.configuration.ClusterOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ConfigurationUtils;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.HighAvailabilityOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.RestOptions;

/**
 * Flink's configuration as a cluster of this machine is started with it: the one that was given,
 * with ports that are free and folders below the cluster's. It is written into the cluster's
 * folder, where later commands find what runs.
 */
final class ClusterSettings {
  private static final int FIRST_WITHOUT_SECURITY_MANAGER = 18;
  private static final String LOG_CONFIGURATION = "log4j-cluster.properties";
  private static final String QUORUM = "127.0.0.1:2181";
  private static final Pattern LOCAL = Pattern.compile("(?:127\\.0\\.0\\.1|localhost):(\\d{1,5})");
  private static final int CLIENTS = 200;

  private final ClusterFolder folder;
  private final Configuration flink;
  private final List<Integer> restPorts;
  private final Optional<Integer> zookeeperPort;

  private ClusterSettings(
      ClusterFolder folder,
      Configuration flink,
      List<Integer> restPorts,
      Optional<Integer> zookeeperPort) {
    this.folder = folder;
    this.flink = flink;
    this.restPorts = restPorts;
    this.zookeeperPort = zookeeperPort;
  }

  /**
   * Decides on ports and folders; makes nothing.
   *
   * @throws RefusedException if the configuration cannot be used, that of logs is missing, or a
   *     port is taken
   */
  static ClusterSettings of(ClusterPlan plan, ClusterFolder folder) throws RefusedException {
    Configuration flink = FlinkConf.read(plan.conf(), plan.settings());
    Path log = plan.conf().resolve(LOG_CONFIGURATION);
    Access.requireReadable("the configuration of logs", log);
    if (!Files.isRegularFile(log)) {
      throw new RefusedException("no configuration of logs: " + log.toAbsolutePath().normalize());
    }
    Ports ports = new Ports();
    try {
      int rest = ports.take(RestOptions.PORT.key(), flink.get(RestOptions.PORT));
      List<Integer> all =
          plan.standby()
              ? List.of(
                  rest, ports.takeOf(RestOptions.BIND_PORT.key(), flink.get(RestOptions.BIND_PORT)))
              : List.of(rest);
      flink.set(RestOptions.PORT, rest);
      Optional<Integer> zookeeper = Optional.empty();
      if (plan.standby()) {
        zookeeper = Optional.of(standby(flink, folder, ports));
      } else {
        flink.set(
            JobManagerOptions.PORT,
            ports.take(JobManagerOptions.PORT.key(), flink.get(JobManagerOptions.PORT)));
        flink.removeConfig(HighAvailabilityOptions.HA_MODE);
      }
      if (flink.getOptional(CoreOptions.TMP_DIRS).filter(own -> !isDefault(own)).isEmpty()) {
        flink.set(CoreOptions.TMP_DIRS, folder.temporary().toString());
      }
      heedNoExit(flink, Runtime.version().feature());
      return new ClusterSettings(folder, flink, all, zookeeper);
    } catch (IllegalArgumentException e) { // a value that is none, as Flink says it
      throw FlinkConf.refused(plan.conf(), e);
    }
  }

  /**
   * Those that a cluster was started with.
   *
   * @param missing its dead members, whose ports must be free
   * @throws RefusedException if its configuration is gone, or a port is taken by now
   */
  static ClusterSettings ofFolder(ClusterFolder folder, List<Member> missing)
      throws RefusedException {
    return ofFolder(folder, missing, Runtime.version().feature());
  }

  /**
   * @param javaVersion of the processes, which may be later than that of the first start
   */
  static ClusterSettings ofFolder(ClusterFolder folder, List<Member> missing, int javaVersion)
      throws RefusedException {
    Configuration flink = FlinkConf.started(folder);
    Ports ports = new Ports();
    boolean standby = flink.getOptional(HighAvailabilityOptions.HA_MODE).isPresent();
    for (Member member : missing) {
      if (member.isJobManager()) {
        ports.take(RestOptions.PORT.key(), member.restPort());
        if (!standby) {
          ports.take(
              JobManagerOptions.PORT.key(),
              FlinkConf.value(flink, JobManagerOptions.PORT, folder.conf()));
        }
      } else if (member.role().equals(Member.ZOOKEEPER)) {
        standby(flink, folder, ports);
      }
    }
    heedNoExit(flink, javaVersion);
    return new ClusterSettings(folder, flink, List.of(), Optional.empty());
  }

  /**
   * Flink notices a call of {@code System.exit} by a security manager, which JDK 18 refuses without
   * a flag and JDK 24 does not have: a JobManager that is told to does not start there.
   *
   * @param javaVersion of the processes
   */
  static void heedNoExit(Configuration flink, int javaVersion) {
    if (javaVersion >= FIRST_WITHOUT_SECURITY_MANAGER) {
      flink.set(
          ClusterOptions.INTERCEPT_USER_SYSTEM_EXIT, ClusterOptions.UserSystemExitMode.DISABLED);
    }
  }

  private static boolean isDefault(String folders) {
    return folders.equals(System.getProperty("java.io.tmpdir"));
  }

  private static int standby(Configuration flink, ClusterFolder folder, Ports ports)
      throws RefusedException {
    String key = HighAvailabilityOptions.HA_ZOOKEEPER_QUORUM.key();
    String quorum = flink.getOptional(HighAvailabilityOptions.HA_ZOOKEEPER_QUORUM).orElse(QUORUM);
    Matcher local = LOCAL.matcher(quorum);
    if (!local.matches()) {
      throw new RefusedException(
          String.format(
              Locale.ROOT,
              "%s: found '%s', expected 127.0.0.1:PORT, because ZooKeeper is started here too",
              key,
              quorum));
    }
    int port = ports.take(key, Ports.LOOPBACK + ":", Integer.parseInt(local.group(1)));
    flink.set(HighAvailabilityOptions.HA_MODE, "zookeeper");
    flink.set(HighAvailabilityOptions.HA_ZOOKEEPER_QUORUM, Ports.LOOPBACK + ":" + port);
    if (flink.getOptional(HighAvailabilityOptions.HA_CLUSTER_ID).isEmpty()) {
      flink.set(HighAvailabilityOptions.HA_CLUSTER_ID, "/candles");
    }
    if (flink.getOptional(HighAvailabilityOptions.HA_STORAGE_PATH).isEmpty()) {
      flink.set(HighAvailabilityOptions.HA_STORAGE_PATH, FlinkPath.text(folder.highAvailability()));
    }
    return port;
  }

  Configuration flink() {
    return flink;
  }

  /** One for each JobManager. */
  List<Integer> restPorts() {
    return restPorts;
  }

  boolean hasZookeeper() {
    return zookeeperPort.isPresent();
  }

  /** Where the processes find how to log. */
  Path logConfiguration() {
    return folder.conf().resolve(LOG_CONFIGURATION);
  }

  Path zookeeperConfiguration() {
    return folder.conf().resolve("zoo.cfg");
  }

  /**
   * Writes all that the processes read.
   *
   * @param given the folder of the configuration that was given
   */
  void write(Path given) throws IOException {
    folder.prepare();
    folder.write(logConfiguration(), Files.readString(given.resolve(LOG_CONFIGURATION)));
    String text = String.join("\n", ConfigurationUtils.convertConfigToWritableLines(flink, false));
    folder.write(
        folder.conf().resolve(FlinkConf.FILE),
        "# Written by './candles cluster start': what this cluster was started with.\n"
            + text
            + "\n");
    if (zookeeperPort.isPresent()) {
      Files.createDirectories(folder.highAvailability());
      Files.createDirectories(folder.zookeeper());
      folder.write(zookeeperConfiguration(), zookeeper(zookeeperPort.get()));
    }
  }

  /** It listens on all addresses unless told, and never deletes what it does not need any more. */
  private static String zookeeper(int port) {
    return String.format(
        Locale.ROOT,
        """
        tickTime=2000
        dataDir=./zookeeper
        clientPort=%d
        clientPortAddress=127.0.0.1
        maxClientCnxns=%d
        admin.enableServer=false
        autopurge.purgeInterval=1
        autopurge.snapRetainCount=3
        """,
        port,
        CLIENTS);
  }
}
