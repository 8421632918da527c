package dev.candles.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.candles.cli.embedded.RefusedException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.ClusterOptions;
import org.apache.flink.configuration.ClusterOptions.UserSystemExitMode;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.NettyShuffleEnvironmentOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClusterSettingsTest {
  private static final Path CONF =
      Path.of(System.getProperty("repository.root")).resolve("flink-conf");

  @TempDir private Path temporary;

  /** Else no JobManager starts: "Setting a Security Manager is not supported". */
  @Test
  void whereTheJvmHasNoSecurityManagerNoExitIsIntercepted() {
    Configuration flink = new Configuration();
    flink.set(ClusterOptions.INTERCEPT_USER_SYSTEM_EXIT, UserSystemExitMode.THROW);
    ClusterSettings.heedNoExit(flink, 17);
    assertThat(flink.get(ClusterOptions.INTERCEPT_USER_SYSTEM_EXIT))
        .isEqualTo(UserSystemExitMode.THROW);
    ClusterSettings.heedNoExit(flink, 18);
    assertThat(flink.get(ClusterOptions.INTERCEPT_USER_SYSTEM_EXIT))
        .isEqualTo(UserSystemExitMode.DISABLED);
  }

  /** Those that died under an older JDK come back under the one that is there now. */
  @ParameterizedTest
  @CsvSource({"17,", "18,DISABLED", "25,DISABLED"})
  void aClusterThatIsBroughtBackHeedsTheJdkOfToday(int version, UserSystemExitMode mode)
      throws Exception {
    settings(false, Map.of()).write(CONF);
    JavaCommand java =
        new JavaCommand(
            ClusterSettings.ofFolder(folder(), List.of(), version), folder(), List.of());
    String setting = "cluster.intercept-user-system-exit=" + mode;
    for (List<String> command : List.of(java.jobManager("j", 1), java.taskManager("t"))) {
      assertThat(command.contains(setting)).isEqualTo(mode != null);
    }
  }

  @Test
  void whatIsWrittenIsWhatFlinkReadsAndPortsAreFreeOnes() throws Exception {
    ClusterSettings settings = settings(true, Map.of());
    settings.write(CONF);

    Configuration read = FlinkConf.read(folder().conf(), Map.of());
    assertThat(read.toMap()).isEqualTo(settings.flink().toMap());
    assertThat(read.getString("heartbeat.timeout", "")).isEqualTo("10s");
    assertThat(read.getString("pekko.ask.timeout", "")).isEqualTo("60s");
    assertThat(settings.restPorts()).hasSize(2).doesNotHaveDuplicates().doesNotContain(0);
    assertThat(read.getString("high-availability.type", "")).isEqualTo("zookeeper");
    assertThat(read.getString("high-availability.zookeeper.client.session-timeout", ""))
        .isEqualTo("6s");
    assertThat(read.getString("high-availability.storageDir", ""))
        .isEqualTo("file:" + folder().highAvailability());
    assertThat(Files.readString(settings.zookeeperConfiguration()))
        .contains("clientPortAddress=127.0.0.1", "autopurge.purgeInterval=1");
  }

  @Test
  void withoutAStandbyNothingIsAskedOfZookeeper() throws Exception {
    ClusterSettings settings = settings(false, Map.of("high-availability.type", "zookeeper"));

    assertThat(settings.hasZookeeper()).isFalse();
    assertThat(settings.flink().getString("high-availability.type", "NONE")).isEqualTo("NONE");
    assertThat(settings.restPorts()).hasSize(1);
  }

  @Test
  void aPortThatIsTakenIsNamed() throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      String port = Integer.toString(taken.getLocalPort());
      for (String key : List.of("rest.port", "jobmanager.rpc.port")) {
        assertThatThrownBy(() -> settings(false, Map.of(key, port)))
            .isInstanceOf(RefusedException.class)
            .hasMessageContaining("port " + port + " of " + key + " is in use");
      }
    }
  }

  @Test
  void whatFlinkCouldNotUseIsRefused() {
    assertRefused(Map.of("rest.port", "70000"), "rest.port");
    assertRefused(Map.of("rest.port", "many"), "rest.port");
    assertThatThrownBy(
            () -> settings(true, Map.of("high-availability.zookeeper.quorum", "zk.example:2181")))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("expected 127.0.0.1:PORT");
    assertThatThrownBy(() -> new ClusterFolder(Path.of("a:b")))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("--cluster-dir");
  }

  /** Flink's start-cluster.sh reads these files, and ends where one is missing. */
  @Test
  void flinksOwnScriptsFindTheMachinesOfTheCluster() throws Exception {
    Configuration flink = FlinkConf.read(CONF, Map.of());
    assertThat(Files.readAllLines(CONF.resolve("workers"))).containsExactly("localhost");
    assertThat(Files.readAllLines(CONF.resolve("masters")))
        .containsExactly("localhost:" + flink.get(RestOptions.PORT));
  }

  @Test
  void aQaFindsBuffersBesideTheCollectorOnOneTaskManager() throws Exception {
    Configuration flink = FlinkConf.read(CONF, Map.of());
    long all =
        flink.get(TaskManagerOptions.NETWORK_MEMORY_MAX).getBytes()
            / flink.get(TaskManagerOptions.MEMORY_SEGMENT_SIZE).getBytes();
    int each = flink.get(NettyShuffleEnvironmentOptions.NETWORK_SORT_SHUFFLE_MIN_BUFFERS);
    // measured: at parallelism 4 the collector holds 272
    assertThat(272 + 2L * each).isLessThan(all);
  }

  @Test
  void sizesOfMemoryComeFromTheConfiguration() throws Exception {
    ClusterSettings settings = settings(false, Map.of("taskmanager.memory.process.size", "1100m"));
    JavaCommand java = new JavaCommand(settings, folder(), List.of(Path.of("flink.jar")));

    assertThat(java.taskManager("taskmanager-1"))
        .contains("-XX:MaxMetaspaceSize=167772160", "--add-opens=java.base/java.nio=ALL-UNNAMED")
        .contains("taskmanager.memory.managed.size=201326592b")
        .anyMatch(word -> word.startsWith("-Xmx"))
        .contains("-Dcandles.log.file=log/taskmanager-1.log");
    assertThat(java.jobManager("jobmanager-1", 4711)).contains("rest.bind-port=4711");
  }

  @ParameterizedTest
  @CsvSource({
    "-XX:SharedArchiveFile=a,true",
    "-XX:ArchiveClassesAtExit=a,true",
    "-XX:AOTCache=a,true",
    "-XX:AOTCacheOutput=a,true",
    "-XX:MaxMetaspaceSize=1m,false"
  })
  void anArchiveOfClassesThatFlinksOptionsNameIsTheOnlyOne(String option, boolean named) {
    assertThat(JavaCommand.namesAnArchive(List.of("java", option))).isEqualTo(named);
  }

  /** The JobManager would take the later one for the one that it still knows. */
  @Test
  void aTaskManagerOfAnotherStartHasAnotherName() throws Exception {
    ClusterPlan plan = ClusterPlan.of(CONF, Map.of(), 2, false);
    JavaCommand first = new JavaCommand(settings(false, Map.of()), folder(), List.of());
    JavaCommand second = new JavaCommand(settings(false, Map.of()), folder(), List.of());

    assertThat(first.resourceIds(first.all(plan)))
        .hasSize(2)
        .doesNotContainAnyElementsOf(second.resourceIds(second.all(plan)));
    assertThat(first.all(plan))
        .extracting(JavaCommand.Planned::role)
        .containsExactly("jobmanager-1", "taskmanager-1", "taskmanager-2");
    for (String name : first.resourceIds(first.all(plan))) {
      assertThat(first.all(plan))
          .anyMatch(planned -> planned.command().contains("taskmanager.resource-id=" + name));
    }
  }

  @Test
  void aValueThatIsNoneIsNamedWithItsKeyBeforeAnyProcess() throws Exception {
    assertSizesRefused(
        "taskmanager.memory.process.size",
        "lots",
        "'lots' for key 'taskmanager.memory.process.size'");
    assertSizesRefused(
        "jobmanager.memory.process.size", "8m", "configured Total Process Memory (8.000mb");
  }

  private void assertSizesRefused(String key, String value, String message) throws Exception {
    Map<String, String> given = Map.of(key, value);
    JavaCommand java = new JavaCommand(settings(false, given), folder(), List.of());
    assertThatThrownBy(() -> java.all(ClusterPlan.of(CONF, given, 1, false)))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("the configuration of Flink in " + CONF + ": ")
        .hasMessageContaining(message);
  }

  @Test
  void thePortThatIsProposedForZookeeperIsOneThatIsTaken() throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      String quorum = "127.0.0.1:" + taken.getLocalPort();
      assertThatThrownBy(() -> settings(true, Map.of("high-availability.zookeeper.quorum", quorum)))
          .isInstanceOf(RefusedException.class)
          .hasMessageContaining("-D high-availability.zookeeper.quorum=127.0.0.1:PORT, 0 for any");
    }
  }

  @Test
  void whatMayHoldPasswordsIsForItsOwnerOnly() throws Exception {
    settings(true, Map.of()).write(CONF);

    assertThat(permissions(folder().conf())).isEqualTo("rwx------");
    try (var files = Files.list(folder().conf())) {
      assertThat(files.toList())
          .hasSize(3)
          .allSatisfy(file -> assertThat(permissions(file)).isEqualTo("rw-------"));
    }
  }

  private static String permissions(Path path) throws Exception {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  @Test
  void twoCommandsAtATimeAreOneTooMany() throws Exception {
    try (FileChannel first = folder().lock()) {
      assertThatThrownBy(() -> folder().lock().close())
          .isInstanceOf(RefusedException.class)
          .hasMessageContaining("another command is starting or stopping");
    }
    folder().lock().close();
  }

  private void assertRefused(Map<String, String> settings, String message) {
    assertThatThrownBy(() -> settings(false, settings))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining(message);
  }

  private ClusterSettings settings(boolean standby, Map<String, String> more) throws Exception {
    Map<String, String> settings = new HashMap<>(Map.of("rest.port", "0"));
    settings.put("jobmanager.rpc.port", "0");
    settings.put("rest.bind-port", "0");
    settings.put("high-availability.zookeeper.quorum", "127.0.0.1:0");
    settings.putAll(more);
    return ClusterSettings.of(ClusterPlan.of(CONF, settings, 1, standby), folder());
  }

  private ClusterFolder folder() throws RefusedException {
    return new ClusterFolder(temporary.resolve("cluster"));
  }
}
