package dev.candles.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.candles.cli.embedded.RefusedException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code cluster start --missing} decides before it starts anything. */
@Timeout(120)
class ClusterRevivalTest {
  private static final OsProcess DEAD = new OsProcess(ProcessHandle.current().pid(), "boot:1");

  @TempDir private Path temporary;
  private final StringWriter out = new StringWriter();
  private ClusterFolder folder;
  private Process alive;

  @BeforeEach
  void prepare() throws Exception {
    folder = new ClusterFolder(temporary.resolve("cluster"));
    folder.prepare();
    alive = new ProcessBuilder("sleep", "600").start();
  }

  @AfterEach
  void end() {
    alive.destroyForcibly();
  }

  private int revive() throws Exception {
    return new ClusterRevival(folder, new PrintWriter(out, true)).run(FlinkHome.here());
  }

  private OsProcess living() {
    return OsProcess.of(alive.pid()).orElseThrow();
  }

  @Test
  void whereNothingWasStartedNothingIsMissing() {
    assertThatThrownBy(this::revive)
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("no cluster was started in " + folder.root());
  }

  @Test
  void whereAllIsAliveNothingIsStarted() throws Exception {
    folder.add(Member.here("taskmanager-1", living(), 0));

    assertThat(revive()).isZero();
    assertThat(out.toString()).contains("Nothing is missing: 1 process");
    assertThat(folder.members()).hasSize(1);
  }

  @Test
  void aPortThatSomebodyTookMeanwhileIsNamedAndTheDeadStayKnown() throws Exception {
    folder.write(
        folder.conf().resolve(FlinkConf.FILE),
        "high-availability.type: zookeeper\nrest.port: 8081\n");
    folder.add(Member.here("jobmanager-1", living(), 8081));
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      folder.add(Member.here("jobmanager-2", DEAD, taken.getLocalPort()));

      assertThatThrownBy(this::revive)
          .isInstanceOf(RefusedException.class)
          .hasMessageContaining("port " + taken.getLocalPort() + " of rest.port is in use");
    }
    assertThat(folder.members()).extracting(Member::role).contains("jobmanager-1", "jobmanager-2");
  }

  /** The command that started it was killed before it wrote the pid file. */
  @Test
  void aProcessWithoutAPidFileKeepsItsTemporaryFiles() throws Exception {
    folder.write(folder.conf().resolve(FlinkConf.FILE), "rest.port: 0\n");
    folder.add(Member.here("taskmanager-1", DEAD, 0));
    folder.emptyTemporary("taskmanager-1");
    Path used = Files.writeString(folder.temporary("taskmanager-1").resolve("used"), "x");
    Process unknown = unknown("taskmanager-1");
    Process another = unknown("taskmanager-2");
    try {
      String why = "without a pid file, because the command that started them was killed: ";
      assertThatThrownBy(this::revive)
          .isInstanceOf(RefusedException.class)
          .hasMessageContaining(why);
      ClusterPlan plan = ClusterPlan.of(FlinkHome.here().conf(), Map.of(), 1, false);
      ClusterStart start = new ClusterStart(plan, folder, new PrintWriter(out, true));
      assertThatThrownBy(() -> start.run(FlinkHome.here()))
          .isInstanceOf(RefusedException.class)
          .hasMessageContaining(why);
      assertThat(used).exists();
      assertThat(folder.members()).hasSize(1);
      ClusterStop stop = new ClusterStop(folder, new PrintWriter(out, true));
      assertThat(stop.run(true)).isEqualTo(1);
      assertThat(folder.members()).as("who has ended").isEmpty();
      out.getBuffer().setLength(0);
      assertThat(stop.run(false)).as("who asks again").isEqualTo(1);
      assertThat(out.toString())
          .contains("Not stopped: ", why, "taskmanager-1, pid " + unknown.pid())
          .contains("taskmanager-2, pid " + another.pid())
          .doesNotContain("Cluster stopped");
      assertThat(used).exists();
      folder.add(Member.here("taskmanager-1", OsProcess.of(unknown.pid()).orElseThrow(), 0));
      folder.add(Member.here("taskmanager-2", OsProcess.of(another.pid()).orElseThrow(), 0));
      assertThat(revive()).as("those that are known").isZero();
    } finally {
      unknown.destroyForcibly();
      another.destroyForcibly();
    }
  }

  private Process unknown(String role) throws Exception {
    String temporary = "-Djava.io.tmpdir=" + folder.temporary(role);
    return new ProcessBuilder("sh", "-c", "read end", "sh", temporary, "Main").start();
  }

  /** Who typed a start without {@code --missing} can still type it with it. */
  @ParameterizedTest
  @ValueSource(strings = {"a port", "a size", "the configuration of logs"})
  void aStartThatIsRefusedForgetsNobody(String wrong) throws Exception {
    folder.add(Member.here("jobmanager-1", DEAD, 0));
    folder.add(Member.here("taskmanager-1", DEAD, 0));
    Path conf = FlinkHome.here().conf();
    Map<String, String> settings = new HashMap<>(Map.of("jobmanager.rpc.port", "0"));
    settings.put("rest.port", "0");
    if (wrong.equals("a size")) {
      settings.put("taskmanager.memory.process.size", "lots");
    } else if (wrong.equals("the configuration of logs")) {
      Path given = Files.createDirectories(temporary.resolve("given"));
      conf = Files.copy(conf.resolve(FlinkConf.FILE), given.resolve(FlinkConf.FILE)).getParent();
    }
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      if (wrong.equals("a port")) {
        settings.put("rest.port", String.valueOf(taken.getLocalPort()));
      }
      ClusterPlan plan = ClusterPlan.of(conf, settings, 1, false);
      ClusterStart start = new ClusterStart(plan, folder, new PrintWriter(out, true));
      assertThatThrownBy(() -> start.run(FlinkHome.here())).isInstanceOf(RefusedException.class);
    }
    assertThat(folder.members())
        .extracting(Member::role)
        .containsExactly("jobmanager-1", "taskmanager-1");
  }

  /** The processes that live have their files there. */
  @Test
  void temporaryFilesStayWhileAnyOtherMemberIsKnown() throws Exception {
    Path used = Files.writeString(folder.temporary().resolve("used"), "x");
    Member first = Member.here("taskmanager-1", living(), 0);
    Member second = Member.here("taskmanager-2", DEAD, 0);
    folder.add(first);
    folder.add(second);
    ClusterEnd end = new ClusterEnd(folder, new PrintWriter(out, true));

    end.end(List.of(second));
    assertThat(used).exists();
    end.end(List.of(first));
    assertThat(used).doesNotExist();
  }

  @Test
  void theDeadComeBackUnderTheirNamesAndPortsZookeeperFirst() throws Exception {
    folder.write(
        folder.conf().resolve(FlinkConf.FILE),
        Files.readString(FlinkHome.here().conf().resolve(FlinkConf.FILE))
            + "\nhigh-availability.type: zookeeper\n"
            + "high-availability.zookeeper.quorum: 127.0.0.1:0\n");
    List<Member> dead =
        List.of(
            Member.here("jobmanager-2", DEAD, 0),
            Member.here("taskmanager-1", DEAD, 0),
            Member.here("zookeeper", DEAD, 0));
    JavaCommand java = new JavaCommand(ClusterSettings.ofFolder(folder, dead), folder, List.of());

    assertThat(java.again(dead))
        .extracting(JavaCommand.Planned::role)
        .containsExactly("zookeeper", "jobmanager-2", "taskmanager-1");
  }
}
